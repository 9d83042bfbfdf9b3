"""When the next message may go: so many a second for the bot, and a pause for each chat.

The rate is kept by GCRA (the generic cell rate algorithm): each message moves the
time of the next one on by one interval, and time not used is not saved up, but for
the hundredth of a second that a late wake-up may need. In any span of ``s`` seconds
at most ``1 + (s + SLACK) * rate * share`` messages go.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from itertools import count

SHORTEST_TICK = 0.005  # seconds; at high rates one wake-up serves several messages
SLACK = 0.01  # seconds; a wake-up late by this much costs no turn
CHATS_REMEMBERED = 4096


_Waiter = tuple[bool, int, int, asyncio.Future[None]]  #: (not urgent, order of arrival, chat, its turn)


class Pacing:
    """Turns to send, ``rate`` a second over all and ``per_chat`` seconds apart in one chat.

    ``share`` of the rate is used, the rest is for clocks and networks that disagree.
    ``now`` is a steady clock in seconds; ``sleep`` waits on it.
    """

    def __init__(
        self,
        *,
        rate: float,
        per_chat: float,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        share: float = 0.97,
    ) -> None:
        self._interval = 1 / (rate * share)
        self._per_chat = per_chat
        self._now = now
        self._sleep = sleep
        self._order = count()
        self._ready: list[_Waiter] = []
        self._resting: list[tuple[float, _Waiter]] = []  # by when their chat may be written to
        self._next_slot = float("-inf")
        self._chat_free: dict[int, float] = {}
        self._ticking: asyncio.Task[None] | None = None

    async def turn(self, chat_id: int, *, urgent: bool = False) -> None:
        """Return when a message may go to ``chat_id``. Who is urgent goes before who is not."""
        granted = asyncio.get_running_loop().create_future()
        heapq.heappush(self._ready, (not urgent, next(self._order), chat_id, granted))
        self._hand_out()
        if not granted.done() and (self._ticking is None or self._ticking.done()):
            self._ticking = asyncio.create_task(self._keep_handing_out())
        await granted

    async def _keep_handing_out(self) -> None:
        while self._ready or self._resting:
            until_slot = self._next_slot - self._now()
            await self._sleep(max(until_slot if until_slot > 0 else self._interval, SHORTEST_TICK))
            self._hand_out()

    def _hand_out(self) -> None:
        """Give every turn that may be had now, in order."""
        now = self._now()
        while self._resting and self._resting[0][0] <= now:
            heapq.heappush(self._ready, heapq.heappop(self._resting)[1])
        while self._ready and self._next_slot <= now:
            waiter = heapq.heappop(self._ready)
            _, _, chat_id, granted = waiter
            if granted.done():  # its owner was cancelled
                continue
            free = self._chat_free.get(chat_id, now)
            if free > now:
                heapq.heappush(self._resting, (free, waiter))
                continue
            self._take(chat_id, now)
            granted.set_result(None)

    def _take(self, chat_id: int, now: float) -> None:
        self._next_slot = max(self._next_slot, now - SLACK) + self._interval
        if len(self._chat_free) >= CHATS_REMEMBERED:
            self._chat_free = {chat: free for chat, free in self._chat_free.items() if free > now}
        self._chat_free[chat_id] = now + self._per_chat
