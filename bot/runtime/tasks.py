"""Waiting for tasks, and ending them; doing something, or looking, not too often."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Generic, TypeVar

T = TypeVar("T")


async def first_done(stopping: asyncio.Event, *works: asyncio.Task[Any]) -> bool:
    """Wait for one of ``works`` to end, and raise what it raises; False if ``stopping`` was set first."""
    stop = asyncio.create_task(stopping.wait())
    try:
        await first_of(stop, *works)
    finally:
        stop.cancel()
    return any(work.done() for work in works)


async def completed(stopping: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do ``work`` and raise what it raises; False, and it was cancelled, if ``stopping`` came first."""
    task = asyncio.create_task(work)
    done = await first_done(stopping, task)
    if not done:
        await cancelled(task)
    return done


async def first_of(*works: asyncio.Task[Any]) -> None:
    """Wait for one of them to end, and raise what it raises; of several that end at once, one's."""
    done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    errors = [work.exception() for work in done]
    for error in filter(None, errors):
        raise error


async def cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has ended, however it ends."""
    task.cancel()
    await asyncio.wait({task})


async def rest(seconds: float, wake_up: asyncio.Event) -> None:
    """Wait so long, or until somebody is woken up, which ends with that.

    Others always get their turn, and a cancellation is never lost: ``asyncio.wait_for`` of Python 3.11
    swallows one that comes in the same moment as the waking up.
    """
    await asyncio.sleep(0)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake_up.wait()
    wake_up.clear()


class Gently:
    """Does ``act`` when called, but at most once in ``every`` seconds: what comes earlier is done then."""

    def __init__(self, act: Callable[[], None], *, every: float) -> None:
        self._act = act
        self._every = every
        self._not_before = float("-inf")
        self._is_due = False

    def __call__(self) -> None:
        """Do it now or soon."""
        if self._is_due:
            return
        self._is_due = True
        loop = asyncio.get_running_loop()
        wait = self._not_before - loop.time()
        if wait > 0:
            loop.call_later(wait, self._do)
        else:
            self._do()

    def _do(self) -> None:
        self._is_due = False
        self._not_before = asyncio.get_running_loop().time() + self._every
        self._act()


class Seldom(Generic[T]):
    """Looks, but spends at most a hundredth of the time on it; in between it returns what it found.

    ``seconds`` is a steady clock.
    """

    def __init__(self, look: Callable[[], Awaitable[T]], seconds: Callable[[], float]) -> None:
        self._look = look
        self._seconds = seconds
        self._found: tuple[T, float] | None = None

    async def __call__(self) -> T:
        """What there is, or was a moment ago; raises what looking raises."""
        begun = self._seconds()
        if self._found is None or begun >= self._found[1]:
            self._found = await self._look(), begun + 100 * (self._seconds() - begun)
        return self._found[0]
