"""Counts for monitoring: few, bounded and cheap."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.schema import deliveries, issues, subscribers


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberCount:
    """Subscribers of a state and language: all, who joined lately, and who changed lately."""

    state: str
    language: str
    chats: int
    joined: int
    changed: int


class Figures:
    """The figures of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def subscribers(self, since: datetime) -> tuple[SubscriberCount, ...]:
        """The subscribers by state and language; joined and changed ``since`` then. Reads the whole table."""
        by = (subscribers.c.state, subscribers.c.language)
        query = sa.select(
            *by,
            sa.func.count(),
            _how_many(subscribers.c.joined_at > since),
            _how_many(subscribers.c.updated_at > since),
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query.group_by(*by))
            return tuple(
                SubscriberCount(state=state, language=language, chats=chats, joined=joined, changed=changed)
                for state, language, chats, joined, changed in rows
            )

    async def deliveries(self) -> dict[str, int]:
        """The deliveries by state. Reads the whole table."""
        return await self._counted(deliveries.c.state)

    async def issues(self) -> dict[str, int]:
        """The issues by state."""
        return await self._counted(issues.c.state)

    async def _counted(self, state: sa.Column[str]) -> dict[str, int]:
        async with self._database.reading() as connection:
            rows = await connection.execute(sa.select(state, sa.func.count()).group_by(state))
            return {str(value): int(count) for value, count in rows}


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
