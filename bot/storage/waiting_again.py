"""What waited for somebody who was away for a moment, or was coming to them, and does so again."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model import (
    EXPIRED,
    LEFT_OUT,
    NOTHING_LEFT,
    OFF_TOPIC,
    Aim,
    DeliveryState,
    Destination,
    Hours,
    IssueState,
    Purpose,
)
from bot.storage.connection import Connection
from bot.storage.database import rows_changed
from bot.storage.rows import change, goes_to, has_come
from bot.storage.schema import deliveries, is_open, issues, subscribers
from bot.storage.waiting_rows import recut, replan

#: How old an issue may be that still comes to who is back: older than an hour of one day of the week.
LONGEST_AWAY = timedelta(days=8)
_FOR_GOOD = (EXPIRED, LEFT_OUT, NOTHING_LEFT, OFF_TOPIC)
#: True for a push that ended because its reader was away.
_ended_away = sa.and_(
    deliveries.c.purpose == Purpose.PUSH,
    deliveries.c.aim == Aim.SEND,
    deliveries.c.state == DeliveryState.SKIPPED,
    sa.func.coalesce(deliveries.c.reason, "").not_in(_FOR_GOOD),
    ~has_come,
)
_had_begun = sa.or_(deliveries.c.next_part > 0, deliveries.c.in_flight)
#: True for a push that broke off in the middle, because its reader was away.
broke_off = sa.and_(_ended_away, _had_begun)


async def wait_again(connection: Connection, to: Destination, now: datetime) -> None:
    """Let come what waited for who is back in time: before their hour, or while the broadcast still runs.

    It comes when and as they want by now. What broke off in the middle goes on as it began, also once the
    broadcast is over. Nothing of an issue that is older than a week and a day. In the caller's transaction.
    """
    waits = sa.and_(deliveries.c.hours != "", deliveries.c.not_before > now)
    in_time = sa.or_(_had_begun, waits, _still_runs(now))
    recent = sa.select(issues.c.slug).where(
        issues.c.state == IssueState.PUBLISHED, issues.c.published_at > now - LONGEST_AWAY
    )
    again = change(now, state=DeliveryState.PLANNED, reason=None, attempts=0, weight=0)
    of_them = again.where(deliveries.c.issue_slug.in_(recent), goes_to(to), _ended_away, in_time)
    if not await rows_changed(connection, of_them):
        return
    await recut(connection, goes_to(to), now)
    own = (subscribers.c.chat_id == to.chat, subscribers.c.thread == to.thread)
    hours = await connection.scalar(sa.select(subscribers.c.hours).where(*own))
    await replan(connection, [(to, Hours.parse(hours or ""))], now)


def _still_runs(now: datetime) -> sa.ColumnElement[bool]:
    """True for what of an issue goes to others now, and not only at their hours."""
    others = deliveries.alias("others")
    return sa.exists().where(
        others.c.issue_slug == deliveries.c.issue_slug,
        others.c.purpose == Purpose.PUSH,
        others.c.aim == Aim.SEND,
        others.c.state.in_(is_open.right),
        others.c.not_before <= now,
    )
