"""Whether an issue is out, and what sets it so, in the caller's transaction."""

from datetime import datetime

import sqlalchemy as sa

from bot.model import EDITION, IssueState
from bot.storage.connection import Connection
from bot.storage.corrections_told import note_told
from bot.storage.database import rows_changed
from bot.storage.holds import let_go, nothing_holds
from bot.storage.schema import issues

#: True for the issues that come out by themselves, if nothing holds them.
may_come_out = sa.and_(issues.c.state == IssueState.WAITING, issues.c.file_away.is_(None))


async def is_readable(connection: Connection, slug: str) -> bool:
    """Whether readers may have the issue; it stays so until the caller's transaction ends.

    True for one that is unknown: the database refuses what names it.
    """
    query = sa.select(issues.c.state).where(issues.c.slug == slug).with_for_update(read=True)
    state = await connection.scalar(query)
    return state != IssueState.RETRACTED


async def mark_due_published(connection: Connection, slug: str, now: datetime, *, checksum: str) -> bool:
    """As :func:`mark_published`, for one that waits with this text and is not held; False for any other."""
    may_be = sa.and_(may_come_out, issues.c.checksum == checksum, nothing_holds(slug))
    return await _mark_published(connection, slug, now, may_be)


async def mark_published(
    connection: Connection, slug: str, now: datetime, *, checksum: str | None = None
) -> bool:
    """Set the issue to published, in the caller's transaction; False if it is so already, or unknown.

    The same if it has not the text of this ``checksum``, if one is given. What held the issue holds it no
    longer.
    """
    may_be = issues.c.state != IssueState.PUBLISHED
    if checksum is not None:
        may_be = sa.and_(may_be, issues.c.checksum == checksum)
    published = await _mark_published(connection, slug, now, may_be)
    if published:
        await let_go(connection, slug)
    return published


async def _mark_published(
    connection: Connection, slug: str, now: datetime, may_be: sa.ColumnElement[bool]
) -> bool:
    change = (
        sa.update(issues)
        .where(issues.c.slug == slug, may_be)
        .values(state=IssueState.PUBLISHED, published_at=now, published_checksum=issues.c.checksum)
    )
    return await rows_changed(connection, change) == 1


async def mark_retracted(connection: Connection, slug: str, _: datetime) -> bool:
    """Set the issue to retracted, in the caller's transaction; False if it is unknown.

    One that is not out comes out no more.
    """
    change = sa.update(issues).where(issues.c.slug == slug).values(state=IssueState.RETRACTED)
    return await rows_changed(connection, change) == 1


async def mark_corrected(
    connection: Connection, slug: str, _: datetime, *, checksum: str | None = None, told: bool = False
) -> bool:
    """Note that what is out is to be what the text says now; False if the issue is not out.

    The same if it has not the text of this ``checksum``, if one is given. ``told``: readers are told of it.
    """
    is_meant = sa.true() if checksum is None else issues.c.checksum == checksum
    change = (
        sa.update(issues)
        .where(issues.c.slug == slug, issues.c.state == IssueState.PUBLISHED, is_meant)
        .values(published_checksum=issues.c.checksum)
    )
    corrected = await rows_changed(connection, change) == 1
    if corrected and told:
        await note_told(connection, slug)
    return corrected


def is_published(slug: str) -> sa.ColumnElement[bool]:
    """True while the issue is out."""
    return sa.exists().where(issues.c.slug == slug, issues.c.state == IssueState.PUBLISHED)


def stands_corrected(edition: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """True for an issue that is out, not as this edition, and without a correction that waits for a word."""
    out = sa.and_(issues.c.state == IssueState.PUBLISHED, issues.c.published_checksum == issues.c.checksum)
    return sa.and_(out, sa.func.substr(issues.c.checksum, 1, EDITION) != edition)


def present_edition(slug: str) -> sa.ScalarSelect[str]:
    """What a delivery calls the text that the issue has now."""
    edition = sa.func.substr(issues.c.checksum, 1, EDITION)
    return sa.select(edition).where(issues.c.slug == slug).scalar_subquery()
