"""What is not kept for ever: chats that went away, and what became of old issues in their chats.

Both go in chunks, each in a transaction of its own, so that nobody waits long for the database.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

import sqlalchemy as sa

from bot.model import URGENT, SubscriberState
from bot.storage.admin_schema import role_chats
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.forgetting import erase
from bot.storage.issues import NEWEST_FIRST, is_listed
from bot.storage.past_counts import delete_counted
from bot.storage.rows import KEY
from bot.storage.schema import deliveries, is_open, issues, saved_items, subscribers

CHATS = 100  #: forgotten at once; each has a row in the ledger for every issue
ROWS = 5_000  #: deleted at once


class Retention:
    """Deletes from one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database, *, chats: int = CHATS, rows: int = ROWS) -> None:
        self._database = database
        self._chats = chats
        self._rows = rows

    async def forget_away(self, before: datetime) -> int:
        """Forget every chat that stopped, blocked the bot or was gone before; returns how many there were.

        Not one that asked for something or saved something since, that has a thread where issues come, or
        that has a role.
        """
        away = (
            sa.select(subscribers.c.chat_id)
            .where(
                subscribers.c.state != SubscriberState.ACTIVE,
                subscribers.c.updated_at < before,
                ~_there_since(before),
                ~_asked_since(before),
                ~_saved_since(before),
                ~sa.exists().where(role_chats.c.chat_id == subscribers.c.chat_id),
            )
            .limit(self._chats)
            .with_for_update()
        )

        async def chunk(connection: Connection) -> int:
            chats = frozenset(await connection.scalars(away))
            if chats:
                await erase(connection, chats)
            return len(chats)

        return await self._all(chunk)

    async def drop_ledger(self, before: datetime) -> int:
        """Delete the rows of issues that came before and were not touched since; returns how many.

        Their counts stay. The newest issue keeps its rows, however old: they say who has it.
        """
        came = sa.func.coalesce(issues.c.published_at, issues.c.found_at)
        newest = sa.select(issues.c.slug).where(is_listed).order_by(*NEWEST_FIRST).limit(1)
        old = sa.select(issues.c.slug).where(came < before, issues.c.slug != newest.scalar_subquery())
        may = (deliveries.c.issue_slug.in_(old), deliveries.c.updated_at < before, ~is_open)
        some = sa.select(*KEY).where(*may).limit(self._rows)
        return await self._all(lambda connection: delete_counted(connection, sa.tuple_(*KEY).in_(some), *may))

    async def _all(self, chunk: Callable[[Connection], Awaitable[int]]) -> int:
        """Chunk after chunk, until there is nothing left; returns the sum."""
        total = 0
        while True:
            async with self._database.writing() as connection:
                done = await chunk(connection)
            if not done:
                return total
            total += done


def _there_since(then: datetime) -> sa.Exists:
    """Whether the chat, or a thread of it, is active or went away only since."""
    others = subscribers.alias("others")
    return sa.exists().where(
        others.c.chat_id == subscribers.c.chat_id,
        sa.or_(others.c.state == SubscriberState.ACTIVE, others.c.updated_at >= then),
    )


def _asked_since(then: datetime) -> sa.Exists:
    """Whether the chat asked for an issue since; found issue by issue, as the key begins with it."""
    return sa.exists().where(
        deliveries.c.chat_id == subscribers.c.chat_id,
        deliveries.c.issue_slug.in_(sa.select(issues.c.slug)),
        deliveries.c.purpose.in_(URGENT),
        deliveries.c.planned_at >= then,
    )


def _saved_since(then: datetime) -> sa.Exists:
    return sa.exists().where(saved_items.c.chat_id == subscribers.c.chat_id, saved_items.c.saved_at >= then)
