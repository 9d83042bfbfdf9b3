"""What people sent: which updates wait to be handled, and which were, for Telegram repeats some."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.grouping import Grouped
from bot.storage.schema import updates
from bot.storage.upsert import insert

MOST_TRIES = 3  # processes that may begin with an update before it is given up: it may be what ends them


class _Row(NamedTuple):
    update_id: int
    at: datetime
    waiting: str | None = None


class Updates:
    """The updates of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = Grouped[_Row, None](self._keep)
        self._noted = Grouped[_Row, None](self._note)
        self._new: set[int] = set()  # stored here and not handled yet: the database need not be asked

    async def keep(self, update_id: int, update: str, now: datetime) -> None:
        """Store an update, as JSON, until it is handled; one that is known already stays as it is."""
        await self._kept.add(_Row(update_id, now, update))

    async def known(self, update_id: int) -> bool:
        """Whether the update was handled."""
        if update_id in self._new:
            return False
        handled = sa.exists().where(updates.c.update_id == update_id, updates.c.waiting.is_(None))
        async with self._database.reading() as connection:
            return bool(await connection.scalar(sa.select(handled)))

    async def note(self, update_id: int, now: datetime) -> None:
        """Record that the update was handled; nothing of what it said is kept."""
        try:
            await self._noted.add(_Row(update_id, now))
        finally:
            self._new.discard(update_id)

    async def waiting(self) -> list[str]:
        """The updates that were stored and not handled, in their order.

        Each is returned three times at most, and then counts as handled.
        """
        self._new.clear()
        is_waiting = updates.c.waiting.is_not(None)
        async with self._database.writing() as connection:
            given_up = sa.update(updates).where(is_waiting, updates.c.tries >= MOST_TRIES)
            await connection.execute(given_up.values(waiting=None))
            await connection.execute(sa.update(updates).where(is_waiting).values(tries=updates.c.tries + 1))
            found = await connection.scalars(
                sa.select(updates.c.waiting).where(is_waiting).order_by(updates.c.update_id)
            )
            return [str(update) for update in found]

    async def forget(self, before: datetime) -> int:
        """Forget updates from before: Telegram keeps them for 24 hours. Returns how many there were."""
        return await self._database.change(sa.delete(updates).where(updates.c.at < before))

    async def _keep(self, rows: Sequence[_Row]) -> None:
        async with self._database.writing() as connection:
            new = insert(connection, updates).on_conflict_do_nothing().returning(updates.c.update_id)
            stored = (await connection.scalars(new, _once(rows))).all()
        self._new.update(stored)

    async def _note(self, rows: Sequence[_Row]) -> None:
        async with self._database.writing() as connection:
            rowed = insert(connection, updates)
            handled = {"at": rowed.excluded.at, "waiting": None}
            await connection.execute(
                rowed.on_conflict_do_update(index_elements=[updates.c.update_id], set_=handled), _once(rows)
            )


def _once(rows: Sequence[_Row]) -> list[dict[str, object]]:
    """No update twice, which one statement may not have."""
    return [row._asdict() for row in {row.update_id: row for row in rows}.values()]
