"""The ledger: which parts of which issue are in which chat, and what is still to be done.

A row is open while it is planned or sending. Whoever changes a row names the version it saw, and a
sender the token of its lease: so a change is made once, whoever tries, and a sender that lost its
lease without noticing changes nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.model import (
    AT_ONCE,
    URGENT,
    Aim,
    Cut,
    Delivery,
    DeliveryState,
    Destination,
    HeldPushes,
    Key,
    Purpose,
)
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.holds import nothing_holds
from bot.storage.leases import SENDER, holds
from bot.storage.rows import (
    CHANGING,
    KEY,
    KEY_NAMES,
    READ,
    DeliveryRow,
    change,
    changing,
    close,
    delivery_of,
    goes_to,
    has_key,
    parts_text,
)
from bot.storage.schema import deliveries, is_open

WAITING_FOR = (*URGENT, Purpose.PUSH)
NONE_HELD = HeldPushes()
_Due = sa.Select[*tuple[object, ...]]
_KEY_TYPES: Types = {
    "issue_slug": sa.Text(),
    "chat_id": sa.BigInteger(),
    "thread": sa.Integer(),
    "purpose": sa.Text(),
}
_CHANGE_TYPES: Types = {**_KEY_TYPES, "version": sa.Integer(), **CHANGING}
_WAIT_TYPES: Types = {"chat_id": sa.BigInteger(), "not_before": CHANGING["not_before"]}
_CHAT_TYPES: Types = {"chat_id": sa.BigInteger()}


class Deliveries:
    """The ledger of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(
        self,
        now: datetime,
        *,
        limit: int,
        purposes: Sequence[Purpose] = WAITING_FOR,
        excluding: Collection[int] = (),
        held: HeldPushes = NONE_HELD,
    ) -> tuple[Delivery, ...]:
        """At most ``limit`` open rows that are due now: in the order of ``purposes``, then as they fell due.

        At most one row per chat, none of the chats in ``excluding``, and no push that is ``held``. What
        waited for nothing fell due when it was planned, and has no precedence over what waited for an hour.
        """
        found: dict[int, Delivery] = {}
        async with self._database.reading() as connection:
            for purpose in purposes:
                wanted = limit - len(found)
                if wanted <= 0:
                    break
                lanes, busy = _due(connection, purpose, now, held), _chats({*excluding, *found})
                for delivery in await _first(connection, lanes, busy, wanted):
                    found.setdefault(delivery.chat_id, delivery)
        return tuple(found.values())

    async def next_due_at(self, now: datetime) -> datetime | None:
        """When the next open row that is not due yet will be; None if there is none."""
        at = deliveries.c.not_before
        queries = (
            sa.select(at).where(is_open, deliveries.c.purpose == purpose, at > now).order_by(at).limit(1)
            for purpose in WAITING_FOR
        )
        async with self._database.reading() as connection:
            found = [await connection.scalar(query) for query in queries]
        return min(filter(None, found), default=None)

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the open row that has been due for longest is; None if none is due.

        Each of the questions is answered by one entry of the index of what is due.
        """
        queries = (query for purpose in WAITING_FOR for query in _oldest(purpose, now))
        async with self._database.reading() as connection:
            rows = [(await connection.execute(query)).first() for query in queries]
        return min((max(row.not_before, row.planned_at) for row in rows if row is not None), default=None)

    async def record(self, changed: Sequence[Delivery], *, token: int, now: datetime) -> frozenset[Key]:
        """Write each row over the version that it was made from, all in one transaction.

        Returns the keys of the rows that were written: none if ``token`` is no longer that of the
        sender's lease, and not rows that were closed or changed by somebody else meanwhile. If a row
        must wait, so must everything else that is open for its chat.
        """
        async with self._database.writing() as connection:
            written = await connection.execute(
                _record(connection, token, now), {PARAMETER: pack(_values(one) for one in changed)}
            )
            keys = frozenset((slug, chat, thread, purpose) for slug, chat, thread, purpose in written)
            waits = [
                (one.chat_id, one.not_before) for one in changed if one.not_before > now and one.key in keys
            ]
            if waits:
                await connection.execute(_wait(connection, now), {PARAMETER: pack(waits)})
        return keys

    async def adopt(self, changed: Delivery, *, token: int, now: datetime) -> bool:
        """Write the parts in the chat over that version of the row, whatever its state.

        For a part that arrived while a reader or an operator closed or changed its row.
        """
        fields = {name: value for name, value in changing(changed).items() if name in _PARTS_IN_CHAT}
        own = (has_key(changed.key), deliveries.c.version == changed.version, holds(SENDER, token))
        return await self._database.change(change(now, **fields).where(*own)) == 1

    async def note_face(self, delivery: Delivery, message_id: int, face: str, now: datetime) -> bool:
        """Note what of a message of the row is unfolded. Returns whether it was noted.

        Not in a row that is open, whose parts are the sender's to write, or that has changed since.
        """
        if delivery.is_open or message_id not in delivery.message_ids:
            return False
        parts = tuple(
            replace(part, face=face) if part.message_id == message_id else part for part in delivery.parts
        )
        same = (has_key(delivery.key), deliveries.c.version == delivery.version)
        return await self._database.change(change(now, parts=parts_text(parts)).where(*same)) == 1

    async def change_cut(self, delivery: Delivery, cut: Cut, now: datetime) -> Delivery | None:
        """Deliver another cut from now on. Returns the row; None if somebody else changed it meanwhile."""
        same = (has_key(delivery.key), deliveries.c.version == delivery.version, is_open)
        changed = await self._database.change(change(now, cut=cut.signature).where(*same))
        return replace(delivery, cut=cut, version=delivery.version + 1) if changed == 1 else None

    async def skip_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int:
        """Skip every open row of a chat that cannot be reached. Returns how many there were."""
        return await self._close_all(deliveries.c.chat_id == chat_id, DeliveryState.SKIPPED, reason, now)

    async def skip_all_of(self, to: Destination, reason: str, now: datetime) -> int:
        """Skip every open row of a thread that cannot be reached. Returns how many there were."""
        return await self._close_all(goes_to(to), DeliveryState.SKIPPED, reason, now)

    async def skip_open_sends(self, to: Destination, reason: str, now: datetime) -> int:
        """Skip what is to be sent there; what is there is still corrected or taken back."""
        sends = sa.and_(goes_to(to), deliveries.c.aim == Aim.SEND)
        return await self._close_all(sends, DeliveryState.SKIPPED, reason, now)

    async def fail_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int:
        """Give up every open row of a chat until the operator retries it. Returns how many there were."""
        return await self._close_all(deliveries.c.chat_id == chat_id, DeliveryState.FAILED, reason, now)

    async def get(self, issue_slug: str, to: Destination, purpose: Purpose) -> Delivery | None:
        """One row of the ledger."""
        query = sa.select(*READ).where(has_key((issue_slug, *to, purpose)))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return delivery_of(DeliveryRow._make(row)) if row else None

    async def _close_all(
        self, which: sa.ColumnElement[bool], state: DeliveryState, reason: str, now: datetime
    ) -> int:
        return await self._database.change(close(now, state, reason).where(which))


_PARTS_IN_CHAT = frozenset({"next_part", "parts", "uncertain", "in_flight"})


async def _first(
    connection: Connection, lanes: Iterable[_Due], given: Mapping[str, str], limit: int
) -> list[Delivery]:
    """The first of what is due, as it fell due; of each lane the first come first."""
    rows = [row for lane in lanes for row in await connection.execute(lane.limit(limit), given)]
    rows.sort(key=lambda row: max(row.not_before, row.planned_at))
    return [delivery_of(DeliveryRow._make(row[:-1])) for row in rows[:limit]]


def _due(
    connection: Connection, purpose: Purpose, now: datetime, held: HeldPushes = NONE_HELD
) -> tuple[_Due, _Due]:
    """What waited for nothing, and what had to wait: each in the order of the index."""
    at = deliveries.c.not_before
    busy = deliveries.c.chat_id.not_in(sa.select(batch(connection, _CHAT_TYPES).c.chat_id))
    query = sa.select(*READ, deliveries.c.planned_at).where(is_open, deliveries.c.purpose == purpose, busy)
    if purpose is Purpose.PUSH:
        query = query.where(*_not_held(held))
    query = query.order_by(at, deliveries.c.planned_at, deliveries.c.issue_slug)
    return query.where(at == AT_ONCE), query.where(at > AT_ONCE, at <= now)


def _not_held(held: HeldPushes) -> Iterator[sa.ColumnElement[bool]]:
    """What is taken back is taken back all the same.

    The index knows the issue of a row and not its aim: a million rows that are held are passed over there.
    """
    slug, back = deliveries.c.issue_slug, deliveries.c.aim == Aim.RETRACT
    if held.everything:
        yield from (slug.in_(sorted(held.taken_back)), back)
        return
    if waiting := held.issues - held.taken_back:
        yield slug.not_in(sorted(waiting))
    if going := held.issues & held.taken_back:
        yield sa.or_(slug.not_in(sorted(going)), back)


def _oldest(purpose: Purpose, now: datetime) -> tuple[sa.Select[datetime, datetime], ...]:
    """The first of the rows that need not wait, and of those that had to; none that is held."""
    at = deliveries.c.not_before
    query = sa.select(at, deliveries.c.planned_at).where(is_open, deliveries.c.purpose == purpose)
    if purpose is Purpose.PUSH:
        query = query.where(nothing_holds(deliveries.c.issue_slug))
    query = query.order_by(at, deliveries.c.planned_at).limit(1)
    return query.where(at == AT_ONCE), query.where(at > AT_ONCE, at <= now)


def _chats(chats: Collection[int]) -> dict[str, str]:
    return {PARAMETER: pack((chat_id,) for chat_id in chats)}


def _record(connection: Connection, token: int, now: datetime) -> sa.Update:
    given = batch(connection, _CHANGE_TYPES)
    own = (deliveries.c[name] == given.c[name] for name in (*KEY_NAMES, "version"))
    fields = {name: given.c[name] for name in CHANGING}
    return change(now, **fields).where(*own, is_open, holds(SENDER, token)).returning(*KEY)


def _values(delivery: Delivery) -> tuple[object, ...]:
    return (*delivery.key, delivery.version, *changing(delivery).values())


def _wait(connection: Connection, now: datetime) -> sa.Update:
    given = batch(connection, _WAIT_TYPES)
    return (
        sa.update(deliveries)
        .values(not_before=given.c.not_before, updated_at=now)
        .where(
            deliveries.c.chat_id == given.c.chat_id,
            is_open,
            deliveries.c.not_before < given.c.not_before,
        )
    )
