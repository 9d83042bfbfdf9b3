"""Texts by a short name, for a button that has no room for them: cuts, and what somebody looks for.

Their table is called ``cuts``, as when it held nothing else.
"""

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.schema import cuts
from bot.storage.upsert import insert
from bot.words.short_names import short_name


class NamedTexts:
    """The texts of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, text: str) -> str:
        """Know the text by its name from now on; returns the name."""
        name = short_name(text)
        if await self.get(name) is not None:  # most are known: nobody need wait to write
            return name
        async with self._database.writing() as connection:
            row = insert(connection, cuts).values(name=name, cut=text)
            await connection.execute(row.on_conflict_do_nothing())
        return name

    async def get(self, name: str) -> str | None:
        """The text of this name; None if it is not known."""
        async with self._database.reading() as connection:
            text: str | None = await connection.scalar(sa.select(cuts.c.cut).where(cuts.c.name == name))
        return text
