"""Moments in which a process does nothing, as on a busy machine, thrown in on purpose."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

SHORTEST, LONGEST = 0.005, 0.06  # seconds


@asynccontextmanager
async def stalling(every: float, seed: int) -> AsyncIterator[None]:
    """Hold the loop up for 5 to 60 ms again and again, ``every`` seconds apart on the average; 0 is never."""
    if not every:
        yield
        return
    task = asyncio.create_task(_stall(every, random.Random(seed)))  # noqa: S311  # nothing here is secret
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _stall(every: float, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(every * chance.expovariate(1.0))
        time.sleep(chance.uniform(SHORTEST, LONGEST))  # noqa: ASYNC251  # nobody else is to get a turn
