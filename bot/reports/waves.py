"""How many wait for their readers' hours, and how long it takes until the last has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """So many chats whose hour is the same moment."""

    at: datetime
    chats: int


def seconds_with_waves(
    messages: float, chats: int, waves: Iterable[Wave], rate: float, now: datetime
) -> float:
    """How long it takes to send so many messages to so many chats, of which some wait for their hour.

    ``waves`` are in order, and lie ahead.
    """
    waves = tuple(waves)
    each = messages / chats if chats else 0.0
    seconds = max(0, chats - sum(wave.chats for wave in waves)) * each / rate
    for wave in waves:
        seconds = max(seconds, (wave.at - now).total_seconds()) + wave.chats * each / rate
    return seconds


def waves_of(moments: Iterable[tuple[datetime, int]]) -> tuple[Wave, ...]:
    """The moments in order, each with its chats."""
    chats: dict[datetime, int] = {}
    for at, number in moments:
        chats[at] = chats.get(at, 0) + number
    return tuple(Wave(at=at, chats=number) for at, number in sorted(chats.items()))
