"""A dispatcher that sends as much as it may to a Telegram that counts, both on one virtual clock."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.errors import TryLater
from bot.pacing import Dispatcher
from tests.delivery.clock import VirtualClock
from tests.pacing.counting import Counting, Window
from tests.pacing.server import Server, Ways, jittery
from tests.pacing.stalls import NONE, Standstill

WRITING = 0.001  # seconds between a slot and its message's leaving, in which the loop may be held up

Event = tuple[float, Callable[[], None]]  #: when it happens, and what


def chats_for(rate: float) -> range:
    """Enough that no chat's gap holds up the whole."""
    return range(1, int(1.3 * rate) + 42)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The message to a chat was refused, which was seen ``at``; it is to wait ``after`` seconds."""

    at: float
    chat_id: int
    after: float


class Broadcast:
    """Every chat is sent one message after the other.

    ``loop`` are the stalls of the engine's own loop, ``there`` those of Telegram's end.
    """

    def __init__(
        self,
        *,
        believed: float,
        limit: int,
        lockout: float = 0.0,
        seed: int = 1,
        chats: Iterable[int] | None = None,
        counting: Counting = Window,
        loop: Standstill = NONE,
        there: Standstill = NONE,
        ways: Ways | None = None,
    ) -> None:
        self.clock = VirtualClock()
        self.server = Server(
            self.clock,
            limit=limit,
            ways=ways or jittery(seed),
            lockout=lockout,
            counting=counting,
            stalls=there,
        )
        self.pauses: list[tuple[float, float]] = []  #: (when, for how many seconds)
        self.dispatcher = Dispatcher(
            rate=believed, per_chat=1.0, now=self.clock.now, sleep=self._sleep, on_pause=self._paused
        )
        self.went: list[tuple[float, int]] = []
        self.refusals: list[Refusal] = []
        self._limit, self._stalls = limit, loop
        self._chats = chats or chats_for(believed)

    async def share_used(self, seconds: float) -> float:
        """Of what Telegram would have taken in that time."""
        await self.run(seconds)
        return self.share(0.0, seconds)

    async def run(self, seconds: float, *events: Event) -> None:
        """Send until so many seconds are over, while this and that happens."""
        await self.clock.run(self._everybody(seconds, events))

    def share(self, start: float, end: float, limit: int | None = None) -> float:
        """Of what Telegram would have taken between two times."""
        taken = sum(start <= at < end for at, _ in self.server.taken)
        return taken / ((end - start) * (limit or self._limit))

    async def _everybody(self, seconds: float, events: Iterable[Event]) -> None:
        sending = (self._one(chat_id, seconds) for chat_id in self._chats)
        await asyncio.gather(*sending, *(self._happen(*event) for event in events))

    async def _happen(self, at: float, what: Callable[[], None]) -> None:
        await self.clock.sleep(at)
        what()

    async def _one(self, chat_id: int, seconds: float) -> None:
        while self.clock.now() < seconds:
            try:
                await self.dispatcher.run(chat_id, lambda: self._call(chat_id))
            except TryLater as error:
                self.refusals.append(Refusal(self.clock.now(), chat_id, error.after))

    async def _call(self, chat_id: int) -> float:
        self.went.append((self.clock.now(), chat_id))
        await self._sleep(WRITING)
        try:
            return await self.server.send(chat_id)
        finally:
            await self._sleep(0.0)

    async def _sleep(self, seconds: float) -> None:
        """Sleep at least so long: what the loop has to do waits for the end of a stall."""
        now = self.clock.now()
        until = self._stalls.over(now + seconds)
        if until > now:
            await self.clock.sleep(until - now)

    def _paused(self, seconds: float) -> None:
        self.pauses.append((self.clock.now(), seconds))
