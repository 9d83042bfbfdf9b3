"""The first line of an item: ``[tag] [title | source](url) [[further]](url)``, and its slips."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from bot.digest.edges import Spans, stripped, text_of, without_start
from bot.digest.notes import Notes
from bot.digest.rows import Row
from bot.model import Link, Span

#: Brackets right before an address are no tag but what is left of a link.
_TAGS = re.compile(r"\s*(?:\[[^\[\]]+\](?!\s*[(（]https?://)\s*)+")
_TAG = re.compile(r"\[([^\[\]]+)\]")
_SOURCE = re.compile(r"(?P<title>.*\S)\s*[|｜]\s*(?P<source>[^|｜]*)", re.DOTALL)
_LOST_DASH = re.compile(r"\s*[-*•·–—]+\s*")
#: ``[title](url`` with the last bracket lost.
_UNCLOSED_URL = re.compile(r"\[(?P<title>.+)\]\s*[(（](?P<url>https?://\S+)$")
#: ``title(https://…)`` with the square brackets lost.
_GLUED_URL = re.compile(r"(?P<title>.*\S)\s*[(（](?P<url>https?://[^\s)）]+)[)）]$")
_BRACKETS = " \t[]【】()（）、,，;；/|｜"


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """What the first line says; ``rest`` is its text that is none of the others."""

    title: str | None
    url: str | None
    source: str | None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    rest: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Neighbouring spans with one address (or none)."""

    url: str | None
    spans: Spans

    @property
    def text(self) -> str:
        return text_of(self.spans).strip()


def read_title(row: Row, notes: Notes) -> TitleLine:
    """Read it; what is broken costs a note and as little else as can be."""
    tags, spans = _leading_tags(row.spans)
    runs = tuple(_runs(spans))
    before = tuple(takewhile(lambda run: run.url is None, runs))
    lead = "".join(run.text for run in before)
    if len(before) == len(runs):
        return _unlinked(lead, tags, row.number, notes)
    if lead.strip(_BRACKETS):
        return _link_inside(lead, runs[len(before) :], tags)
    main, *others = runs[len(before) :]
    if not main.url or not main.text:
        notes.add("empty-link", row.number)
    inner, spans = _leading_tags(main.spans)
    title, source = split_source(text_of(spans).strip())
    links, rest = _further(others)
    return TitleLine(
        title=title, url=main.url or None, source=source, tags=(*tags, *inner), links=links, rest=rest
    )


def split_source(text: str) -> tuple[str | None, str | None]:
    """``title | source`` parted at the last bar; each None where it is empty."""
    found = _SOURCE.fullmatch(text)
    if found is None:
        return text.strip(" |｜") or None, None
    return found["title"].strip() or None, found["source"].strip() or None


def linked_title(row: Row) -> bool:
    """Whether the row is a link with a source from end to end: an item's first line, dash or no dash."""
    _, spans = _leading_tags(without_lost_dash(row).spans)
    runs = [run for run in _runs(spans) if run.text]
    return len(runs) == 1 and bool(runs[0].url) and split_source(runs[0].text)[1] is not None


def without_lost_dash(row: Row) -> Row:
    """The row without a dash that has lost its space."""
    found = _LOST_DASH.match(text_of(row.spans))
    if found is None:
        return row
    return replace(row, spans=without_start(row.spans, found.end()))


def _leading_tags(spans: Spans) -> tuple[tuple[str, ...], Spans]:
    """The tags in brackets that stand before all else; never all there is."""
    found = _TAGS.match(spans[0].text) if spans else None
    if found is None or not text_of(spans)[found.end() :].strip():
        return (), spans
    return tuple(tag.strip() for tag in _TAG.findall(found.group())), without_start(spans, found.end())


def _runs(spans: Iterable[Span]) -> Iterator[_Run]:
    for url, run in groupby(spans, key=lambda span: span.url):
        yield _Run(url=url, spans=tuple(run))


def _unlinked(text: str, tags: tuple[str, ...], line: int, notes: Notes) -> TitleLine:
    """A title without its link, or with one that Markdown could not read."""
    url = None
    for broken in (_UNCLOSED_URL, _GLUED_URL):
        if found := broken.match(text):
            text, url = found["title"], found["url"]
    if url is not None or text.startswith("["):
        notes.add("unclosed-link", line, about=text[:40])
    title, source = split_source(text.removeprefix("[").strip())
    return TitleLine(title=title, url=url, source=source, tags=tags)


def _link_inside(lead: str, runs: Sequence[_Run], tags: tuple[str, ...]) -> TitleLine:
    """``title [label](url)``: the words before the first link are the title, its links are labelled."""
    title, source = split_source(lead.strip(" ：:[【(（"))
    links, rest = _further(runs)
    return TitleLine(title=title, url=None, source=source, tags=tags, links=links, rest=rest)


def _further(runs: Sequence[_Run]) -> tuple[tuple[Link, ...], Spans]:
    """Links set apart by nothing but brackets are labelled links; any other text is the rest, whole."""
    words = "".join(run.text for run in runs if run.url is None)
    if words.strip(_BRACKETS):
        return (), stripped(tuple(span for run in runs for span in run.spans))
    return tuple(Link(label=run.text.strip(_BRACKETS), url=run.url) for run in runs if run.url), ()
