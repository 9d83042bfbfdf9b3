"""What somebody missed while nothing came to them, and how they catch up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, Self

from bot.messages.selection import selects
from bot.model import Cut, Destination, Entry, EntryKind, IssueRecord
from bot.readers.requests import Asked

DAYS = 90  # who was away longer looks through the archive
MOST = 12  # issues


class Page(Protocol):
    """Some of the issues that a chat missed."""

    @property
    def total(self) -> int:
        """How many there are."""

    @property
    def issues(self) -> tuple[IssueRecord, ...]:
        """The newest first."""

    @property
    def asked(self) -> frozenset[str]:
        """The slugs of those that the chat asked for since."""


class Store(Protocol):
    """Where it is known what came to a chat."""

    async def of(self, to: Destination, *, since: datetime, until: datetime, limit: int) -> Page:
        """What was published in between and had not come by ``until``."""

    async def declined_at(self, to: Destination) -> datetime | None:
        """Until when what came out is not to be offered again; None if the chat never said so."""

    async def decline(self, to: Destination, until: datetime) -> None:
        """Note that what came out ``until`` then is not to be offered again."""


class Index(Protocol):
    """What is asked for entries."""

    async def of_issue(self, issue_slug: str) -> tuple[Entry, ...]:
        """All entries of an issue, in its order."""


class Requests(Protocol):
    """What plans issues for readers who ask."""

    async def issue(self, to: Destination, slug: str, cut: Cut) -> Asked:
        """Let an issue come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time in which issues came out: after ``since``, until ``until``."""

    since: datetime
    until: datetime

    @classmethod
    def ending(cls, until: datetime) -> Self:
        """As many days as are looked back for."""
        return cls(since=until - timedelta(days=DAYS), until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """The newest of ``total`` issues that a chat missed in a time, the newest first.

    They have so many items, of which the reader's cut selects ``selected``. ``again``: the time begins
    where the chat declined to catch up.
    """

    span: Span
    again: bool
    total: int
    issues: tuple[IssueRecord, ...]
    items: int
    selected: int


class CatchUp:
    """What was missed: counted, listed item by item, or sent. ``now`` tells the time."""

    def __init__(self, store: Store, index: Index, requests: Requests, now: Callable[[], datetime]) -> None:
        self._store = store
        self._index = index
        self._requests = requests
        self._now = now

    async def missed(self, to: Destination, cut: Cut) -> Missed:
        """What the chat or thread has missed until now."""
        return await self._missed(to, cut, None)

    async def missed_again(self, to: Destination, cut: Cut) -> Missed:
        """What the chat or thread has missed until now, without what it declined."""
        return await self._missed(to, cut, await self._store.declined_at(to))

    async def decline(self, to: Destination, span: Span) -> None:
        """Note that what was missed then is not to be offered again."""
        await self._store.decline(to, span.until)

    async def _missed(self, to: Destination, cut: Cut, declined: datetime | None) -> Missed:
        until = self._now()
        until = until.replace(microsecond=until.microsecond // 1000 * 1000)  # buttons hold milliseconds
        span = Span.ending(until)
        again = declined is not None and declined > span.since
        if declined and again:
            span = replace(span, since=declined)
        page = await self._of(to, span)
        items = await self._items(page.issues)
        return Missed(
            span=span,
            again=again,
            total=page.total,
            issues=page.issues,
            items=len(items),
            selected=sum(selects(cut, entry) for entry in items),
        )

    async def entries(self, to: Destination, cut: Cut, span: Span) -> tuple[Entry, ...]:
        """The items of what was missed then, also if it was asked for since, the newest first.

        Those that the cut selects, or all if it selects none.
        """
        return await self._listed(await self._of(to, span), cut)

    async def send(self, to: Destination, cut: Cut, span: Span) -> tuple[int, tuple[Entry, ...]]:
        """Plan what was missed then and was not asked for since, oldest first.

        Returns how many issues that are, and what :meth:`entries` does.
        """
        page = await self._of(to, span)
        slugs = [one.slug for one in reversed(page.issues) if one.slug not in page.asked]
        sent = sum([await self._comes(to, slug, cut) for slug in slugs])
        return sent, await self._listed(page, cut)

    async def _comes(self, to: Destination, slug: str, cut: Cut) -> bool:
        return await self._requests.issue(to, slug, cut) is not Asked.IS_COMING

    async def _of(self, to: Destination, span: Span) -> Page:
        return await self._store.of(to, since=span.since, until=span.until, limit=MOST)

    async def _listed(self, page: Page, cut: Cut) -> tuple[Entry, ...]:
        items = await self._items(page.issues)
        return tuple(entry for entry in items if selects(cut, entry)) or items

    async def _items(self, issues: Sequence[IssueRecord]) -> tuple[Entry, ...]:
        entries = [entry for issue in issues for entry in await self._index.of_issue(issue.slug)]
        return tuple(entry for entry in entries if entry.kind is EntryKind.ITEM)
