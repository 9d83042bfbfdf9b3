"""Telegram's limits: how long, how many, how often."""

import math
from collections import deque
from dataclasses import dataclass
from typing import Self

from bot.sandbox.errors import too_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits that the stand-in keeps; each can be replaced, a rate of None is no limit.

    Rates are messages per second; ``chat_burst`` messages in a row pass at once.
    """

    chat_rate: float | None = 1.0
    chat_burst: int = 3
    bot_rate: int | None = 30
    paid_rate: int | None = 1000
    text: int = 4096
    caption: int = 1024
    raw_bytes: int = 32_768
    entities: int = 100
    entity_bytes: int = 9500
    callback_data: int = 64
    buttons: int = 100
    buttons_in_row: int = 8
    markup_bytes: int = 10_240
    commands: int = 100
    answer: int = 200
    inline_results: int = 50

    @classmethod
    def unhurried(cls) -> Self:
        """Everything but the rates."""
        return cls(chat_rate=None, bot_rate=None, paid_rate=None)


class Pace:
    """Counts what was sent and refuses what comes too soon. Times are seconds of one clock.

    A refused request does not count. Nothing in an answer tells a chat's limit from the bot's.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._chat_free_at: dict[int, float] = {}
        self._sent: deque[float] = deque()

    def take(self, chat_id: int, now: float, *, paid: bool = False) -> None:
        """Let one message pass, or raise the 429 that says how long to wait."""
        wait = max(self._chat_wait(chat_id, now), self._bot_wait(now, paid=paid))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._sent.append(now)
        if self._limits.chat_rate:
            free_at = max(self._chat_free_at.get(chat_id, now), now)
            self._chat_free_at[chat_id] = free_at + 1 / self._limits.chat_rate

    def _chat_wait(self, chat_id: int, now: float) -> float:
        if self._limits.chat_rate is None:
            return 0
        allowance = (self._limits.chat_burst - 1) / self._limits.chat_rate
        return self._chat_free_at.get(chat_id, now) - allowance - now

    def _bot_wait(self, now: float, *, paid: bool) -> float:
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        rate = self._limits.paid_rate if paid else self._limits.bot_rate
        if rate is None or len(self._sent) < rate:
            return 0
        return self._sent[-rate] + 1 - now
