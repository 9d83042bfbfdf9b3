"""Telegram as far as its limits go, on a virtual clock."""

import random
from collections import defaultdict
from collections.abc import Callable
from math import ceil

from bot.errors import TryLater
from tests.delivery.clock import VirtualClock
from tests.pacing.counting import Counting, Window
from tests.pacing.stalls import NONE, Standstill

Ways = Callable[[], tuple[float, float]]  #: seconds that the next request takes to get there, and back


def jittery(seed: int, *, latency: float = 0.05, jitter: float = 0.4) -> Ways:
    """Round trips of ``latency`` seconds, more or less; the way back is 40 to 60 % of each."""
    chance = random.Random(seed)  # noqa: S311  # nothing here is secret

    def ways() -> tuple[float, float]:
        trip = latency * chance.uniform(1 - jitter, 1 + jitter)
        back = chance.uniform(0.4, 0.6) * trip
        return trip - back, back

    return ways


class _Chat:
    """One a second; of a group twenty a minute too."""

    def __init__(self, *, group: bool) -> None:
        self._windows = [Window(1), Window(20, 60.0)] if group else [Window(1)]

    def free_at(self, now: float) -> float:
        return max(window.free_at(now) for window in self._windows)

    def take(self, now: float) -> None:
        for window in self._windows:
            window.take(now)


class Server:
    """Takes ``limit`` messages a second as it is ``counting``, and what a chat may be sent, or answers 429.

    ``lockout``: after a 429 of the bot's own it takes nothing for so many seconds.
    """

    def __init__(
        self,
        clock: VirtualClock,
        *,
        limit: int,
        ways: Ways,
        lockout: float = 0.0,
        counting: Counting = Window,
        stalls: Standstill = NONE,
    ) -> None:
        self._clock, self._ways, self._lockout = clock, ways, lockout
        self._counting, self._stalls = counting, stalls
        self._bot = counting(limit)
        self._chats: dict[int, _Chat] = {}
        self._locked_until = 0.0
        self._to_refuse: dict[int | None, int] = defaultdict(int)
        self.taken: list[tuple[float, int]] = []
        self.refused: list[tuple[float, int]] = []

    def allow(self, limit: int) -> None:
        """Take so many a second from now on."""
        self._bot = self._counting(limit)

    def refuse_next(self, chat_id: int | None = None, times: int = 1) -> None:
        """Answer the next messages of this chat, or whosesoever, with 429 for a reason of their own."""
        self._to_refuse[chat_id] += times

    async def send(self, chat_id: int) -> float:
        """When it arrived, or TryLater as for a 429."""
        there, back = self._ways()
        await self._work(there)
        now = self._clock.now()
        wait = self._wait(chat_id, now)
        if wait:
            self.refused.append((now, chat_id))
        else:
            self.taken.append((now, chat_id))
            self._bot.take(now)
            self._chat(chat_id).take(now)
        await self._work(back)
        if wait:
            raise TryLater("Too Many Requests", after=ceil(wait))
        return now

    async def _work(self, seconds: float) -> None:
        now = self._clock.now()
        await self._clock.sleep(self._stalls.over(now + seconds) - now)

    def _chat(self, chat_id: int) -> _Chat:
        return self._chats.setdefault(chat_id, _Chat(group=chat_id < 0))

    def _wait(self, chat_id: int, now: float) -> float:
        """Seconds to wait, 0 if it is taken."""
        for whose in (chat_id, None):
            if self._to_refuse[whose]:
                self._to_refuse[whose] -= 1
                return 1.0
        if now < self._locked_until:
            return self._locked_until - now
        if wait := max(0.0, self._bot.free_at(now) - now):
            self._locked_until = now + self._lockout
            return max(wait, self._lockout)
        return max(0.0, self._chat(chat_id).free_at(now) - now)
