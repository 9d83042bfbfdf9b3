"""All that is kept about a chat, and how it is forgotten.

What stays says nothing of whose it was: ids of updates, and texts by their names. A plan that is being
carried out holds the id of the chat that it has come to, which may be this one, until it ends.
"""

from contextlib import suppress
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreBusy
from bot.storage.database import Database
from bot.storage.missed_issues import declined_name
from bot.storage.schema import deliveries, issues, marks, saved_items, subscribers

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCounts:
    """How many items a chat keeps, and of how many issues it is known what became of them there."""

    saved: int
    issues: int


class Forgetting:
    """Forgets chats of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept(self, chat_id: int) -> KeptCounts:
        """What is kept about a chat besides its subscription."""
        saved = sa.select(sa.func.count()).where(saved_items.c.chat_id == chat_id)
        told = sa.select(sa.func.count(deliveries.c.issue_slug.distinct())).where(*_of_chat(chat_id))
        async with self._database.reading() as connection:
            return KeptCounts(
                saved=await connection.scalar(saved) or 0, issues=await connection.scalar(told) or 0
            )

    async def forget(self, chat_id: int) -> None:
        """Delete every row that names the chat, all in one transaction; harmless to repeat.

        A plan that is being carried out meanwhile plans nothing for it afterwards.
        """
        for _ in range(TRIES - 1):
            with suppress(StoreBusy):  # the sender recorded several rows of the chat at once
                return await self._forget(chat_id)
        return await self._forget(chat_id)

    async def _forget(self, chat_id: int) -> None:
        async with self._database.writing() as connection:
            await _hold_plans(connection)
            await connection.execute(sa.delete(subscribers).where(subscribers.c.chat_id == chat_id))
            await connection.execute(sa.delete(deliveries).where(*_of_chat(chat_id)))
            await connection.execute(sa.delete(saved_items).where(saved_items.c.chat_id == chat_id))
            await connection.execute(sa.delete(marks).where(marks.c.name == declined_name(chat_id)))


def _of_chat(chat_id: int) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """The rows of the ledger that are a chat's, found issue by issue, as their key begins with it."""
    return deliveries.c.chat_id == chat_id, deliveries.c.issue_slug.in_(sa.select(issues.c.slug))


async def _hold_plans(connection: AsyncConnection) -> None:
    """Let the chunk that is being planned end, and the next one begin afterwards.

    It may have seen the subscriber. On SQLite one transaction at a time writes anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.text("LOCK TABLE plans IN EXCLUSIVE MODE"))
