"""The times that the parts are told; nothing else reads a clock."""

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


def boot_time() -> float:
    """Seconds of a steady clock that goes on while the machine sleeps, if the system has one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
