"""First lines that are sentences with links inside, where titles have sources."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.digest.parsing.edges import cut_at, stripped, text_of
from bot.digest.parsing.marks import bare
from bot.digest.parsing.runs import Run, runs_of
from bot.digest.parsing.title_lines import TitleLine, sentence

_ENDS_NAME = re.compile(r"[:：|｜(（\[［【–—→-]\s*\Z")  # no sentence goes on behind it
_SENTENCE_END = re.compile(r"(?:[。！？]|[.!?](?=\s|\Z))[”’」』）)]*")
_ENDS_SENTENCE = re.compile(r"[。！？.!?][”’」』）)\"]*\s*\Z")
_POSSESSIVE = re.compile(r"(?:['’]s|的)\s*\Z")  # whose what follows is
_GOES_ON = frozenset("，,。.！!？?；;")


def in_sentence(runs: Sequence[Run], tags: tuple[str, ...], labels: Collection[str]) -> TitleLine | None:
    """The sentence in which the first link of a line stands is its title; None where it stands in none.

    What follows that sentence is the rest.
    """
    if not _is_in_sentence(runs, labels):
        return None
    spans = tuple(span for run in runs for span in run.spans)
    linked = next(place for place, run in enumerate(runs, start=1) if run.url is not None)
    ends = sum(len(text_of(run.spans)) for run in runs[:linked])
    end = _SENTENCE_END.search(text_of(spans), ends)
    title, rest = cut_at(spans, end.end()) if end else (spans, ())
    return replace(sentence(tuple(runs_of(title)), tags), rest=stripped(rest))


def with_name(runs: Sequence[Run], tags: tuple[str, ...], labels: Collection[str]) -> TitleLine | None:
    """A name and the only link of a line, which goes on with it: 腾讯 ``[TNN](…)``; None for another line.

    A link that says less, or what a further link is called, is none of the title.
    """
    before = tuple(takewhile(lambda run: run.url is None, runs))
    lead = text_of([span for run in before for span in run.spans])
    links = [run for run in runs if run.url]
    if len(links) != 1 or bare(links[0].text).casefold() in labels or _ENDS_NAME.search(lead):
        return None
    if not 0 < _letters(lead) < _letters(links[0].text):
        return None
    spans = tuple(span for run in runs for span in run.spans)
    title, rest = cut_at(spans, len(lead) + len(text_of(links[0].spans)))
    return replace(sentence(tuple(runs_of(title)), tags), rest=stripped(rest))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _is_in_sentence(runs: Sequence[Run], labels: Collection[str]) -> bool:
    """Whether the first link of a line stands in a sentence, and is none of ``labels``.

    Words go on behind it, or it ends the line behind a possessive. A line that begins with its link is a
    sentence if words touch the link, and another link stands further on.
    """
    before = tuple(takewhile(lambda run: run.url is None, runs))
    lead = text_of([span for run in before for span in run.spans])
    link, *behind = runs[len(before) :]
    said = text_of([span for run in behind for span in run.spans])
    links = [run for run in behind if run.url and bare(run.text).casefold() not in labels]
    if bare(link.text).casefold() in labels or _ENDS_NAME.search(lead):
        return False
    if not lead.strip():
        return said[:1].isalnum() and bool(links) and not said[:1].isascii()
    if not said.strip():
        return _POSSESSIVE.search(lead) is not None
    ends = _ENDS_SENTENCE.search(said) is not None
    touches = not lead[-1:].isspace() and (said[:1].isalnum() or said[:1] in _GOES_ON)
    words = said.lstrip()[:1]
    return words.islower() or (ends and (touches or words.isalnum()))
