"""What is due by its reader's hour: put off while nothing may ring, and gathered where several are due."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from bot.model import NOTICE, TOLD_WITH, Delivery, DeliveryState, Destination, HeldPushes, Key
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.issues import OLDEST_FIRST
from bot.storage.leases import SENDER, holds
from bot.storage.rows import KEY_NAMES, READ, DeliveryRow, change, close, delivery_of, goes_to, has_key
from bot.storage.schema import UtcTime, deliveries, is_open, issues
from bot.storage.waiting_rows import is_untouched, recut

_LATER_TYPES: Types = {
    "issue_slug": sa.Text(),
    "chat_id": sa.BigInteger(),
    "thread": sa.Integer(),
    "purpose": sa.Text(),
    "version": sa.Integer(),
    "not_before": UtcTime(),
}
#: What is due in each place, the oldest issue first.
_Due = Mapping[Destination, tuple[Delivery, ...]]


class HoursDue:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def postpone(self, rows: Sequence[tuple[Delivery, datetime]], *, token: int, now: datetime) -> None:
        """Let each of the rows wait until its moment; none that was changed, or if the lease was lost."""
        async with self._database.writing() as connection:
            given = batch(connection, _LATER_TYPES)
            own = (deliveries.c[name] == given.c[name] for name in (*KEY_NAMES, "version"))
            later = change(now, not_before=given.c.not_before).where(*own, is_open, holds(SENDER, token))
            values = ((*row.key, row.version, until) for row, until in rows)
            await connection.execute(later, {PARAMETER: pack(values)})

    async def together(
        self, rows: Sequence[Delivery], *, held: HeldPushes, now: datetime
    ) -> tuple[Delivery, ...]:
        """All that waited for the hours of the rows' chats and is due, where that is several in one place.

        What is held, and what is no issue, is none of it.
        """
        async with self._database.reading() as connection:
            due = await _due_in(connection, _chats(rows), held, now)
        return tuple(one for group in _several(due).values() for one in group)

    async def gather(
        self,
        rows: Sequence[Delivery],
        *,
        apart: Collection[Key] = (),
        held: HeldPushes,
        token: int,
        now: datetime,
    ) -> tuple[Delivery, ...]:
        """The rows, but of what is due :meth:`together` the newest alone, which names the others.

        The others end with that. What is ``apart`` stays by itself.
        """
        async with self._database.writing() as connection:
            if not await connection.scalar(sa.select(holds(SENDER, token))):
                return ()
            due = await _due_in(connection, _chats(rows), held, now, for_change=True)
            several = _several(due, apart)
            newest = [await _gather(connection, group, now) for group in several.values()]
        gathered = {one.key for group in several.values() for one in group}
        return (*(row for row in rows if row.key not in gathered), *newest)


def _chats(rows: Iterable[Delivery]) -> frozenset[int]:
    return frozenset(row.chat_id for row in rows)


def _several(due: _Due, apart: Collection[Key] = ()) -> _Due:
    groups = {to: tuple(one for one in group if one.key not in apart) for to, group in due.items()}
    return {to: group for to, group in groups.items() if len(group) > 1}


async def _due_in(
    connection: Connection,
    chats: Collection[int],
    held: HeldPushes,
    now: datetime,
    *,
    for_change: bool = False,
) -> _Due:
    slug = deliveries.c.issue_slug
    place = (deliveries.c.chat_id, deliveries.c.thread)
    query = (
        sa.select(*READ)
        .join(issues, issues.c.slug == slug)
        .where(
            deliveries.c.chat_id.in_(chats),
            is_untouched,
            deliveries.c.hours != "",
            deliveries.c.not_before <= now,
            slug.not_like(f"{NOTICE}%"),
            slug.not_in(sorted(held.issues)),
        )
        .order_by(*place, *OLDEST_FIRST)
    )
    if for_change:
        query = query.with_for_update(of=deliveries)
    rows = await connection.execute(query)
    found = [one for row in rows if (one := delivery_of(DeliveryRow._make(row))).hours.waits]
    return {to: tuple(group) for to, group in groupby(found, key=lambda one: one.destination)}


async def _gather(connection: Connection, group: Sequence[Delivery], now: datetime) -> Delivery:
    """The newest of the group, as it stands in the ledger once it names the others."""
    *others, newest = group
    earlier = tuple(dict.fromkeys(slug for one in others for slug in (*one.earlier, one.issue_slug)))
    named = tuple(dict.fromkeys((*earlier, *newest.earlier)))
    for one in others:
        ended = close(now, DeliveryState.SKIPPED, f"{TOLD_WITH}{newest.issue_slug}")
        await connection.execute(ended.where(has_key(one.key)))
    names = change(now, earlier=",".join(named)).where(has_key(newest.key)).returning(*READ)
    return delivery_of(DeliveryRow._make((await connection.execute(names)).one()))


async def reopen_told(
    connection: Connection, slug: str, which: sa.ColumnElement[bool], now: datetime
) -> None:
    """Let the issues go by themselves that were to come as a line with one of which nothing has left.

    In the caller's transaction; ``which`` says of which rows of that issue.
    """
    unsent = (deliveries.c.issue_slug == slug, which, deliveries.c.earlier != "", is_untouched)
    found = await connection.execute(sa.select(*READ).where(*unsent))
    for row in [delivery_of(DeliveryRow._make(row)) for row in found]:
        for earlier in row.earlier:
            again = change(now, state=DeliveryState.PLANNED, reason=None)
            told = (deliveries.c.state == DeliveryState.SKIPPED, deliveries.c.reason.startswith(TOLD_WITH))
            await connection.execute(again.where(has_key((earlier, *row.key[1:])), *told))
        await recut(connection, goes_to(row.destination), now)
