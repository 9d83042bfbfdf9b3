"""What happened, for whoever watches: the page and waiting tests."""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice

from bot.sandbox.state import Json

KEPT = 2000


class Feed:
    """The latest events, numbered from ``start`` + 1, and a way to wait for the next.

    A field that is a function is called when somebody reads the event, which is never if nobody watches.

    Keeps ``KEPT`` events; a reader who fell further behind must start from the state. So must one who
    knows numbers of an earlier run, if ``start`` is higher in every run.
    """

    def __init__(self, *, start: int) -> None:
        self._events: deque[tuple[int, str, dict[str, object]]] = deque(maxlen=KEPT)
        self._next = asyncio.Event()
        self.last = start
        self.closed = False

    def publish(self, kind: str, **fields: object) -> None:
        """Add an event and wake everybody who waits."""
        self.last += 1
        self._events.append((self.last, kind, fields))
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
        latest = tuple(islice(reversed(self._events), behind))
        return [_read(*event) for event in reversed(latest)]

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


def _read(seq: int, kind: str, fields: dict[str, object]) -> Json:
    made = {name: value() if callable(value) else value for name, value in fields.items()}
    return {"seq": seq, "type": kind, **made}
