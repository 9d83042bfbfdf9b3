"""The lines in which newer issues name one that waited with them, once it is corrected or taken back."""

from datetime import datetime

import sqlalchemy as sa

from bot.model import LINE_TAKEN_BACK, TOLD_WITH, Aim, DeliveryState
from bot.storage.connection import Connection
from bot.storage.rows import change, is_told, replan
from bot.storage.schema import deliveries, is_open
from bot.storage.subscribers import out_of_reach

_OUT_OF_REACH = out_of_reach(deliveries.c.chat_id, deliveries.c.thread)


async def refresh_lines(
    connection: Connection, slug: str, which: sa.ColumnElement[bool], now: datetime
) -> None:
    """Open the newer issues again that name this one: what stands there is brought up to date.

    In the caller's transaction, before the rows of the issue forget what they were told with; ``which`` says
    of which chats. Whoever sends one of them at this moment looks at it again.
    """
    newer = sorted(await _tellers(connection, slug, which))
    if not newer:
        return
    own = (deliveries.c.issue_slug.in_(newer), which, _names(slug))
    back = deliveries.c.aim == Aim.RETRACT
    stands = sa.and_(sa.or_(deliveries.c.state == DeliveryState.SENT, back), deliveries.c.next_part > 0)
    again = replan(now, aim=sa.case((back, Aim.RETRACT), else_=Aim.CORRECT))
    await connection.execute(change(now).where(*own, is_open))
    await connection.execute(again.where(*own, ~is_open, stands, ~_OUT_OF_REACH))


async def take_lines_back(
    connection: Connection, slug: str, which: sa.ColumnElement[bool], now: datetime
) -> None:
    """As :func:`refresh_lines`, and no newer issue names this one from then on.

    Where it stood in a line alone it is taken back, so that it comes by itself if it comes out again.
    """
    await refresh_lines(connection, slug, which, now)
    if newer := sorted(await _tellers(connection, slug, which)):
        unnamed = change(now, earlier=_without(slug))
        await connection.execute(unnamed.where(deliveries.c.issue_slug.in_(newer), which, _names(slug)))
    gone = change(now, aim=Aim.RETRACT, reason=LINE_TAKEN_BACK)
    await connection.execute(gone.where(deliveries.c.issue_slug == slug, which, is_told))


async def lines_taken_back(connection: Connection, slug: str, since: datetime) -> int:
    """In how many chats a line that named the issue was planned to be taken away since then."""
    rows = sa.select(sa.func.count()).select_from(deliveries)
    those = (deliveries.c.issue_slug == slug, deliveries.c.reason == LINE_TAKEN_BACK)
    return await connection.scalar(rows.where(*those, deliveries.c.updated_at >= since)) or 0


async def lines_refreshed(connection: Connection, slug: str, since: datetime) -> int:
    """In how many chats a line that names the issue was planned to be brought up to date since then."""
    newer = sorted(await _tellers(connection, slug, sa.true()))
    planned = (deliveries.c.issue_slug.in_(newer), _names(slug), deliveries.c.planned_at >= since)
    chats = sa.select(sa.func.count(deliveries.c.chat_id.distinct()))
    return await connection.scalar(chats.where(*planned, deliveries.c.aim != Aim.SEND)) or 0


_ENCLOSED = sa.literal(",") + deliveries.c.earlier + ","  #: the slugs, a comma before and behind each


def _names(slug: str) -> sa.ColumnElement[bool]:
    """True for what names the issue in a line."""
    return _ENCLOSED.contains(f",{slug},", autoescape=True)


def _without(slug: str) -> sa.ColumnElement[str]:
    """What a row names, but this issue."""
    return sa.func.trim(sa.func.replace(_ENCLOSED, f",{slug},", ","), ",")


async def _tellers(connection: Connection, slug: str, which: sa.ColumnElement[bool]) -> set[str]:
    """The newer issues that were to name it, be it because they were to name one that was."""
    found: set[str] = set()
    asked = {slug}
    while asked:
        told = sa.select(deliveries.c.reason).distinct()
        reasons = await connection.scalars(told.where(deliveries.c.issue_slug.in_(asked), which, is_told))
        asked = {str(reason).removeprefix(TOLD_WITH) for reason in reasons} - found
        found |= asked
    return found
