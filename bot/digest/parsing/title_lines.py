"""What the first line of an item says; behind its link may stand a remark, a byline, or the rest of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.digest.parsing.bare_links import without_separators
from bot.digest.parsing.edges import Spans, after, stripped, text_of, without_end, without_start
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.runs import Run
from bot.model import Link

#: ``（英文）`` behind a title tells what awaits there, as a tag before it does.
_REMARK = re.compile(r"[（(](?P<tag>[^（()）]{1,12})[)）]$")
_IN_BRACKETS = re.compile(r"\s*[(（]\s*(?P<address>https?://[^\s()（）]+)\s*[)）]\s*")
#: A title of some words, a colon, and a sentence that ends before what follows.
_SUMMED_UP = re.compile(
    r"(?P<title>[^:：。！？!?.]{2,60}?)(?:：|:\s)(?=.{8}).*[。！？!?.…](?P<behind>[\s(（\[［【→]*)\Z",
    re.DOTALL,
)
#: What is typed for a bar, and may stand inside a title too: 重磅丨…
_OTHER_BAR = re.compile(
    r"(?P<title>.*\S)(?:\s[丨│∣︱┃❘]\s?|[丨│∣︱┃❘]\s)(?P<source>[^\s，。：；！？,.:;!?]{1,12})"
)
_MUCH_LONGER = 2  # times a title is longer than the name of its source
_LEAD_AND_LINK = (False, True)
_LONGEST_CALL = 20  # characters of what a link is called that says no more than that it is one
_BYLINE = re.compile(r"(?P<by>by)\s+(?P<source>\S.{0,60}?)[.。]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """What the first line says; ``rest`` is its text that is none of the others."""

    title: str | None
    url: str | None
    source: str | None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    rest: Spans = ()


def is_bracketed_address(text: str) -> bool:
    """Whether a text is an address in brackets and nothing else."""
    return _IN_BRACKETS.fullmatch(text) is not None


def sentence(runs: Sequence[Run], tags: tuple[str, ...]) -> TitleLine:
    """A line with its first link somewhere inside: all of it is the title, further links are labelled."""
    linked = [run for run in runs if run.url]
    title = "".join(text_of(run.spans) for run in runs).strip()
    links = tuple(Link(label=run.text, url=run.url) for run in linked[1:] if run.url and run.text)
    url = linked[0].url if linked else None
    return TitleLine(title=title or None, url=url, source=None, tags=tags, links=links)


def summed_up(runs: Sequence[Run], tags: tuple[str, ...]) -> TitleLine | None:
    """``Title: a sentence about it. [link](url)``: what stands before the colon is the title.

    None where the link is not the last, or of many words, or where no sentence ends before it.
    """
    worded = [run for run in runs if any(map(str.isalnum, run.text))]
    if len(worded) != len(_LEAD_AND_LINK) or [bool(run.url) for run in worded] != list(_LEAD_AND_LINK):
        return None
    lead, link = worded
    found = _SUMMED_UP.match(text_of(lead.spans))
    if found is None or len(link.text) > min(_LONGEST_CALL, len(found["title"])):
        return None
    rest = stripped(without_end(without_start(lead.spans, found.end("title") + 1), len(found["behind"])))
    return TitleLine(title=found["title"].strip(), url=link.url, source=None, tags=tags, rest=rest)


def without_own_address(line: TitleLine, number: int, notes: Notes) -> TitleLine:
    """The line without the address of its link where that stands behind it once more, in brackets."""
    found = _IN_BRACKETS.match(text_of(line.rest))
    if found is None or found["address"] != line.url:
        return line
    notes.leave_out(number, found["address"], "repeated link")
    return replace(line, rest=after(_IN_BRACKETS, line.rest) or ())


def with_numbered_address(line: TitleLine, number: int, notes: Notes) -> TitleLine:
    """The line with the address of a link that a number alone calls, behind its title: ``title [1]``."""
    if line.url or not line.title or not line.links or not line.links[0].label.isdecimal():
        return line
    link, *further = line.links
    notes.leave_out(number, link.label, "address of the title")
    return replace(line, url=link.url, links=tuple(further))


def with_remarks(line: TitleLine, runs: Sequence[Run], number: int, notes: Notes) -> TitleLine:
    """The line with what stands behind its link: a remark, a byline, the rest of a sentence, or a summary."""
    text = text_of(line.rest)
    rest = without_separators(line.rest)
    words = text_of(rest)
    linked = any(span.url for span in rest)
    if not linked and (found := _REMARK.match(words)):
        return replace(line, tags=(*line.tags, found["tag"].strip()), rest=())
    if not linked and (found := _BYLINE.match(words)):
        notes.leave_out(number, found["by"], "byline")
        return replace(line, source=found["source"], rest=())
    goes_on = words == text and words[:1] not in ("", "（", "(") and _goes_on(runs, words)
    return sentence(runs, line.tags) if goes_on else replace(line, rest=rest)


def _goes_on(runs: Sequence[Run], words: str) -> bool:
    """Whether the words behind a link go on with its sentence: they touch it, or begin small."""
    behind = next((run for run in runs if run.url is None), None)
    return words[0].islower() or (behind is not None and not text_of(behind.spans)[:1].isspace())


def by_other_bar(text: str) -> re.Match[str] | None:
    """The parts before and behind a sign like a bar with a blank beside it, if a short name follows."""
    found = _OTHER_BAR.fullmatch(text)
    return found if found and len(found["title"]) >= _MUCH_LONGER * len(found["source"]) else None
