"""Disk and memory."""

from collections.abc import Iterator

from bot.reports.checkup.facts import Facts
from bot.reports.checkup.finding import Finding, error, ok, size, warning

_LITTLE_DISK, _NO_DISK = 1_000_000_000, 100_000_000  # bytes
_LITTLE_MEMORY = 128_000_000


def check_disk(facts: Facts) -> Iterator[Finding]:
    """Whether there is room where the data lies."""
    machine = facts.machine
    if machine.disk is None:
        return
    what = f"{size(machine.disk)} free at {machine.folder}"
    advice = "make room: what was sent cannot be recorded on a full disk"
    if machine.disk < _NO_DISK:
        yield error("disk", what, advice)
    elif machine.disk < _LITTLE_DISK:
        yield warning("disk", what, advice)
    else:
        yield ok("disk", what)


def check_memory(facts: Facts) -> Iterator[Finding]:
    """Whether there is enough of it for a bot."""
    left = facts.machine.memory
    if left is None:
        return
    if left < _LITTLE_MEMORY:
        yield warning(
            "memory",
            f"{size(left)} to be had",
            f"end other programs, or give the machine more: a bot takes up to {size(_LITTLE_MEMORY)}",
        )
    else:
        yield ok("memory", f"{size(left)} to be had")
