"""Deliveries of which nothing was done yet: they go when and as their reader wants by now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time

import sqlalchemy as sa

from bot.model import AT_ONCE, LANGUAGES, Aim, Cut, DeliveryState, Destination, Hours, Mode, Purpose
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.connection import Connection
from bot.storage.rows import change, chat_not_before, later
from bot.storage.schema import UtcTime, deliveries, is_open, issues, subscribers

#: True for a push of which nothing was done yet.
is_untouched = sa.and_(
    is_open,
    deliveries.c.state == DeliveryState.PLANNED,
    deliveries.c.purpose == Purpose.PUSH,
    deliveries.c.aim == Aim.SEND,
    deliveries.c.next_part == 0,
    ~deliveries.c.in_flight,
)
#: True for what an hour may put off: what was planned for one alone, as who has just joined, comes at once.
_may_wait = sa.or_(
    deliveries.c.hours != "",
    sa.exists().where(
        issues.c.slug == deliveries.c.issue_slug, issues.c.published_at == deliveries.c.planned_at
    ),
)
#: The cut that the reader of a row has chosen by now.
_chosen = (
    sa.select(subscribers.c.cut)
    .where(subscribers.c.chat_id == deliveries.c.chat_id, subscribers.c.thread == deliveries.c.thread)
    .scalar_subquery()
)
#: True for a row in full instead of a rich message, which says so once: no reader chooses such a cut.
_is_instead = sa.or_(
    *(
        deliveries.c.cut.startswith(Cut(language=one, mode=Mode.FULL, instead=True).form, autoescape=True)
        for one in LANGUAGES
    )
)
_TYPES: Types = {
    "chat": sa.BigInteger(),
    "thread": sa.BigInteger(),
    "before": sa.Text(),
    "hours": sa.Text(),
    "timing": sa.Text(),
    "moment": UtcTime(),
}
_OWN = (("chat_id", "chat"), ("thread", "thread"), ("hours", "before"))
_ANY_HOUR = time()  #: stands for that of who had quiet hours alone


def is_ahead(now: datetime) -> sa.ColumnElement[bool]:
    """True for a push of which nothing was done yet, and whose reader's hour is yet to come."""
    return sa.and_(is_untouched, deliveries.c.hours != "", deliveries.c.not_before > now)


def moment_of(hours: Hours, now: datetime) -> datetime:
    """When what is planned now may be sent by these hours."""
    return hours.not_before(now) or AT_ONCE


async def recut(
    connection: Connection,
    which: sa.ColumnElement[bool],
    now: datetime,
    values: Mapping[str, str] | None = None,
) -> None:
    """Let what waits, of the rows of which this is true, come as its reader has chosen by now.

    ``values`` are those of the parameters in ``which``.
    """
    chosen = change(now, cut=_chosen).where(which, is_untouched, deliveries.c.cut != _chosen, ~_is_instead)
    await connection.execute(chosen, values)


async def replan(connection: Connection, wanted: Iterable[tuple[Destination, Hours]], now: datetime) -> None:
    """Let what waits for these readers go by other hours, though not before Telegram takes it.

    Where only other things were chosen than the hours, each keeps its moment, be that past. What waited and
    is to wait no more keeps its hour, by which several are known to have waited and go as one. What was
    planned for somebody alone waits for no hour.
    """
    hours_of = dict(wanted)
    moments = {hours: moment_of(hours, now) for hours in set(hours_of.values())}
    rows = [
        (*to, before, _kept(Hours.parse(before), hours).signature, _timing(hours), moments[hours])
        for to, before in await _waiting(connection, hours_of)
        for hours in (hours_of[to],)
    ]
    if not rows:
        return
    given = batch(connection, _TYPES)
    begins = sa.func.substr(deliveries.c.hours, 1, sa.func.length(given.c.timing))
    is_same = sa.and_(begins == given.c.timing, deliveries.c.not_before != AT_ONCE)
    anew = later(given.c.moment, chat_not_before(deliveries.c.chat_id))
    moment = sa.case((is_same, deliveries.c.not_before), else_=anew)
    own = (deliveries.c[name] == given.c[given_as] for name, given_as in _OWN)
    moved = change(now, hours=given.c.hours, not_before=moment).where(*own, is_untouched, _may_wait)
    await connection.execute(moved, {PARAMETER: pack(rows)})


async def _waiting(
    connection: Connection, wanted: Collection[Destination]
) -> tuple[tuple[Destination, str], ...]:
    """By which hours something waits for these readers, of which nothing was done yet."""
    chats = sorted({to.chat for to in wanted})
    columns = (deliveries.c.chat_id, deliveries.c.thread, deliveries.c.hours)
    query = sa.select(*columns).where(deliveries.c.chat_id.in_(chats), is_untouched).distinct()
    found = [(Destination(row[0], row[1]), str(row[2])) for row in await connection.execute(query)]
    return tuple(one for one in found if one[0] in wanted)


def _kept(before: Hours, after: Hours) -> Hours:
    if after.waits or not before.waits:
        return after
    return replace(after, zone=after.zone or before.zone, at=before.at or _ANY_HOUR)


def _timing(hours: Hours) -> str:
    """How the signature of all hours with the same moments begins."""
    return hours.signature.rpartition("|")[0] + "|"
