"""Tags before a title: where they lead, and each of them once."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile

from bot.digest.parsing.edges import Spans, stripped, text_of, without_start
from bot.digest.parsing.marks import bare
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.runs import Run, runs_of
from bot.model import Link
from bot.words.months import MONTH_NAME

LONGEST_TAG = 24  # characters
#: What stands right behind a link that is all of its title.
_ENDS_TITLE = re.compile(r"\s*(?:[:：]|[-–—]+\s)")
_SETS_OFF = ",，:：·|｜•–—-;；"
_DATE = re.compile(  # and the mark behind it
    rf"\s*(?:\d[\d年月日号./\s-]*|(?:{MONTH_NAME})\s*\d{{1,2}}|\d{{1,2}}\s*(?:{MONTH_NAME}))(?:\s*\W\s*|\s+|$)",
    re.IGNORECASE,
)
_HASHTAGS = re.compile(r"(?:#\S+\s*)*")
_BRACKETS = {"[": "]", "【": "】", "（": "）", "(": ")"}
_AROUND = 3  # runs of a tag: its bracket, its link, and what closes it


def linked_tags(spans: Spans) -> tuple[tuple[Link, ...], Spans]:
    """The tags that are links of their own in brackets, ``[[tag](url)]``, and what stands behind them."""
    links: list[Link] = []
    while len(runs := list(runs_of(spans))) > _AROUND:
        opening, tag, closing = runs[:_AROUND]
        ends = None if opening.url else _BRACKETS.get(opening.text.strip())
        if not (tag.url and tag.text.strip() and ends and closing.text.startswith(ends)):
            break
        links.append(Link(label=tag.text.strip(), url=tag.url))
        spans = stripped(without_start(spans, len(opening.text) + len(tag.text) + len(ends)))
    return tuple(links), tuple(spans)


def leading_labels(spans: Spans, labels: Collection[str]) -> tuple[tuple[Link, ...], Spans]:
    """The links called by ``labels`` that begin it, ``[PDF](url) [title](url)``, and what follows.

    None of them where nothing does, or words that go on with them.
    """
    runs = list(runs_of(spans))
    links = tuple(takewhile(lambda run: not _is_worded(run) or _is_label(run, labels), runs))
    behind = runs[len(links) :]
    labelled = tuple(Link(label=bare(run.text), url=run.url) for run in links if run.url and run.text)
    if not labelled or not behind or (behind[0].url is None and not text_of(behind[0].spans)[:1].isspace()):
        return (), spans
    return labelled, stripped(tuple(span for run in behind for span in run.spans))


def _is_worded(run: Run) -> bool:
    return any(map(str.isalnum, run.text))


def _is_label(run: Run, labels: Collection[str]) -> bool:
    return run.url is not None and bare(run.text).casefold() in labels


def address_of_tags(spans: Spans, behind: Spans) -> str | None:
    """Where tags lead that are links of their own, ``[[paper]](url) title``; None if they lead nowhere."""
    ends = len(text_of(spans)) - len(text_of(behind)) >= len(spans[0].text)
    return spans[0].url if ends and behind[0].url != spans[0].url else None


def each_once(tags: Iterable[str], line: int, notes: Notes) -> Iterator[str]:
    """The tags; one that stands on both sides of a title is shown before it."""
    seen: set[str] = set()
    for tag in tags:
        if tag in seen:
            notes.leave_out(line, tag, "repeated mark")
        else:
            yield tag
        seen.add(tag)


def is_set_off(lead: str, linked: Sequence[Run], labels: Collection[str]) -> bool:
    """Whether a date, or a shorter name, stands before the one link of a line, which is no label.

    A mark ends it (``Chen et al., [title](url), NeurIPS``), and the link is all that the line goes on with,
    but for hashtags, or another mark follows. A date needs none.
    """
    title, *behind = linked
    rest = "".join(run.text for run in behind).strip()
    if any(run.url for run in behind) or title.text.casefold() in labels:
        return False
    if _DATE.fullmatch(lead):
        return True
    ends = (lead.rstrip()[-1:], _SETS_OFF[0] if _HASHTAGS.fullmatch(rest) else rest[:1])
    if not all(end and end in _SETS_OFF for end in ends):
        return False
    return 0 < _letters(lead) < _letters(title.text)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def is_tag(lead: str, behind: Sequence[Run]) -> bool:
    """Whether a few words stand before a link that is a title: a colon or a dash ends it."""
    ends = bool(behind) and behind[0].url is None and _ENDS_TITLE.match(text_of(behind[0].spans)) is not None
    return len(lead.strip()) <= LONGEST_TAG and ends


def names_what_follows(behind: Spans) -> bool:
    """Whether a colon or a dash stands right behind a title, and then words that are no link."""
    mark = _ENDS_TITLE.match(text_of(behind))
    rest = stripped(without_start(behind, mark.end())) if mark else ()
    return bool(rest) and not rest[0].url
