"""The cuts of issues that were asked for, by a short name: a button has no room for the whole."""

import sqlalchemy as sa

from bot.model import Cut
from bot.storage.database import Database
from bot.storage.schema import cuts
from bot.storage.upsert import insert


class Cuts:
    """The cuts of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, cut: Cut) -> None:
        """Know the cut by its name from now on."""
        async with self._database.writing() as connection:
            row = insert(connection, cuts).values(name=cut.name, cut=cut.signature)
            await connection.execute(row.on_conflict_do_nothing())

    async def get(self, name: str) -> Cut | None:
        """The cut of this name; None if it is not known."""
        async with self._database.reading() as connection:
            signature = await connection.scalar(sa.select(cuts.c.cut).where(cuts.c.name == name))
        return Cut.parse(signature) if signature else None
