"""Which updates were handled: Telegram repeats updates that were not confirmed."""

from datetime import datetime

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.schema import updates
from bot.storage.upsert import insert


class Updates:
    """The updates of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, update_id: int) -> bool:
        """Whether the update was handled."""
        async with self._database.reading() as connection:
            found = await connection.scalar(sa.select(sa.exists().where(updates.c.update_id == update_id)))
        return bool(found)

    async def note(self, update_id: int, now: datetime) -> None:
        """Record that the update was handled."""
        async with self._database.writing() as connection:
            row = insert(connection, updates).values(update_id=update_id, at=now)
            await connection.execute(row.on_conflict_do_nothing())

    async def forget(self, before: datetime) -> int:
        """Forget updates handled before: Telegram keeps them for 24 hours. Returns how many there were."""
        return await self._database.change(sa.delete(updates).where(updates.c.at < before))
