"""The ledger: which issue is on its way to which chat, and how far it has come.

A row is open while it is planned or sending. Every change of a row names the state
it expects, so that doing a thing twice, or in two processes, does it once.
"""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Cut, Delivery, DeliveryState, Purpose, SubscriberState
from bot.storage.database import Database
from bot.storage.issues import mark_published
from bot.storage.schema import UtcTime, deliveries, is_open, subscribers
from bot.storage.upsert import insert

URGENCY = (Purpose.REQUEST, Purpose.REST, Purpose.PUSH)  # a reader who asked sits and waits
KEY = (deliveries.c.issue_slug, deliveries.c.chat_id, deliveries.c.purpose)
KEY_NAMES = frozenset(column.name for column in KEY)
FRESH = {
    "state": DeliveryState.PLANNED,
    "next_part": 0,
    "message_ids": "[]",
    "attempts": 0,
    "reason": None,
}


class Deliveries:
    """The ledger of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def plan_push(self, issue_slug: str, now: datetime) -> int | None:
        """Publish the issue: mark it and plan it for every active subscriber, both or neither.

        Returns how many rows were planned; None where it was published before or is unknown.
        """
        async with self._database.writing() as connection:
            if not await mark_published(connection, issue_slug, now):
                return None
            return await _plan_for_all(connection, issue_slug, now)

    async def plan_one(
        self, *, chat_id: int, issue_slug: str, purpose: Purpose, cut: Cut, now: datetime
    ) -> bool:
        """Plan one issue for one chat; returns whether anything was planned.

        An open row stays as it is. A closed one is planned anew, except a PUSH that was
        sent or failed: that is only done again when it had been skipped, as for one who
        stopped and came back. While the chat must wait, the new row waits with it.
        """
        row = FRESH | {
            "issue_slug": issue_slug,
            "chat_id": chat_id,
            "purpose": purpose,
            "cut": cut.signature,
            "planned_at": now,
            "updated_at": now,
            "not_before": _when_chat_may(sa.literal(chat_id), now),
        }
        async with self._database.writing() as connection:
            new = insert(connection, deliveries).values(row)
            again = {name: new.excluded[name] for name in row if name not in KEY_NAMES}
            skipped = deliveries.c.state == DeliveryState.SKIPPED
            statement = new.on_conflict_do_update(
                index_elements=KEY, set_=again, where=skipped if purpose is Purpose.PUSH else ~is_open
            )
            result = await connection.execute(statement.execution_options(preserve_rowcount=True))
        return result.rowcount == 1

    async def due(
        self, now: datetime, *, limit: int, excluding: Collection[int] = ()
    ) -> tuple[Delivery, ...]:
        """At most ``limit`` open rows that may be sent now: what was asked for first, then oldest first.

        At most one row a chat, and none of the chats in ``excluding``.
        """
        found: dict[int, Delivery] = {}
        async with self._database.reading() as connection:
            for purpose in URGENCY:
                wanted = limit - len(found)
                if wanted <= 0:
                    break
                query = _due(purpose, now, {*excluding, *found}).limit(wanted)
                for row in await connection.execute(query):
                    found.setdefault(row.chat_id, _delivery(row))
        return tuple(found.values())

    async def next_due_at(self, now: datetime) -> datetime | None:
        """When the next open row that must still wait may be sent; None where none waits."""
        waits = sa.select(sa.func.min(deliveries.c.not_before)).where(is_open, deliveries.c.not_before > now)
        async with self._database.reading() as connection:
            times = [
                await connection.scalar(waits.where(deliveries.c.purpose == purpose)) for purpose in URGENCY
            ]
        return min(filter(None, times), default=None)

    async def stands(self, delivery: Delivery) -> bool:
        """Whether the row is open still, for the same cut, and has come no further than ``delivery`` says."""
        unchanged = (deliveries.c.next_part == delivery.next_part, deliveries.c.cut == delivery.cut.signature)
        query = sa.select(sa.exists().where(*_same(delivery), *unchanged))
        async with self._database.reading() as connection:
            return bool(await connection.scalar(query))

    async def record_part(
        self, delivery: Delivery, message_id: int, *, last: bool, now: datetime
    ) -> Delivery | None:
        """Note that the next part arrived; returns the row as it is now.

        None, and nothing changed, where the row was closed or has moved on meanwhile.
        """
        fields = {
            "state": DeliveryState.SENT if last else DeliveryState.SENDING,
            "next_part": delivery.next_part + 1,
            "message_ids": json.dumps([*delivery.message_ids, message_id]),
            "attempts": 0,
        }
        change = _change(now, **fields).where(*_same(delivery), deliveries.c.next_part == delivery.next_part)
        async with self._database.writing() as connection:
            row = (await connection.execute(change.returning(deliveries))).first()
        return _delivery(row) if row else None

    async def defer(
        self, delivery: Delivery, *, not_before: datetime, reason: str, attempts: int, now: datetime
    ) -> None:
        """Send no earlier than ``not_before``, and nothing else of that chat either."""
        waits = _change(now, not_before=not_before).where(
            deliveries.c.chat_id == delivery.chat_id, is_open, deliveries.c.not_before < not_before
        )
        why = _change(now, reason=reason, attempts=attempts, not_before=not_before).where(*_same(delivery))
        async with self._database.writing() as connection:
            await connection.execute(waits)
            await connection.execute(why)

    async def fail(self, delivery: Delivery, reason: str, now: datetime) -> None:
        """Give the row up."""
        await self._close(_change(now, state=DeliveryState.FAILED, reason=reason).where(*_same(delivery)))

    async def skip(self, delivery: Delivery, reason: str, now: datetime) -> None:
        """Leave the row unsent, on purpose."""
        await self._close(_change(now, state=DeliveryState.SKIPPED, reason=reason).where(*_same(delivery)))

    async def skip_all_of_chat(self, chat_id: int, reason: str, now: datetime) -> int:
        """Leave every open row of a chat unsent; returns how many there were."""
        change = _change(now, state=DeliveryState.SKIPPED, reason=reason)
        return await self._close(change.where(deliveries.c.chat_id == chat_id, is_open))

    async def get(self, issue_slug: str, chat_id: int, purpose: Purpose) -> Delivery | None:
        """One row of the ledger."""
        key = (issue_slug, chat_id, purpose)
        query = sa.select(deliveries).where(
            *(column == value for column, value in zip(KEY, key, strict=True))
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return _delivery(row) if row else None

    async def counts(self) -> dict[str, dict[DeliveryState, int]]:
        """How many deliveries of each issue are in each state; only states that occur."""
        columns = (deliveries.c.issue_slug, deliveries.c.state)
        query = sa.select(*columns, sa.func.count()).group_by(*columns).order_by(*columns)
        counts: dict[str, dict[DeliveryState, int]] = {}
        async with self._database.reading() as connection:
            for slug, state, count in await connection.execute(query):
                counts.setdefault(slug, {})[DeliveryState(state)] = count
        return counts

    async def _close(self, change: sa.Update) -> int:
        async with self._database.writing() as connection:
            return (await connection.execute(change)).rowcount


async def _plan_for_all(connection: AsyncConnection, issue_slug: str, now: datetime) -> int:
    row: dict[str, Any] = {
        "issue_slug": sa.literal(issue_slug),
        "chat_id": subscribers.c.chat_id,
        "purpose": sa.literal(str(Purpose.PUSH)),
        "cut": subscribers.c.cut,
        "planned_at": sa.literal(now, UtcTime),
        "updated_at": sa.literal(now, UtcTime),
        "not_before": _when_chat_may(subscribers.c.chat_id, now),
    } | {name: sa.literal(value) for name, value in FRESH.items() if value is not None}
    everyone = sa.select(*row.values()).where(subscribers.c.state == SubscriberState.ACTIVE)
    statement = insert(connection, deliveries).from_select(list(row), everyone).on_conflict_do_nothing()
    return (await connection.execute(statement.execution_options(preserve_rowcount=True))).rowcount


def _when_chat_may(chat_id: sa.ColumnElement[int], now: datetime) -> sa.ColumnElement[datetime]:
    """Now, or later where the chat's open rows must wait."""
    others = deliveries.alias("others")
    waits = (
        sa.select(sa.func.max(others.c.not_before))
        .where(others.c.chat_id == chat_id, others.c.state.in_(is_open.right))
        .scalar_subquery()
    )
    return sa.case((waits > now, waits), else_=sa.literal(now, UtcTime))


def _due(purpose: Purpose, now: datetime, excluding: set[int]) -> sa.Select[Any]:
    may = (is_open, deliveries.c.purpose == purpose, deliveries.c.not_before <= now)
    order = (deliveries.c.not_before, deliveries.c.planned_at, deliveries.c.issue_slug)
    return sa.select(deliveries).where(*may, deliveries.c.chat_id.not_in(excluding)).order_by(*order)


def _same(delivery: Delivery) -> tuple[sa.ColumnElement[bool], ...]:
    """The row of this delivery, as long as it is open."""
    key = (delivery.issue_slug, delivery.chat_id, delivery.purpose)
    return (*(column == value for column, value in zip(KEY, key, strict=True)), is_open)


def _change(now: datetime, **fields: Any) -> sa.Update:
    return sa.update(deliveries).values(updated_at=now, **fields)


def _delivery(row: sa.Row[Any]) -> Delivery:
    return Delivery(
        issue_slug=row.issue_slug,
        chat_id=row.chat_id,
        purpose=Purpose(row.purpose),
        cut=Cut.parse(row.cut),
        state=DeliveryState(row.state),
        next_part=row.next_part,
        message_ids=tuple(json.loads(row.message_ids)),
        attempts=row.attempts,
        not_before=row.not_before,
        reason=row.reason,
    )
