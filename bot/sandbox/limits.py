"""Telegram's limits: how long, how many, how often."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Self

from bot.sandbox.errors import too_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits that the stand-in keeps; each can be replaced, a rate of None is no limit.

    Rates are messages per second, but ``group_rate``, which is messages per minute to a group or channel.
    ``chat_rate`` is that of private chats; ``chat_burst`` messages in a row pass at once there.
    """

    chat_rate: float | None = 1.0
    chat_burst: int = 3
    group_rate: int | None = 20
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
    rich: bool = True  #: whether the server knows rich messages; one older than June 2026 does not

    @classmethod
    def unhurried(cls) -> Self:
        """Everything but the rates."""
        return cls(chat_rate=None, group_rate=None, bot_rate=None, paid_rate=None)


class Pace:
    """Counts what was sent and refuses what comes too soon. Times are seconds of one clock.

    A refused request does not count. Nothing in an answer tells a chat's limit from the bot's.

    Telegram says what a paid broadcast may do, not how it counts beside other messages. This is our
    reading of its documentation: unpaid messages are held to ``bot_rate`` among themselves, however many
    paid ones there are, and all messages together to ``paid_rate`` while paid ones are among them. A
    chat's own rate holds for both.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._chat_free_at: dict[int, float] = {}
        self._groups: defaultdict[int, _Window] = defaultdict(lambda: _Window(60))
        self._all, self._unpaid = _Window(1), _Window(1)

    def take(self, chat_id: int, now: float, *, paid: bool = False) -> None:
        """Let one message pass, or raise the 429 that says how long to wait."""
        wait = max(self._chat_wait(chat_id, now), self._bot_wait(now, paid=paid))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._all.add(now)
        if not paid:
            self._unpaid.add(now)
        if chat_id < 0:
            self._groups[chat_id].add(now)
        elif self._limits.chat_rate:
            free_at = max(self._chat_free_at.get(chat_id, now), now)
            self._chat_free_at[chat_id] = free_at + 1 / self._limits.chat_rate

    def _chat_wait(self, chat_id: int, now: float) -> float:
        if chat_id < 0:
            return self._groups[chat_id].wait(now, self._limits.group_rate)
        if self._limits.chat_rate is None:
            return 0
        allowance = (self._limits.chat_burst - 1) / self._limits.chat_rate
        return self._chat_free_at.get(chat_id, now) - allowance - now

    def _bot_wait(self, now: float, *, paid: bool) -> float:
        among_all = self._all.wait(now, self._limits.paid_rate)
        among_unpaid = self._unpaid.wait(now, self._limits.bot_rate)
        if paid:
            return among_all
        return max(among_unpaid, among_all) if len(self._all) > len(self._unpaid) else among_unpaid


class _Window:
    """The messages of the last ``span`` seconds."""

    def __init__(self, span: float) -> None:
        self._span = span
        self._times: deque[float] = deque()

    def __len__(self) -> int:
        return len(self._times)

    def add(self, now: float) -> None:
        self._times.append(now)

    def wait(self, now: float, most: int | None) -> float:
        """How long until one more makes no more than ``most``."""
        while self._times and self._times[0] <= now - self._span:
            self._times.popleft()
        if most is None or len(self._times) < most:
            return 0
        return self._times[-most] + self._span - now
