"""What happened, for whoever watches: the page and waiting tests."""

import asyncio
from collections import deque
from collections.abc import Callable

from bot.sandbox.state import Json

KEPT = 2000


class Feed:
    """The latest events, numbered from ``start`` + 1, and a way to wait for the next.

    Keeps ``KEPT`` events; a reader who fell further behind must start from the state. So must one who
    knows numbers of an earlier run, if ``start`` is higher in every run.
    """

    def __init__(self, *, start: int) -> None:
        self._events: deque[Json] = deque(maxlen=KEPT)
        self._next = asyncio.Event()
        self.last = start
        self.closed = False

    def publish(self, kind: str, **fields: object) -> None:
        """Add an event and wake everybody who waits."""
        self.last += 1
        self._events.append({"seq": self.last, "type": kind, **fields})
        self._wake()

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closed = True
        self._wake()

    def after(self, seq: int) -> list[Json] | None:
        """The events later than ``seq``; None if some of them are no longer kept."""
        behind = self.last - seq
        if behind < 0 or behind > len(self._events):
            return None
        return list(self._events)[len(self._events) - behind :]

    async def wait(self) -> None:
        """Return at the next event."""
        await self._next.wait()

    async def until(self, reached: Callable[[], bool]) -> None:
        """Return as soon as ``reached()`` holds, looked at after each event."""
        while not reached():
            await self.wait()

    def _wake(self) -> None:
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()
