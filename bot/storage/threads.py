"""Who set up the threads that subscribed, and why one of them is parked.

Only threads, and chats whose own topic is closed, have a row: those of readers have none.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.model import Destination, SubscriberState
from bot.storage.database import Database
from bot.storage.schema import subscribers, threads
from bot.storage.subscribers import is_at, set_state_of
from bot.storage.thread_rows import KEY, is_thread, note_parked
from bot.storage.upsert import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedThread:
    """A thread that is closed or deleted.

    ``set_up_by`` is the person who subscribed it, and ``name`` what it is called, as far as that is known.
    """

    destination: Destination
    set_up_by: int | None
    reason: str
    name: str = ""


class Threads:
    """The threads of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set_up(self, to: Destination, person: int, name: str = "") -> None:
        """Note who subscribed a thread, in place of whoever did before, and what it was called at first."""
        async with self._database.writing() as connection:
            row = insert(connection, threads).values(
                chat_id=to.chat,
                thread=to.thread,
                set_up_by=person,
                parked=None,
                told=False,
                name=name or None,
            )
            called = sa.func.coalesce(threads.c.name, row.excluded.name)
            fields = {"set_up_by": row.excluded.set_up_by, "name": called}
            await connection.execute(row.on_conflict_do_update(index_elements=KEY, set_=fields))

    async def rename(self, to: Destination, name: str) -> None:
        """Note what a thread that subscribed is called from now on."""
        await self._database.change(sa.update(threads).where(is_thread(to)).values(name=name))

    async def park(self, to: Destination, reason: str, now: datetime) -> bool:
        """Send nothing to a thread until it is open again; False if nothing was sent there anyway."""
        async with self._database.writing() as connection:
            if not await set_state_of(connection, to, SubscriberState.PARKED, now):
                return False
            await note_parked(connection, to, reason)
            return True

    async def reopen(self, to: Destination, now: datetime) -> bool:
        """Send to a parked thread again; False if it was not parked."""
        state = sa.select(subscribers.c.state).where(is_at(to)).with_for_update()
        async with self._database.writing() as connection:
            if await connection.scalar(state) != SubscriberState.PARKED:
                return False
            return await set_state_of(connection, to, SubscriberState.ACTIVE, now)

    async def reason(self, to: Destination) -> str | None:
        """Why a thread is parked; None if it is not, or nobody knows."""
        query = sa.select(threads.c.parked).where(is_thread(to))
        async with self._database.reading() as connection:
            found: str | None = await connection.scalar(query)
        return found

    async def untold(self) -> tuple[ParkedThread, ...]:
        """The parked threads of which nobody was told."""
        columns = (*KEY, threads.c.set_up_by, threads.c.parked, threads.c.name)
        query = sa.select(*columns).where(threads.c.parked.is_not(None), ~threads.c.told)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(*KEY))).all()
        return tuple(
            ParkedThread(
                destination=Destination(chat, thread), set_up_by=founder, reason=reason, name=name or ""
            )
            for chat, thread, founder, reason, name in rows
        )

    async def mark_told(self, to: Destination) -> bool:
        """Note that somebody is told of it; False if that was noted before."""
        mark = sa.update(threads).where(is_thread(to), ~threads.c.told).values(told=True)
        return await self._database.change(mark) == 1

    async def mark_untold(self, to: Destination) -> None:
        """Note that the message did not leave: somebody is to be told again."""
        await self._database.change(sa.update(threads).where(is_thread(to)).values(told=False))
