"""Moments to remember, each by its name."""

from datetime import datetime

import sqlalchemy as sa

from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.schema import marks
from bot.storage.upsert import insert


class Timestamps:
    """The timestamps of one database. Every method raises StoreError when the database does.

    Their table is called ``marks``, as in the first version.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> datetime | None:
        """The moment; None if there is none of that name."""
        async with self._database.reading() as connection:
            return await moment(connection, name)

    async def set(self, name: str, at: datetime) -> None:
        """Store the moment, in place of the one before."""
        async with self._database.writing() as connection:
            await _put(connection, name, at)


async def moment(connection: Connection, name: str) -> datetime | None:
    """The moment as a transaction sees it; None if there is none of that name."""
    at: datetime | None = await connection.scalar(sa.select(marks.c.at).where(marks.c.name == name))
    return at


async def put_later(connection: Connection, name: str, at: datetime) -> None:
    """Store the moment unless a later one is stored, in the caller's transaction."""
    await _put(connection, name, at, over=marks.c.at < at)


async def _put(
    connection: Connection, name: str, at: datetime, over: sa.ColumnElement[bool] | None = None
) -> None:
    """Store the moment in place of the one before, if there is one only ``over`` such."""
    mark = insert(connection, marks).values(name=name, at=at)
    await connection.execute(
        mark.on_conflict_do_update(index_elements=[marks.c.name], set_={"at": mark.excluded.at}, where=over)
    )
