"""Pushes whose readers ask for them before they have come."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model import ASKED_FOR, AT_ONCE, Aim, Cut, DeliveryState, Destination, Purpose
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.holds import nothing_holds
from bot.storage.rows import PARTS_IN_CHAT, change, chat_not_before, close, fresh, has_key
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
#: True for a push that is held while a part of it stands in the chat and none is on its way.
_is_held_in_part = sa.and_(
    is_open,
    deliveries.c.aim == Aim.SEND,
    deliveries.c.next_part > 0,
    ~deliveries.c.in_flight,
    ~nothing_holds(deliveries.c.issue_slug),
)
#: True for what was planned and has not begun.
_is_new = sa.and_(deliveries.c.state == DeliveryState.PLANNED, deliveries.c.next_part == 0)
_PARTS = tuple(deliveries.c[name] for name in sorted(PARTS_IN_CHAT))
_NO_PARTS = {name: value for name, value in fresh().items() if name in PARTS_IN_CHAT}


class AskedPushes:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def together(self) -> AbstractAsyncContextManager[None]:
        """Make one transaction of what is brought, planned and ended meanwhile."""
        return self._database.together()

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
        """Let the push of this cut of the issue not come any more: it is held, and its reader gets it now.

        What of it stands in the chat is the request's from then on, which sends the rest. For the transaction
        in which that was planned. A push with a part on its way goes on once it is let go.
        """
        push, request = (has_key((issue_slug, *to, one)) for one in (Purpose.PUSH, Purpose.REQUEST))
        held = sa.and_(push, deliveries.c.cut == cut.signature, sa.or_(is_untouched, _is_held_in_part))
        begun = sa.select(*_PARTS).where(held, deliveries.c.next_part > 0).with_for_update()
        async with self._database.writing() as connection:
            for parts in await connection.execute(begun):
                standing = dict(zip(_PARTS, parts, strict=True))
                await connection.execute(change(now).values(standing).where(request, _is_new))
            await connection.execute(
                close(now, DeliveryState.SKIPPED, ASKED_FOR).values(_NO_PARTS).where(held)
            )

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
