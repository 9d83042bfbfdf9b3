"""Which issues' files are away, and which file of another name is that of a known issue.

An issue whose file is not there does not come out meanwhile. It is called off only once the file was away
in several readings and for some seconds, and only if the folder it lay in is still there and holds
something, or is gone as well: a folder that is not mounted, one that cannot be read, and a file that is
being replaced call nothing off. A file that was emptied is away for an issue that is not out yet. So is one
that is there and cannot be read, for what was meant last cannot be known; that calls nothing off.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol

from bot.model import (
    READABLE,
    UNBORN,
    Entry,
    IssueEvent,
    IssueEventKind,
    IssueRecord,
    IssueState,
    ToldItem,
    is_notice,
)
from bot.model.issue_event import ARCHIVED
from bot.publishing.events import Events, nothing
from bot.publishing.likeness import Copied, Days, copied, same_issue, same_lines, signs_of
from bot.sources import Listing, Problem

READINGS = 3  # in a row that a file must have been away
SECONDS = timedelta(seconds=10)  # for which it must have been

_MOST_READ = 50  # issues whose texts are compared with one that has no items
_NEWEST = 10  # issues that a new one is compared with though they share no address
_RECENTLY = timedelta(days=1)  # for which it is made sure that it was told that a file is gone
_COMING = (IssueState.WAITING, IssueState.DRAFT)


class Folder(Protocol):
    """Where files come from."""

    def is_gone(self, file: str, slug: str) -> bool:
        """Whether a file that is not there was taken away, as far as its folder tells; blocks."""


class FileStore(Protocol):
    """Where it is kept which file an issue has."""

    async def note(self, here: Mapping[str, str], away: Collection[str], now: datetime) -> None: ...

    async def call_off(self, slug: str) -> bool: ...

    async def sharing(self, addresses: Collection[str], titles: Collection[str]) -> frozenset[str]: ...

    async def told(self, slugs: Sequence[str]) -> Mapping[str, Sequence[ToldItem]]: ...

    async def text(self, slug: str) -> str: ...


class FileWatch:
    """What one process knows of files that are away; one reading at a time."""

    def __init__(self, folder: Folder, store: FileStore, events: Events) -> None:
        self._folder = folder
        self._store = store
        self._events = events
        self._seen: Mapping[str, str] | None = None
        self._saw_absence = False  # whether what was away then was noted too
        self._away: Counter[str] = (
            Counter()
        )  # readings in which a file was away, as long as that is not settled
        self._told: frozenset[str] = frozenset()  # of those that are away, the ones that were told as gone
        self.stuck: tuple[str, ...] = ()  #: issues to come whose files are away, perhaps with all others

    def is_settled(self, listing: Listing, passed_over: Iterable[Problem] = ()) -> bool:
        """Whether this reading found the files that the last one did, and there is nothing to find out."""
        unknown = _tells_absence(listing) and (self._away or not self._saw_absence)
        return not unknown and self._seen == _seen(listing, listing.untold(passed_over))

    async def look(
        self,
        listing: Listing,
        records: Iterable[IssueRecord],
        now: datetime,
        passed_over: Iterable[Problem] = (),
    ) -> None:
        """Note what is there and what is not, and call off what was taken away or emptied.

        ``passed_over`` are those of the listing's files that were looked into and not taken.
        While the listing may lack files that are there, only what is there is noted.
        """
        paths, untold = _paths(listing), listing.untold(passed_over)
        issues = [one for one in records if not is_notice(one.slug)]
        silent = {one.slug for one in issues if one.in_folder in untold and one.state in UNBORN}
        here = {one.slug for one in issues if one.in_folder in paths} - silent
        there = {one.slug: paths[one.in_folder] for one in issues if one.slug in here}
        moved = {one.slug for one in issues if one.slug in there and _is_news(one, there[one.slug])}
        trusted = _tells_absence(listing)
        away = [one for one in issues if trusted and one.slug not in here and _matters(one)]
        new = {one.slug for one in away if one.file_away is None}
        if moved or new:
            await self._store.note({slug: there[slug] for slug in moved}, new, now)
        if trusted:
            await self._call_off([one for one in away if not _is_unread(one, untold)], new, now, silent)
        else:
            self.stuck = tuple(slug for slug in self.stuck if slug not in there)
        self._seen, self._saw_absence = _seen(listing, untold), trusted

    async def _call_off(
        self, away: list[IssueRecord], new: Container[str], now: datetime, emptied: Container[str]
    ) -> None:
        """Call off what was taken away; the rest is stuck."""
        self._told &= {one.slug for one in away}
        open_ones = [one for one in away if one.slug in new or self._is_open(one, now)]
        self._away = Counter({one.slug: self._away[one.slug] + 1 for one in open_ones})
        long_away = [one for one in open_ones if self._is_long_away(one, now)]
        stuck = [one for one in long_away if not await self._gone(one, now, is_empty=one.slug in emptied)]
        self.stuck = tuple(one.slug for one in stuck if one.state in _COMING)

    async def renamed(
        self, entries: Sequence[Entry], text: str, day: date | None, away: Mapping[str, IssueRecord]
    ) -> IssueRecord | None:
        """Which of the issues whose files are away a new file of a day tells; None if it tells none."""
        if not away:
            return None
        days = _days(day, away)
        same = await (self._with_items(entries, days) if entries else self._with_lines(text, days))
        return away[same] if same else None

    async def copied(self, entries: Sequence[Entry], others: Collection[str]) -> Copied | None:
        """Which of other issues a new file tells once more; None if it tells none."""
        sharing = await self._store.sharing(*signs_of(entries)) if entries else frozenset()
        return copied(entries, await self._store.told(tuple(sharing.intersection(others))))

    async def _with_items(self, entries: Sequence[Entry], days: Days) -> str | None:
        """Which has the same items, of those with a common address, and of the newest, perhaps re-dated."""
        sharing = await self._store.sharing(*signs_of(entries))
        newest = tuple(days.others)[:_NEWEST]
        told = await self._store.told((*newest, *sharing.intersection(days.others).difference(newest)))
        return same_issue(entries, told, days)

    async def _with_lines(self, text: str, days: Days) -> str | None:
        """Which of the newest issues, if it has no items, has the lines of a text."""
        newest = tuple(days.others)[:_MOST_READ]
        told = await self._store.told(newest)
        for slug in newest:
            other = "" if slug in told else await self._store.text(slug)
            if other and same_lines(text, other, days.with_other(slug)):
                return slug
        return None

    def _is_open(self, one: IssueRecord, now: datetime) -> bool:
        """Whether it is still to be settled, perhaps of an earlier process, that its file is away."""
        is_recent = one.file_away is not None and now - one.file_away < _RECENTLY
        return one.slug in self._away or one.state in _COMING or (is_recent and one.slug not in self._told)

    def _is_long_away(self, one: IssueRecord, now: datetime) -> bool:
        return self._away[one.slug] >= READINGS and now - (one.file_away or now) >= SECONDS

    async def _gone(self, one: IssueRecord, now: datetime, *, is_empty: bool) -> bool:
        """Whether the file was taken away, or emptied; then its issue is called off."""
        file = one.file or f"{one.in_folder}.md"
        if not is_empty and not await asyncio.to_thread(self._folder.is_gone, file, one.in_folder):
            return False
        kind = IssueEventKind.CALLED_OFF if one.state in _COMING else IssueEventKind.FILE_GONE
        archived = ARCHIVED if one.state is IssueState.ARCHIVED else ""
        missing = "its file has no content any more" if is_empty else "its file is gone"
        why = missing if kind is IssueEventKind.CALLED_OFF else archived
        at = one.file_away or now  # the same for every process that finds it out
        event = IssueEvent(kind=kind, slug=one.slug, at=at, file=file, why=why)
        call_off = partial(self._store.call_off, one.slug) if one.state in _COMING else nothing
        await self._events.tell(event, call_off)
        del self._away[one.slug]
        self._told |= {one.slug}
        return True


def _tells_absence(listing: Listing) -> bool:
    """Whether a file that is not in the listing is not there."""
    return not (listing.rewritten or listing.trouble)


def present(listing: Listing) -> frozenset[str]:
    """The slugs of the files that are there, also of those that cannot be read now."""
    others = (*listing.settling, *(one for one in listing.problems if one.unreadable))
    return frozenset((*(file.slug for file in listing.files), *(one.slug for one in others)))


def _paths(listing: Listing) -> Mapping[str, str]:
    """The path of each file below the folder, by its slug; empty where it cannot be read now."""
    return dict.fromkeys(present(listing), "") | {file.slug: file.name for file in listing.files}


def _days(own: date | None, others: Mapping[str, IssueRecord]) -> Days:
    return Days(own=own, others={slug: one.date for slug, one in others.items()})


def _is_unread(one: IssueRecord, untold: Mapping[str, Problem]) -> bool:
    return one.in_folder in untold and untold[one.in_folder].unreadable


def _seen(listing: Listing, untold: Mapping[str, Problem]) -> Mapping[str, str]:
    """The paths, or why a file tells nothing."""
    return {**_paths(listing), **{slug: one.reason for slug, one in untold.items()}}


def _is_news(one: IssueRecord, path: str) -> bool:
    return one.file_away is not None or path not in {"", one.file}


def _matters(one: IssueRecord) -> bool:
    """Whether it is worth knowing that its file is away; of an old issue only where its file was seen."""
    return one.state in _COMING or (one.state in READABLE and one.file is not None)
