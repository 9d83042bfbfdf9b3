"""How the clock by which moments were stored was put, so that what lies between two of them is known."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from bot.model.steady_time import ClockJump, SteadyTime
from bot.storage.database import Database
from bot.storage.schema import clock_jumps

MOST = 200  #: jumps that are kept, the newest


class KeptJumps:
    """The jumps of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        #: How the clock was put since it was asked last; set by the process that stores moments.
        self.found: Callable[[], ClockJump | None] = lambda: None
        self._unwritten: list[ClockJump] = []
        self._writing = asyncio.Lock()

    async def look(self) -> None:
        """Store how the clock was put since the last look, if it was."""
        if jump := self.found():
            self._unwritten.append(jump)
        async with self._writing:
            while self._unwritten:
                await self._store(self._unwritten[0])
                self._unwritten.pop(0)

    async def forget_later(self, now: datetime) -> None:
        """Forget all of them if ``now`` is before the newest: the clock was put back while nobody looked.

        By how much is not known, so they tell nothing of any moment from now on.
        """
        newest = sa.select(clock_jumps.c.after).order_by(clock_jumps.c.number.desc()).limit(1)
        async with self._database.writing() as connection:
            after = await connection.scalar(newest)
            if after is not None and after > now:
                await connection.execute(sa.delete(clock_jumps))

    async def steady_time(self, now: datetime) -> SteadyTime:
        """What tells how long something took, up to ``now``."""
        await self.look()
        columns = (clock_jumps.c.before, clock_jumps.c.after, clock_jumps.c.seconds)
        query = sa.select(*columns).order_by(clock_jumps.c.number)
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return SteadyTime(
                tuple(ClockJump(before=row.before, after=row.after, seconds=row.seconds) for row in rows),
                now,
            )

    async def _store(self, jump: ClockJump) -> None:
        values = {"before": jump.before, "after": jump.after, "seconds": jump.seconds}
        newest = sa.select(sa.func.max(clock_jumps.c.number)).scalar_subquery()
        async with self._database.writing() as connection:
            await connection.execute(sa.insert(clock_jumps).values(values))
            await connection.execute(sa.delete(clock_jumps).where(clock_jumps.c.number <= newest - MOST))
