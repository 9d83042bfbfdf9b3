"""The end of a plan: whoever changed while it was made is looked at once more.

A chunk may have seen them as they were before. They are few, so their rows are changed by their keys: a
statement that looks for them among all rows of the issue reads every one.
"""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model import STOPPED, Aim, DeliveryState, Purpose, SubscriberState
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.connection import Connection
from bot.storage.rows import DESTINATION, close
from bot.storage.schema import deliveries, subscribers
from bot.storage.subscribers import changed_since
from bot.storage.waiting_rows import recut

_CLOCKS_DIFFER = timedelta(minutes=1)  # those of two processes, generously
_MOST = 5_000  # chats and threads at once
_TYPES: Types = {"chat_id": sa.BigInteger(), "thread": sa.BigInteger()}

_Key = tuple[int, int]


async def sweep_changed(
    connection: Connection, slug: str, begun_at: datetime, now: datetime, *, most: int = _MOST
) -> None:
    """Leave out who stopped since, and give the others what they chose, in the caller's transaction.

    So many are changed at a time.
    """
    given = batch(connection, _TYPES)
    theirs = sa.and_(
        deliveries.c.issue_slug == slug, DESTINATION.in_(sa.select(given.c.chat_id, given.c.thread))
    )
    skipped = close(now, DeliveryState.SKIPPED, STOPPED).where(
        theirs, deliveries.c.purpose == Purpose.PUSH, deliveries.c.aim == Aim.SEND
    )
    async for changed in _changed(connection, begun_at - _CLOCKS_DIFFER, most):
        stopped = [key for key, state in changed if state != SubscriberState.ACTIVE]
        if stopped:
            await connection.execute(skipped, {PARAMETER: pack(stopped)})
        await recut(connection, theirs, now, {PARAMETER: pack(key for key, _ in changed)})


async def _changed(
    connection: Connection, since: datetime, most: int
) -> AsyncIterator[list[tuple[_Key, str]]]:
    """The chats and threads that changed since, each with its state, so many at a time."""
    key = sa.tuple_(subscribers.c.chat_id, subscribers.c.thread)
    query = changed_since(since).add_columns(subscribers.c.state)
    query = query.order_by(subscribers.c.chat_id, subscribers.c.thread).limit(most)
    rest = query
    while True:
        found = [((row[0], row[1]), row[2]) for row in await connection.execute(rest)]
        if found:
            yield found
        if len(found) < most:
            return
        rest = query.where(key > sa.tuple_(*found[-1][0]))
