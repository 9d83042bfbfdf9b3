"""Counts for monitoring: few, bounded and cheap."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.schema import issues, subscribers


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberCount:
    """How many subscribers have a state and a language."""

    state: str
    language: str
    chats: int


class Figures:
    """The figures of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def subscribers(self) -> tuple[SubscriberCount, ...]:
        """The subscribers by state and language. Reads the whole table."""
        by = (subscribers.c.state, subscribers.c.language)
        async with self._database.reading() as connection:
            rows = await connection.execute(sa.select(*by, sa.func.count()).group_by(*by))
            return tuple(
                SubscriberCount(state=state, language=language, chats=chats)
                for state, language, chats in rows
            )

    async def issues(self) -> dict[str, int]:
        """The issues by state."""
        state = issues.c.state
        async with self._database.reading() as connection:
            rows = await connection.execute(sa.select(state, sa.func.count()).group_by(state))
            return {str(value): int(count) for value, count in rows}
