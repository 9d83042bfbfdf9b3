"""The statements that plan: for all chats of a chunk at once, or for one.

A row is planned in one of three ways: anew, as if it had never been there; once more, with what stands
in the chat; or again, as it is, with another aim.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import (
    AT_ONCE,
    NOT_SENT,
    PARTLY,
    Aim,
    DeliveryState,
    Hours,
    Notice,
    Purpose,
    SubscriberState,
    is_notice,
)
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.connection import Connection
from bot.storage.earlier_lines import refresh_lines, take_lines_back
from bot.storage.hours_due import reopen_told
from bot.storage.issue_states import present_edition
from bot.storage.rows import (
    KEY,
    KEY_NAMES,
    PARTS_IN_CHAT,
    chat_not_before,
    close,
    fresh,
    is_left_out,
    later,
    replan,
)
from bot.storage.schema import UtcTime, deliveries, is_deferred, is_open, issues, plans, subscribers
from bot.storage.subscribers import out_of_reach
from bot.storage.upsert import Insert, insert

_OUT_OF_REACH = out_of_reach(deliveries.c.chat_id, deliveries.c.thread)
#: A chat that must wait, if any: asked once a chunk, so that a million are not asked one by one. In this
#: order both databases take the index of what is deferred; without one they may read every open row.
ANY_WAITS = (
    sa.select(deliveries.c.chat_id)
    .where(is_deferred)
    .order_by(deliveries.c.chat_id, deliveries.c.not_before)
    .limit(1)
)
#: Before rows with hours are planned. PostgreSQL knows nothing of a table that was filled a moment ago, takes
#: a chunk for a row, and would walk through all sets for each subscriber. SQLite keeps two megabytes of pages
#: if it is not told otherwise: rows of hundreds of hours go to as many places of an index, and it would write
#: and read a page for each.
_FOR_HOURS: Mapping[str, sa.TextClause] = {
    "postgresql": sa.text("SET LOCAL enable_nestloop = off"),
    "sqlite": sa.text("PRAGMA cache_size = -16000"),
}
_SET_TYPES: Types = {"hours": sa.Text(), "not_before": UtcTime()}
Span = tuple[int | None, int]  #: chats after the first, if any, up to the second


class Planned(NamedTuple):
    """What plans a chunk, with its parameters."""

    statement: sa.Insert | sa.Update
    parameters: Mapping[str, str]


def end_of_chunk(slug: str, aim: str, after: int | None, size: int) -> sa.Select[int | None]:
    """The last chat of the next chunk of ``size`` chats."""
    table = subscribers if aim == Aim.SEND else deliveries
    chats = sa.select(table.c.chat_id).order_by(table.c.chat_id).limit(size)
    if aim != Aim.SEND:
        chats = chats.where(deliveries.c.issue_slug == slug)
    if after is not None:
        chats = chats.where(table.c.chat_id > after)
    return sa.select(sa.func.max(chats.subquery().c.chat_id))


def _within(column: sa.ColumnElement[int], span: Span) -> sa.ColumnElement[bool]:
    after, upto = span
    return column <= upto if after is None else sa.and_(column > after, column <= upto)


async def _push(connection: Connection, slug: str, span: Span, now: datetime) -> Planned:
    sets = await _sets(connection, slug, span)
    if sets:
        await connection.execute(_FOR_HOURS[connection.dialect.name])
    waits = await connection.scalar(ANY_WAITS) is not None
    hour, source = _hours(connection) if sets else (sa.literal(AT_ONCE, UtcTime), subscribers)
    values: dict[str, sa.ColumnElement[Any]] = {  # Any: as in batch.Types
        "issue_slug": sa.literal(slug),
        "chat_id": subscribers.c.chat_id,
        "thread": subscribers.c.thread,
        "purpose": sa.literal(str(Purpose.PUSH)),
        "cut": subscribers.c.cut,
        "hours": subscribers.c.hours,
        "not_before": later(hour, chat_not_before(subscribers.c.chat_id)) if waits else hour,
        "version": sa.literal(0),
        "planned_at": sa.literal(now, UtcTime),
        "updated_at": sa.literal(now, UtcTime),
    } | {name: sa.literal(value, deliveries.c[name].type) for name, value in fresh().items()}
    everyone = sa.select(*values.values()).select_from(source)
    everyone = everyone.where(
        subscribers.c.state == SubscriberState.ACTIVE,
        _within(subscribers.c.chat_id, span),
        *await _audience(connection, slug),
    )
    new = insert(connection, deliveries).from_select(list(values), everyone)
    taken_back = deliveries.c.aim == Aim.RETRACT
    statement = new.on_conflict_do_update(index_elements=KEY, set_=reset_keeping_parts(new), where=taken_back)
    return Planned(statement, {PARAMETER: pack(sets)} if sets else {})


async def _sets(connection: Connection, slug: str, span: Span) -> tuple[tuple[str, datetime], ...]:
    """The hours that readers of the span share and that lie ahead, each with its moment.

    It is that after the plan began: however long planning takes, nobody's hour is over before.
    """
    query = sa.select(subscribers.c.hours).distinct()
    given = query.where(subscribers.c.hours != "", _within(subscribers.c.chat_id, span))
    signatures = list(await connection.scalars(given))
    if not signatures:
        return ()
    begun_at = await connection.scalar(sa.select(plans.c.begun_at).where(plans.c.issue_slug == slug))
    assert begun_at is not None  # noqa: S101  # a chunk is one of a plan
    moments = ((one, Hours.parse(one).not_before(begun_at)) for one in signatures)
    return tuple((one, moment) for one, moment in moments if moment is not None)


def _hours(connection: Connection) -> tuple[sa.ColumnElement[datetime], sa.FromClause]:
    """When a subscriber's set may go, and what that is selected from.

    SQLite makes an index of the sets for the time of the statement.
    """
    sets = batch(connection, _SET_TYPES)
    source = subscribers.outerjoin(sets, sets.c.hours == subscribers.c.hours)
    return sa.func.coalesce(sets.c.not_before, sa.literal(AT_ONCE, UtcTime)), source


async def _audience(connection: Connection, slug: str) -> tuple[sa.ColumnElement[bool], ...]:
    """What subscribers must be, besides active, to get it: of an issue nothing, of a notice what it says."""
    if not is_notice(slug):
        return ()
    text: str | None = await connection.scalar(sa.select(issues.c.text).where(issues.c.slug == slug))
    topics = Notice.parse(text).topics if text else ()
    followed = sa.literal(",") + subscribers.c.topics + sa.literal(",")
    follow = [followed.contains(f",{topic},", autoescape=True) for topic in topics]
    return (sa.or_(*follow),) if follow else ()


def reset_row(new: Insert) -> dict[str, object]:
    """The columns of a new row, except its version, which only grows."""
    columns = (column.name for column in deliveries.c if column.name not in {*KEY_NAMES, "version", "reason"})
    return {name: new.excluded[name] for name in columns} | {
        "reason": None,
        "version": deliveries.c.version + 1,
    }


def reset_keeping_parts(new: Insert) -> dict[str, object]:
    """As :func:`reset_row`, with what stands in the chat."""
    return {name: value for name, value in reset_row(new).items() if name not in PARTS_IN_CHAT}


#: A correction that came to no good end is tried again with the next.
_correction_ended = sa.and_(
    deliveries.c.aim == Aim.CORRECT,
    deliveries.c.state.in_((DeliveryState.FAILED, DeliveryState.SKIPPED)),
    deliveries.c.next_part > 0,
)


#: A part of it stands in the chat, and an operator left out the rest.
_stands_in_part = sa.and_(is_left_out, deliveries.c.aim == Aim.SEND, deliveries.c.next_part > 0)


def _planned_before(slug: str) -> sa.ColumnElement[bool]:
    """True for what an earlier plan than the present planned: what this one planned is not tried for ever."""
    begun_at = sa.select(plans.c.begun_at).where(plans.c.issue_slug == slug)
    return deliveries.c.planned_at < begun_at.scalar_subquery()


async def _correct(connection: Connection, slug: str, span: Span, now: datetime) -> Planned:
    await refresh_lines(connection, slug, _within(deliveries.c.chat_id, span), now)
    edition = sa.case((_stands_in_part, PARTLY), else_=deliveries.c.edition)
    ended_before = sa.and_(_correction_ended, _planned_before(slug))
    correction = replan(now, aim=Aim.CORRECT, edition=edition).where(
        deliveries.c.issue_slug == slug,
        _within(deliveries.c.chat_id, span),
        sa.or_(deliveries.c.state == DeliveryState.SENT, _stands_in_part, ended_before),
        sa.or_(_stands_in_part, deliveries.c.edition != present_edition(slug)),
        ~_OUT_OF_REACH,
    )
    return Planned(correction, {})


async def _retract(connection: Connection, slug: str, span: Span, now: datetime) -> Planned:
    """Where nothing has left for the chat, the delivery ends at once: there is nothing to take back."""
    those = (deliveries.c.issue_slug == slug, _within(deliveries.c.chat_id, span))
    ended = close(now, DeliveryState.SKIPPED, NOT_SENT).values(aim=Aim.RETRACT)
    await reopen_told(connection, slug, _within(deliveries.c.chat_id, span), now)
    await take_lines_back(connection, slug, _within(deliveries.c.chat_id, span), now)
    nothing = (deliveries.c.next_part == 0, ~deliveries.c.in_flight, deliveries.c.aim != Aim.RETRACT)
    await connection.execute(ended.where(*those, *nothing))
    failed_before = sa.and_(deliveries.c.state == DeliveryState.FAILED, _planned_before(slug))
    removal = replan(now, aim=Aim.RETRACT).where(
        *those,
        sa.or_(deliveries.c.aim != Aim.RETRACT, failed_before),
        sa.or_(deliveries.c.next_part > 0, is_open, deliveries.c.in_flight),
        ~_OUT_OF_REACH,
    )
    return Planned(removal, {})


Statement = Callable[[Connection, str, Span, datetime], Awaitable[Planned]]

#: What plans a chunk, by what is to be brought about.
STATEMENTS: Mapping[Aim, Statement] = {Aim.SEND: _push, Aim.CORRECT: _correct, Aim.RETRACT: _retract}
