"""A dispatcher on a virtual clock, and a note of what went when."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

from bot.errors import SendError
from bot.pacing import Dispatcher, Priority
from tests.delivery.clock import VirtualClock

Ways = Callable[[], tuple[float, float]]
Notes = list[tuple[float, int]]


class Road:
    """Calls to a Telegram that takes whatever comes, unless :attr:`ends` says how a call ends.

    ``late`` is how late each wake-up is, ``ways`` the seconds there and back of the next
    call. Notes are (when, chat): ``went`` when it was sent, ``arrived`` when it arrived,
    ``over`` when its answer was seen.
    """

    def __init__(
        self,
        *,
        rate: float = 30,
        per_chat: float = 1.0,
        late: float = 0.0,
        ways: Ways = lambda: (0.0, 0.0),
        unpaid_rate: float | None = None,
    ) -> None:
        self.clock = VirtualClock()
        self._late, self.ways = late, ways
        self.told: list[float] = []
        self.naps = 0
        self.dispatcher = Dispatcher(
            rate=rate,
            per_chat=per_chat,
            now=self.clock.now,
            sleep=self._sleep,
            unpaid_rate=unpaid_rate,
            on_pause=self.told.append,
        )
        self.went: Notes = []
        self.arrived: Notes = []
        self.over: Notes = []
        self.ends: Callable[[int], Exception | None] = lambda _: None

    async def _sleep(self, seconds: float) -> None:
        self.naps += 1
        await self.clock.sleep(seconds + self._late)

    async def go(self, chat_id: int, *, urgent: bool = False, after: float = 0.0, paid: bool = True) -> None:
        """Send one message, ``after`` seconds from now; how it ends makes no difference."""
        if after:
            await self.clock.sleep(after)
        with suppress(SendError):
            await self.dispatcher.run(
                chat_id,
                lambda: self._call(chat_id),
                priority=Priority.REPLY if urgent else Priority.BROADCAST,
                paid=paid,
            )

    async def _call(self, chat_id: int) -> None:
        there, back = self.ways()
        self.went.append((self.clock.now(), chat_id))
        error = self.ends(chat_id)
        await self._travel(there)
        self.arrived.append((self.clock.now(), chat_id))
        await self._travel(back)
        self.over.append((self.clock.now(), chat_id))
        if error is not None:
            raise error

    async def _travel(self, seconds: float) -> None:
        if seconds:
            await self.clock.sleep(seconds)

    async def all(self, *arrivals: tuple[int, float]) -> None:
        await asyncio.gather(*(self.go(chat_id, after=after) for chat_id, after in arrivals))

    def order(self) -> list[int]:
        return [chat for _, chat in self.went]

    def times(self, chat_id: int, notes: Notes | None = None) -> list[float]:
        """When the chat's messages went, or what else was noted of them."""
        return [at for at, chat in (self.went if notes is None else notes) if chat == chat_id]

    def gaps(self, chat_id: int, notes: Notes | None = None) -> list[float]:
        return [later - earlier for earlier, later in pairwise(self.times(chat_id, notes))]


def most_within(seconds: float, notes: Notes) -> int:
    """The most notes in any span of so many seconds, its end not included."""
    times = sorted(at for at, _ in notes)
    return max(sum(start <= at < start + seconds - 1e-9 for at in times) for start in times)
