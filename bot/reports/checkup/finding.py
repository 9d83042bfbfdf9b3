"""One line of a checkup."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is, from the best to the worst."""

    OK = "ok"
    WARNING = "warning"  #: the bot works, and somebody should look
    ERROR = "error"  #: the bot cannot work, or not as it is meant to


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and what to do, if anything."""

    level: Level
    name: str
    what: str
    advice: str = ""


def ok(name: str, what: str, advice: str = "") -> Finding:
    """All is well; ``advice`` says what could be otherwise."""
    return Finding(level=Level.OK, name=name, what=what, advice=advice)


def warning(name: str, what: str, advice: str = "") -> Finding:
    """The bot works, and somebody should look."""
    return Finding(level=Level.WARNING, name=name, what=what, advice=advice)


def error(name: str, what: str, advice: str = "") -> Finding:
    """The bot cannot work so."""
    return Finding(level=Level.ERROR, name=name, what=what, advice=advice)


def worst(findings: Iterable[Finding]) -> Level:
    """The worst level of them all; OK if there are none."""
    order = list(Level)
    return max((one.level for one in findings), key=order.index, default=Level.OK)


def size(count: int) -> str:
    """A number of bytes, as in "1.2 GB" or "640 kB"."""
    for unit, name in ((10**9, "GB"), (10**6, "MB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}" if count < 10 * unit else f"{count / unit:.0f} {name}"
    return f"{count / 1000:.0f} kB"
