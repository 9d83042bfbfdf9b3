"""Pushes whose readers ask for them before they have come."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model import ASKED_FOR, AT_ONCE, Aim, Cut, DeliveryState, Destination, Purpose
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.holds import nothing_holds
from bot.storage.rows import change, chat_not_before, close, has_key
from bot.storage.schema import deliveries, is_open
from bot.storage.waiting_rows import is_untouched

_AHEAD = timedelta(milliseconds=1)

#: True for a push that an operator does not hold.
_goes_on = sa.and_(
    is_open,
    deliveries.c.purpose == Purpose.PUSH,
    deliveries.c.aim == Aim.SEND,
    nothing_holds(deliveries.c.issue_slug),
)


class AskedPushes:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def bring(self, issue_slug: str, to: Destination, cut: Cut, now: datetime) -> DeliveryState | None:
        """Let the push of the issue come next of all, whatever hour or turn it waits for.

        Returns PLANNED if it comes now, and SENDING if it was coming already. None if no push brings this
        cut of the issue, or if it is held.
        """
        key = (issue_slug, *to, Purpose.PUSH)
        mine = sa.and_(has_key(key), deliveries.c.cut == cut.signature, _goes_on)
        async with self._database.writing() as connection:
            first = min(await _first_planned(connection) or now, now)
            brought = change(
                now,
                hours="",
                not_before=chat_not_before(sa.literal(to.chat)),
                planned_at=first - _AHEAD,
            )
            if await rows_changed(connection, brought.where(mine, is_untouched)):
                return DeliveryState.PLANNED
            state = await connection.scalar(sa.select(deliveries.c.state).where(mine))
        return DeliveryState(state) if state else None

    async def end(self, issue_slug: str, to: Destination, cut: Cut, now: datetime) -> None:
        """Let the push of this cut of the issue not come any more: it is held, and its reader gets it now."""
        key = (issue_slug, *to, Purpose.PUSH)
        held = sa.and_(has_key(key), deliveries.c.cut == cut.signature, is_untouched)
        await self._database.change(close(now, DeliveryState.SKIPPED, ASKED_FOR).where(held))

    async def are_coming_to(self, chat_id: int) -> bool:
        """Whether a push is coming in to the chat, part by part."""
        coming = sa.and_(deliveries.c.chat_id == chat_id, deliveries.c.state == DeliveryState.SENDING)
        async with self._database.reading() as connection:
            return bool(await connection.scalar(sa.select(sa.exists().where(coming, _goes_on))))


async def _first_planned(connection: Connection) -> datetime | None:
    """When the first of the pushes that wait for nothing was planned: they go in this order."""
    first = (
        sa.select(deliveries.c.planned_at)
        .where(is_open, deliveries.c.purpose == Purpose.PUSH, deliveries.c.not_before == AT_ONCE)
        .order_by(deliveries.c.planned_at)
        .limit(1)
    )
    return await connection.scalar(first)
