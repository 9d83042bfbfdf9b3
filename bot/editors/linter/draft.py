"""An issue's file on its way through the rules: what its editor wrote and what the parser took it for."""

from bisect import bisect_right
from dataclasses import dataclass

from bot.editors.linter.source import Source
from bot.model import Beside, Flash, Issue, Item, RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How the bytes of a file were: ``marked`` with a byte order mark, ``guessed`` to be no UTF-8."""

    text: str
    marked: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpan:
    """A piece of an issue that readers get, and the lines of the file that it comes from.

    ``text`` is its body, ``urls`` are all its addresses as written.
    """

    first: int
    last: int
    title: str
    text: RichText
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file, by the name that findings give it, with all that rules look at.

    ``spans`` are the lead, each flash and each item, in the order of their lines; ``beside`` is the file of
    topics.
    """

    path: str
    name: str
    slug: str
    saved: Saved
    source: Source
    issue: Issue
    spans: tuple[SourceSpan, ...]
    beside: Beside | None = None

    def span_at(self, line: int) -> int:
        """Which span a line stands in, or the last one above it."""
        return bisect_right(self.spans, line, key=lambda span: span.first) - 1


def spans(issue: Issue, source: Source) -> tuple[SourceSpan, ...]:
    """The pieces of an issue. Each ends where the next one or a heading begins."""
    starts = sorted(thing.line for thing in issue.things)
    headings = source.headings
    ends = sorted((*starts, *headings, len(source.lines) + 1))
    lead = SourceSpan(
        first=source.first,
        last=min(starts, default=len(source.lines) + 1) - 1,
        title="",
        text=issue.lead,
        urls=_linked(issue.lead),
    )
    others = (
        _span(thing, ends[bisect_right(ends, thing.line, hi=len(ends) - 1)] - 1) for thing in issue.things
    )
    return (lead, *sorted(others, key=lambda span: span.first))


def _span(thing: Flash | Item, last: int) -> SourceSpan:
    if isinstance(thing, Flash):
        return SourceSpan(first=thing.line, last=last, title="", text=thing.text, urls=_linked(thing.text))
    urls = (thing.url, *(link.url for link in thing.links), *_linked(thing.summary))
    return SourceSpan(
        first=thing.line,
        last=last,
        title=thing.title or "",
        text=thing.summary,
        urls=tuple(dict.fromkeys(filter(None, urls))),
    )


def _linked(text: RichText) -> tuple[str, ...]:
    """The addresses in a text, each once."""
    return tuple(dict.fromkeys(span.url for line in text for span in line.spans if span.url))
