"""Telegram as far as its limits go, on a virtual clock."""

import random
from collections import defaultdict, deque
from collections.abc import Callable

from bot.errors import TryLater
from tests.delivery.clock import VirtualClock

SECOND = 1.0

Ways = Callable[[], tuple[float, float]]  #: seconds that the next request takes to get there, and back


def jittery(seed: int, *, latency: float = 0.05, jitter: float = 0.4) -> Ways:
    """Round trips of ``latency`` seconds, more or less; the way back is 40 to 60 % of each."""
    chance = random.Random(seed)  # noqa: S311  # nothing here is secret

    def ways() -> tuple[float, float]:
        trip = latency * chance.uniform(1 - jitter, 1 + jitter)
        back = chance.uniform(0.4, 0.6) * trip
        return trip - back, back

    return ways


class Window:
    """At most ``most`` in any ``span`` seconds."""

    def __init__(self, most: int, span: float) -> None:
        self._span = span
        self._last: deque[float] = deque(maxlen=most)

    def free_at(self) -> float:
        full = len(self._last) == self._last.maxlen
        return self._last[0] + self._span if full else float("-inf")

    def take(self, now: float) -> None:
        self._last.append(now)


class Server:
    """Takes ``limit`` messages in any second, and one a second of a chat, or answers 429.

    ``lockout``: after a 429 of the bot's own it takes nothing for so many seconds.
    """

    def __init__(self, clock: VirtualClock, *, limit: int, ways: Ways, lockout: float = 0.0) -> None:
        self._clock, self._ways, self._lockout = clock, ways, lockout
        self._bot = Window(limit, SECOND)
        self._chats: dict[int, Window] = defaultdict(lambda: Window(1, SECOND))
        self._locked_until = 0.0
        self._to_refuse: set[int] = set()
        self.taken: list[tuple[float, int]] = []
        self.refused: list[tuple[float, int]] = []

    def refuse_next(self, chat_id: int) -> None:
        """Answer the next message of this chat with 429, for a reason of the chat's own."""
        self._to_refuse.add(chat_id)

    async def send(self, chat_id: int) -> float:
        """When it arrived, or TryLater as for a 429."""
        there, back = self._ways()
        await self._clock.sleep(there)
        now = self._clock.now()
        wait = self._wait(chat_id, now)
        if wait:
            self.refused.append((now, chat_id))
        else:
            self.taken.append((now, chat_id))
            self._bot.take(now)
            self._chats[chat_id].take(now)
        await self._clock.sleep(back)
        if wait:
            raise TryLater("Too Many Requests", after=wait)
        return now

    def _wait(self, chat_id: int, now: float) -> float:
        """Seconds to wait, 0 if it is taken."""
        if chat_id in self._to_refuse:
            self._to_refuse.remove(chat_id)
            return 1.0
        if now < self._locked_until:
            return self._locked_until - now
        if now < self._bot.free_at():
            self._locked_until = now + self._lockout
            return max(1.0, self._lockout)
        return 1.0 if now < self._chats[chat_id].free_at() else 0.0
