"""Many subscribers taken in at once, as they come from a table or another bot."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from bot.model import (
    ANY_TIME,
    NOTHING,
    Cut,
    Destination,
    Happening,
    Hours,
    Interests,
    Language,
    Mode,
    SubscriberState,
)
from bot.storage.connection import Connection
from bot.storage.schema import deliveries, subscribers
from bot.storage.subscriber_rows import columns_of, new_row
from bot.storage.tallies import happening, tally
from bot.storage.waiting_rows import recut, replan

_PAGE = 1000
_KNOWN = sa.select(*(subscribers.c[name] for name in ("chat_id", "thread", "cut", "state", "hours")))
_CHANGE_MANY = sa.update(subscribers).where(
    subscribers.c.chat_id == sa.bindparam("of"), subscribers.c.thread == sa.bindparam("of_thread")
)
#: The cut, the state and the hours of those who are known.
Known = Mapping[Destination, tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A subscriber to import. What is None stays as it is of a known one, and is as usual of a new one."""

    chat_id: int
    language: Language | None
    followed: Interests | None = NOTHING
    excluded: Interests | None = NOTHING
    state: SubscriberState | None = None
    mode: Mode | None = None
    sections: tuple[str, ...] | None = None
    hours: Hours | None = None
    thread: int = 0

    @property
    def destination(self) -> Destination:
        """Where the subscriber's issues go."""
        return Destination(self.chat_id, self.thread)

    def applied(self, cut: Cut) -> Cut:
        """The cut with what the row says."""
        language, mode = self.language or cut.language, self.mode or cut.mode
        sections = cut.sections if self.sections is None else self.sections
        followed = cut.followed if self.followed is None else self.followed
        excluded = cut.excluded if self.excluded is None else self.excluded
        changed = replace(cut, language=language, mode=mode, sections=sections)
        return changed.about(followed, excluded=excluded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many subscribers an import added, and how many known ones it changed.

    ``inactive``: how many known ones stay in a state in which they get nothing, for the rows say none, or
    call active who left.
    """

    new: int
    changed: int
    inactive: Mapping[SubscriberState, int] = field(default_factory=dict)


async def import_rows(
    connection: Connection, rows: Iterable[ImportRow], now: datetime, *, bring_back: bool = False
) -> Imported:
    """Take in the rows, a page at a time; each chat or thread may come once.

    That a row is active makes a known one active only if it is to ``bring_back`` who left.
    """
    waiting, new, changed = iter(rows), 0, 0
    happened: Counter[Happening | None] = Counter()
    kept: Counter[SubscriberState] = Counter()
    while read := tuple(islice(waiting, _PAGE)):
        found = _KNOWN.where(subscribers.c.chat_id.in_([row.chat_id for row in read]))
        rows_found = await connection.execute(found)
        known = {Destination(row.chat_id, row.thread): (row.cut, row.state, row.hours) for row in rows_found}
        page = read if bring_back else tuple(_staying(row, known) for row in read)
        added = [_imported(row, now) for row in page if row.destination not in known]
        met = [_changes(row, *known[row.destination], now) for row in page if row.destination in known]
        changes = [change for change in met if change]
        if added:
            await connection.execute(sa.insert(subscribers), added)
        if changes:
            await connection.execute(_CHANGE_MANY, changes)
            await recut(connection, deliveries.c.chat_id.in_({to.chat for to in known}), now)
            await replan(connection, _other_hours(page, known), now)
        happened += Counter(_happening(row, known) for row in page)
        kept += Counter(
            SubscriberState(known[row.destination][1]) for row in page if _keeps_state(row, known)
        )
        new, changed = new + len(added), changed + len(changes)
    for what, number in happened.items():
        if what:
            await tally(connection, what, now, number=number)
    del kept[SubscriberState.ACTIVE]
    return Imported(new=new, changed=changed, inactive=dict(kept))


def _other_hours(page: Iterable[ImportRow], known: Known) -> Iterator[tuple[Destination, Hours]]:
    """The known ones whose hours a page changes."""
    for row in page:
        before = known.get(row.destination)
        if before and row.hours and row.hours.signature != before[2]:
            yield row.destination, row.hours


def _staying(row: ImportRow, known: Known) -> ImportRow:
    """The row, but that a known one who left since it was written stays so."""
    left = row.state is SubscriberState.ACTIVE and row.destination in known
    return replace(row, state=None) if left else row


def _keeps_state(row: ImportRow, known: Known) -> bool:
    return row.state is None and row.destination in known


def _imported(row: ImportRow, now: datetime) -> dict[str, object]:
    """The columns of one who is new."""
    fields = new_row(row.destination, row.applied(Cut()), now)
    hours = (row.hours or ANY_TIME).signature
    return fields | {"state": row.state or SubscriberState.ACTIVE, "hours": hours}


def _happening(row: ImportRow, known: Known) -> Happening | None:
    before = SubscriberState(known[row.destination][1]) if row.destination in known else None
    return happening(before, row.state or before or SubscriberState.ACTIVE)


def _changes(
    row: ImportRow, signature: str, state: str, hours: str, now: datetime
) -> dict[str, object] | None:
    """The columns of a known one; None where all is as it was."""
    cut = row.applied(Cut.parse(signature))
    wanted = row.state or state
    wanted_hours = hours if row.hours is None else row.hours.signature
    if (cut.signature, wanted, wanted_hours) == (signature, state, hours):
        return None
    key = {"of": row.chat_id, "of_thread": row.thread}
    return key | {"state": wanted, "hours": wanted_hours, "updated_at": now, **columns_of(cut)}
