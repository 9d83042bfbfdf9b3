"""How much is kept about a chat, and how all of it is forgotten."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.errors import StoreBusy
from bot.model import ChatRole, Destination, SubscriberState
from bot.storage.admin_schema import role_chats
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.group_chats import forget_adders
from bot.storage.kept_rows import KEPT
from bot.storage.past_counts import delete_counted
from bot.storage.role_chats import CLAIMED
from bot.storage.schema import deliveries, marks, saved_items, subscribers
from bot.storage.tallies import tally_change

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCounts:
    """How many items a chat keeps, and of how many issues it is known what became of them there.

    ``declined``: it is known until when it does not care for what it missed. ``roles`` are those that it
    claimed.
    """

    saved: int
    issues: int
    declined: bool
    roles: frozenset[ChatRole] = frozenset()


class Forgetting:
    """Forgets chats of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept(self, chat_id: int) -> KeptCounts:
        """What is kept about a chat besides its subscription."""
        count, of = sa.func.count(), {table: own((chat_id,)) for table, own in KEPT.items()}
        saved = sa.select(count).where(of[saved_items])
        told = sa.select(sa.func.count(deliveries.c.issue_slug.distinct())).where(of[deliveries])
        declined = sa.select(sa.exists().where(of[marks]))
        roles = sa.select(role_chats.c.role).where(of[role_chats], role_chats.c.named == CLAIMED)
        async with self._database.reading() as connection:
            return KeptCounts(
                saved=await connection.scalar(saved) or 0,
                issues=await connection.scalar(told) or 0,
                declined=bool(await connection.scalar(declined)),
                roles=frozenset(map(ChatRole, (await connection.scalars(roles)).all())),
            )

    async def forget(self, chat_id: int, now: datetime) -> None:
        """Delete every row that names the chat or a thread of it, all in one transaction; harmless to repeat.

        One who was active is counted as who asked to stop. A plan that is being carried out meanwhile
        plans nothing for the chat afterwards.
        """
        for _ in range(TRIES - 1):
            with suppress(StoreBusy):  # the sender recorded several rows of the chat at once
                return await self._forget(chat_id, now)
        return await self._forget(chat_id, now)

    async def _forget(self, chat_id: int, now: datetime) -> None:
        own = sa.select(subscribers.c.thread, subscribers.c.state).where(subscribers.c.chat_id == chat_id)
        async with self._database.writing() as connection:
            await _hold_plans(connection)
            for thread, before in (await connection.execute(own)).all():
                to = Destination(chat_id, thread)
                await tally_change(connection, to, SubscriberState(before), SubscriberState.STOPPED, now)
            await erase(connection, (chat_id,))


async def erase(connection: Connection, chats: Collection[int]) -> None:
    """Delete what is kept of the chats, table by table, in the caller's transaction; counts stay."""
    await forget_adders(connection, chats)
    for table, own in KEPT.items():
        if table is deliveries:
            await delete_counted(connection, own(chats))
        else:
            await connection.execute(sa.delete(table).where(own(chats)))


async def _hold_plans(connection: Connection) -> None:
    """Let the chunk that is being planned end, and the next one begin afterwards.

    It may have seen the subscriber. On SQLite one transaction at a time writes anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.text("LOCK TABLE plans IN EXCLUSIVE MODE"))
