"""Waiting for tasks, and ending them."""

import asyncio
from typing import Any


async def first_done(stopping: asyncio.Event, *works: asyncio.Task[Any]) -> bool:
    """Wait for one of ``works`` to end, and raise what it raises; False if ``stopping`` came first."""
    stop = asyncio.create_task(stopping.wait())
    try:
        await first_of(stop, *works)
    finally:
        stop.cancel()
    return any(work.done() for work in works)


async def first_of(*works: asyncio.Task[Any]) -> None:
    """Wait for one of them to end, and raise what it raises."""
    done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    for work in done:
        work.result()


async def cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has ended, however it ends."""
    task.cancel()
    await asyncio.wait({task})
