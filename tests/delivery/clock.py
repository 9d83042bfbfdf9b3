"""A clock that stands still until everybody waits, and then goes to the next alarm."""

import asyncio
import heapq
from collections.abc import Coroutine
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")


async def idle() -> None:
    """Until everybody waits; none of the code that waits on this clock does any I/O."""
    loop: Any = asyncio.get_running_loop()
    while loop._ready:  # noqa: ASYNC110  # what it has yet to call; nobody would say that it is empty
        await asyncio.sleep(0)


class VirtualClock:
    """Seconds from 0. ``sleep`` returns when :meth:`run` has come that far."""

    def __init__(self) -> None:
        self._now = 0.0
        self._alarms: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        alarm = asyncio.get_running_loop().create_future()
        heapq.heappush(self._alarms, (self._now + seconds, next(self._order), alarm))
        await alarm

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Let ``work`` finish, in no time at all."""
        task = asyncio.ensure_future(work)
        while not task.done():
            await idle()
            if self._alarms and not task.done():
                self._ring()
        return task.result()

    def _ring(self) -> None:
        at, _, alarm = heapq.heappop(self._alarms)
        self._now = max(self._now, at)
        if not alarm.done():
            alarm.set_result(None)
