"""The clocks, which are passed to all other parts."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

#: What tells the time, with its zone.
Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The time now, with its zone."""
    return datetime.now(UTC)


def boot_time() -> float:
    """Seconds of a monotonic clock; it also counts while the machine sleeps, if the system has one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
