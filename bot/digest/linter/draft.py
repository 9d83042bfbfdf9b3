"""An issue's file on its way through the rules: what its editor wrote and what the parser took it for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.digest.linter.source import Source
from bot.model import Flash, Issue, Item, RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How the bytes of a file were: ``marked`` with a byte order mark, ``guessed`` to be no UTF-8."""

    text: str
    marked: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A piece of an issue that readers get, and the lines of the file that it comes from.

    ``texts`` are its title and body, ``urls`` all its addresses as written.
    """

    first: int
    last: int
    title: str
    text: RichText
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file, by the name it is told by, with all that rules look at."""

    path: str
    name: str
    slug: str
    saved: Saved
    source: Source
    issue: Issue

    @property
    def things(self) -> tuple[Flash | Item, ...]:
        """Flashes and items in the order of their lines."""
        things: tuple[Flash | Item, ...] = (*self.issue.flash, *self.issue.items)
        return tuple(sorted(things, key=lambda thing: thing.line))

    def stretches(self) -> tuple[Stretch, ...]:
        """The lead, each flash and each item, in the order of their lines."""
        issue = self.issue
        things = self.things
        lines = [thing.line for thing in things]
        lead = Stretch(
            first=self.source.first,
            last=min(lines, default=len(self.source.lines) + 1) - 1,
            title="",
            text=issue.lead,
            urls=tuple(_linked(issue.lead)),
        )
        return (lead, *(self._stretch(thing, lines) for thing in things))

    def _stretch(self, thing: Flash | Item, lines: list[int]) -> Stretch:
        last = self._last(thing.line, lines)
        if isinstance(thing, Flash):
            return Stretch(
                first=thing.line, last=last, title="", text=thing.text, urls=tuple(_linked(thing.text))
            )
        urls = chain((thing.url,), (link.url for link in thing.links), _linked(thing.summary))
        return Stretch(
            first=thing.line,
            last=last,
            title=thing.title or "",
            text=thing.summary,
            urls=tuple(dict.fromkeys(filter(None, urls))),
        )

    def _last(self, first: int, starts: list[int]) -> int:
        """The line before the next thing or heading."""
        following = min((line for line in starts if line > first), default=len(self.source.lines) + 1)
        ends = (line for line in range(first + 1, following) if self.source.heading(line) is not None)
        return next(ends, following) - 1


def _linked(text: RichText) -> Iterator[str]:
    return (span.url for line in text for span in line.spans if span.url)
