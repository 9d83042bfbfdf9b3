"""That the machine's clock was put, or stood while the machine slept, and who has to know.

Moments that are kept in memory are compared with the time as it is now: put an hour on, everything was
silent for an hour; put back, nothing is late for an hour, and what is next comes an hour late.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Never

import structlog

from bot.errors import StoreError
from bot.model import ClockJump
from bot.model.steady_time import TOLERATED

log = structlog.get_logger()

_REST = 1.0  # seconds between two looks


class ClockJumps:
    """Compares the clock, ``now``, with one that nobody puts, of so many ``seconds``."""

    def __init__(self, now: Callable[[], datetime], seconds: Callable[[], float]) -> None:
        self._now = now
        self._seconds = seconds
        self._at = now(), seconds()

    @property
    def time(self) -> datetime:
        """What the clock said at the last call of :meth:`found`."""
        return self._at[0]

    def found(self) -> ClockJump | None:
        """How the clock was put since the last call; None if it was not."""
        (before, began), self._at = self._at, (self._now(), self._seconds())
        jump = ClockJump(before=before, after=self._at[0], seconds=self._at[1] - began)
        return jump if abs(jump.by) > TOLERATED else None


class FollowedClock:
    """The clock ``now``. Before it tells anybody a time after it was put, it tells by how much it was.

    So nothing is noted by the new time and moved along all the same, nor compared with what was not.
    """

    def __init__(self, now: Callable[[], datetime], seconds: Callable[[], float]) -> None:
        self._jumps = ClockJumps(now, seconds)
        self._listeners: list[Callable[[timedelta], None]] = []

    def subscribe(self, moved: Callable[[timedelta], None]) -> None:
        """Tell ``moved`` from now on by how much the clock was put."""
        self._listeners.append(moved)

    def now(self) -> datetime:
        """The time."""
        if jump := self._jumps.found():
            log.warning("clock_jumped", seconds=round(jump.by.total_seconds()))
            for moved in self._listeners:
                moved(jump.by)
        return self._jumps.time

    async def follow(self, sleep: Callable[[float], Awaitable[None]]) -> Never:
        """Find out that it was put though nobody asks for the time; ends never."""
        while True:
            await sleep(_REST)
            self.now()


async def keep_jumps(look: Callable[[], Awaitable[None]], sleep: Callable[[float], Awaitable[None]]) -> Never:
    """Let the database know how the clock was put, by which moments are stored; ends never."""
    while True:
        await sleep(_REST)
        try:
            await look()
        except StoreError as error:
            log.debug("clock_jump_not_stored", reason=str(error))
