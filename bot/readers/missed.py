"""What somebody missed while nothing came to them, and how they catch up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages.selection import selects
from bot.model import Cut, Entry, EntryKind, IssueRecord

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


class Store(Protocol):
    """Where it is known what came to a chat."""

    async def of(
        self, chat_id: int, *, since: datetime, until: datetime, limit: int, still: bool = True
    ) -> Page:
        """What was published in between and never came; if ``still``, without what was asked for since."""


class Index(Protocol):
    """What is asked for entries."""

    async def of_issue(self, issue_slug: str) -> tuple[Entry, ...]:
        """All entries of an issue, in its order."""


class Requests(Protocol):
    """What plans issues for readers who ask."""

    async def issue(self, chat_id: int, slug: str, cut: Cut) -> bool:
        """Plan an issue; False if it is being delivered already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """The newest of ``total`` issues that a chat missed ``until`` then, the newest first.

    They have so many items, of which the reader's cut selects ``selected``.
    """

    until: datetime
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

    async def missed(self, chat_id: int, cut: Cut) -> Missed:
        """What the chat has missed until now."""
        until = self._now()
        until = until.replace(microsecond=until.microsecond // 1000 * 1000)  # buttons hold milliseconds
        page = await self._of(chat_id, until)
        items = await self._items(page.issues)
        return Missed(
            until=until,
            total=page.total,
            issues=page.issues,
            items=len(items),
            selected=sum(selects(cut, entry) for entry in items),
        )

    async def entries(self, chat_id: int, cut: Cut, until: datetime) -> tuple[Entry, ...]:
        """The items of what was missed ``until`` then, also if it was asked for since, the newest first.

        Those that the cut selects, or all if it selects none.
        """
        items = await self._items((await self._of(chat_id, until, still=False)).issues)
        return tuple(entry for entry in items if selects(cut, entry)) or items

    async def send(self, chat_id: int, cut: Cut, until: datetime) -> int:
        """Plan what was missed ``until`` then and did not come since, oldest first; returns how many."""
        told = (await self._of(chat_id, until, still=False)).issues
        missed = frozenset(one.slug for one in (await self._of(chat_id, until)).issues)
        slugs = [one.slug for one in reversed(told) if one.slug in missed]
        return sum([await self._requests.issue(chat_id, slug, cut) for slug in slugs])

    async def _of(self, chat_id: int, until: datetime, *, still: bool = True) -> Page:
        since = until - timedelta(days=DAYS)
        return await self._store.of(chat_id, since=since, until=until, limit=MOST, still=still)

    async def _items(self, issues: Sequence[IssueRecord]) -> tuple[Entry, ...]:
        entries = [entry for issue in issues for entry in await self._index.of_issue(issue.slug)]
        return tuple(entry for entry in entries if entry.kind is EntryKind.ITEM)
