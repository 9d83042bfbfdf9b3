"""When the stand-in refuses a message."""

from collections import deque
from dataclasses import dataclass

_OF_A_GROUP = 20  # messages
_MINUTE = 60.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """``bot_rate`` messages in any second of the bot, ``chat_rate`` a second in a chat; None is no limit.

    ``chat_burst`` messages of a chat pass in a row, and of a group, whose id is negative, twenty in any
    minute. ``lockout`` is for how many seconds everything
    is refused after a message too many; 0 refuses that message alone.
    """

    bot_rate: int | None = 30
    chat_rate: float | None = 1.0
    chat_burst: int = 1
    lockout: float = 0.0


class Judge:
    """Judges messages in the order in which they arrive. Times are seconds of one clock."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._times: deque[float] = deque(maxlen=limits.bot_rate)
        self._chat_free_at: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._locked_until = 0.0

    def wait(self, chat: int, now: float) -> float:
        """0 for a message that passes, and it counts; else the seconds that it came too early."""
        if now < self._locked_until:
            return self._locked_until - now
        wait = max(self._of_bot(now), self._of_chat(chat, now))
        if wait > 0:
            return self._refuse(wait, now)
        self._count(chat, now)
        return 0.0

    def _of_bot(self, now: float) -> float:
        times = self._times
        if not times or len(times) != self._limits.bot_rate:
            return 0.0
        return times[0] + 1 - now

    def _of_chat(self, chat: int, now: float) -> float:
        rate = self._limits.chat_rate
        if rate is None:
            return 0.0
        soonest = self._chat_free_at.get(chat, now) - (self._limits.chat_burst - 1) / rate - now
        times = self._groups.get(chat)
        if times is None or len(times) < _OF_A_GROUP:
            return soonest
        return max(soonest, times[0] + _MINUTE - now)

    def _refuse(self, wait: float, now: float) -> float:
        if not self._limits.lockout:
            return wait
        self._locked_until = now + self._limits.lockout
        return self._limits.lockout

    def _count(self, chat: int, now: float) -> None:
        if self._limits.bot_rate is not None:
            self._times.append(now)
        if self._limits.chat_rate is not None:
            free_at = max(self._chat_free_at.get(chat, now), now)
            self._chat_free_at[chat] = free_at + 1 / self._limits.chat_rate
            if chat < 0:
                self._groups.setdefault(chat, deque(maxlen=_OF_A_GROUP)).append(now)
