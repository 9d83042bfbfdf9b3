"""That the machine's clock was put, or stood while the machine slept, and who has to know.

Moments that are kept in memory are compared with the time as it is now: put an hour on, everything was
silent for an hour; put back, nothing is late for an hour, and what is next comes an hour late.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Never

import structlog

log = structlog.get_logger()

TOLERATED = timedelta(seconds=2)  # a clock that is set right by and by
_REST = 1.0  # seconds between two looks


class ClockJumps:
    """Compares the clock, ``now``, with one that nobody puts, of so many ``seconds``."""

    def __init__(self, now: Callable[[], datetime], seconds: Callable[[], float]) -> None:
        self._now = now
        self._seconds = seconds
        self._at = now(), seconds()

    def found(self) -> timedelta | None:
        """By how much the clock was put since the last call; None if it was not."""
        (before, began), self._at = self._at, (self._now(), self._seconds())
        by = self._at[0] - before - timedelta(seconds=self._at[1] - began)
        return by if abs(by) > TOLERATED else None


async def follow_clock(
    jumps: ClockJumps, sleep: Callable[[float], Awaitable[None]], moved: Callable[[timedelta], None]
) -> Never:
    """Say in the log that the clock was put, and tell ``moved`` by how much; ends never."""
    while True:
        await sleep(_REST)
        if by := jumps.found():
            log.warning("clock_jumped", seconds=round(by.total_seconds()))
            moved(by)
