"""What was corrected or taken back while a reader was away, and reaches their chat once they are back."""

from datetime import datetime

import sqlalchemy as sa

from bot.model import Aim, DeliveryState, Destination, IssueState
from bot.storage.connection import Connection
from bot.storage.issue_states import stands_corrected
from bot.storage.rows import goes_to, replan
from bot.storage.schema import deliveries, issues
from bot.storage.waiting_again import LONGEST_AWAY

_stands = sa.or_(deliveries.c.next_part > 0, deliveries.c.in_flight)
_failed = deliveries.c.state == DeliveryState.FAILED


async def catch_up(connection: Connection, to: Destination, now: datetime) -> None:
    """Let the chat have of each issue what others have: its present text, or nothing if it was taken back.

    Nothing of an issue that is older than :data:`LONGEST_AWAY`, nor of a correction that nobody confirmed.
    In the caller's transaction.
    """
    own = sa.and_(goes_to(to), _stands)
    gone = sa.select(issues.c.slug).where(issues.c.state == IssueState.RETRACTED, _is_recent(now))
    back = replan(now, aim=Aim.RETRACT)
    not_yet = sa.or_(deliveries.c.aim != Aim.RETRACT, _failed)
    await connection.execute(back.where(own, deliveries.c.issue_slug.in_(gone), not_yet))
    sent = deliveries.c.state == DeliveryState.SENT
    tried = sa.and_(deliveries.c.aim == Aim.CORRECT, _failed)
    other = sa.exists().where(
        issues.c.slug == deliveries.c.issue_slug, stands_corrected(deliveries.c.edition), _is_recent(now)
    )
    again = replan(now, aim=Aim.CORRECT)
    await connection.execute(again.where(own, sa.or_(sent, tried), other))


def _is_recent(now: datetime) -> sa.ColumnElement[bool]:
    return issues.c.published_at > now - LONGEST_AWAY
