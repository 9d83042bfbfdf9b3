"""A database of a past moment, since it was restored: what it has still to do may have been done since."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.model import LEFT_OUT, Aim, DeliveryState, HeldBy, Hold, Purpose
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.holds import EVERYTHING, let_go, put_hold
from bot.storage.planner import CHUNK
from bot.storage.rows import KEY, close
from bot.storage.schema import deliveries, is_open, plans, updates
from bot.words.english import plural
from bot.words.moments import moment

ASKED_BEFORE = "asked for before the backup was made"
_MOST_NAMED = 5
_OPEN_SEND = (is_open, deliveries.c.aim == Aim.SEND)
_OPEN_PUSH = (*_OPEN_SEND, deliveries.c.purpose == Purpose.PUSH)


async def hold_past(connection: Connection, made_at: datetime, now: datetime) -> None:
    """Hold everything in a database that was filled from a backup, in the caller's transaction.

    What single readers had asked for, or sent to the bot, counts as answered: it was, or they ask again.
    """
    waiting = sa.update(updates).where(updates.c.waiting.is_not(None))
    await connection.execute(waiting.values(waiting=None))
    asked = close(now, DeliveryState.SKIPPED, ASKED_BEFORE)
    await connection.execute(asked.where(deliveries.c.aim == Aim.SEND, deliveries.c.purpose != Purpose.PUSH))
    why = _why(await _open_pushes(connection), made_at, now)
    await let_go(connection, EVERYTHING)
    await put_hold(connection, EVERYTHING, Hold(by=HeldBy.RESTORED, why=why, at=now))


class OpenPushes:
    """What one database has still to push. Every method raises StoreError when the database does."""

    def __init__(self, database: Database, *, chunk: int = CHUNK) -> None:
        self._database = database
        self._chunk = chunk

    async def skip(self, now: datetime) -> Mapping[str, int]:
        """End all of them, as an operator says; returns how many there were of which issue.

        What corrects or takes back goes on.
        """
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(plans).where(plans.c.aim == Aim.SEND))
            found = await _open_pushes(connection)
        some = sa.select(*KEY).where(*_OPEN_PUSH).limit(self._chunk)
        chunk = close(now, DeliveryState.SKIPPED, LEFT_OUT).where(sa.tuple_(*KEY).in_(some), *_OPEN_PUSH)
        while await self._database.change(chunk):
            pass
        return found


async def _open_pushes(connection: Connection) -> Mapping[str, int]:
    slug = deliveries.c.issue_slug
    query = sa.select(slug, sa.func.count()).where(*_OPEN_PUSH).group_by(slug).order_by(slug)
    return {row[0]: row[1] for row in await connection.execute(query)}


def _why(pushes: Mapping[str, int], made_at: datetime, now: datetime) -> str:
    begin = f"restored at {moment(now)} from a backup of {moment(made_at)}"
    if not pushes:
        return f"{begin}; no push was open in it"
    slugs, count = [*pushes], sum(pushes.values())
    more = f" and {len(slugs) - _MOST_NAMED} more" if len(slugs) > _MOST_NAMED else ""
    were = "was" if count == 1 else "were"
    named = ", ".join(slugs[:_MOST_NAMED]) + more
    return (
        f"{begin}; {plural(count, 'push', 'pushes')} of {named} {were} open in it and may have gone out since"
    )
