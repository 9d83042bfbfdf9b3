"""Deliveries of which nothing was done yet: they wait for their reader's hour, and go by a new one."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.model import AT_ONCE, Aim, DeliveryState, Destination, Hours, Purpose
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.connection import Connection
from bot.storage.rows import change, chat_not_before, later
from bot.storage.schema import UtcTime, deliveries, is_open

#: True for a push of which nothing was done yet.
is_untouched = sa.and_(
    is_open,
    deliveries.c.state == DeliveryState.PLANNED,
    deliveries.c.purpose == Purpose.PUSH,
    deliveries.c.aim == Aim.SEND,
    deliveries.c.next_part == 0,
    ~deliveries.c.in_flight,
)
_TYPES: Types = {
    "chat": sa.BigInteger(),
    "thread": sa.BigInteger(),
    "hours": sa.Text(),
    "timing": sa.Text(),
    "moment": UtcTime(),
}


def is_ahead(now: datetime) -> sa.ColumnElement[bool]:
    """True for a push of which nothing was done yet, and whose reader's hour is yet to come."""
    return sa.and_(is_untouched, deliveries.c.hours != "", deliveries.c.not_before > now)


def moment_of(hours: Hours, now: datetime) -> datetime:
    """When what is planned now may be sent by these hours."""
    return hours.not_before(now) or AT_ONCE


async def replan(connection: Connection, wanted: Iterable[tuple[Destination, Hours]], now: datetime) -> None:
    """Let what waits for these readers go by other hours, though not before Telegram takes it.

    Where only other things were chosen than the hours, each keeps its moment, be that past.
    """
    moments: dict[Hours, datetime] = {}
    rows = [
        (*to, hours.signature, _timing(hours), moments.setdefault(hours, moment_of(hours, now)))
        for to, hours in wanted
    ]
    if not rows:
        return
    given = batch(connection, _TYPES)
    is_same = sa.func.substr(deliveries.c.hours, 1, sa.func.length(given.c.timing)) == given.c.timing
    anew = later(given.c.moment, chat_not_before(deliveries.c.chat_id))
    moment = sa.case((is_same, deliveries.c.not_before), else_=anew)
    own = (deliveries.c.chat_id == given.c.chat, deliveries.c.thread == given.c.thread)
    moved = change(now, hours=given.c.hours, not_before=moment).where(*own, is_untouched)
    await connection.execute(moved, {PARAMETER: pack(rows)})


def _timing(hours: Hours) -> str:
    """How the signature of all hours with the same moments begins."""
    return hours.signature.rpartition("|")[0] + "|"
