"""The dispatcher against a Telegram that counts: sliding windows of a second, over all and for each chat."""

import asyncio

import pytest

from bot.errors import TryLater
from bot.pacing import Dispatcher
from tests.delivery.clock import VirtualClock
from tests.pacing.server import Server, jittery

CHATS = 80  # enough that no chat's gap holds up the whole


class Broadcast:
    """Every chat is sent one message after the other, for so many seconds."""

    def __init__(self, *, believed: float, limit: int, lockout: float = 0.0, seed: int = 1) -> None:
        self.clock = VirtualClock()
        self.server = Server(self.clock, limit=limit, ways=jittery(seed), lockout=lockout)
        self.dispatcher = Dispatcher(rate=believed, per_chat=1.0, now=self.clock.now, sleep=self.clock.sleep)
        self._limit = limit

    async def share_used(self, seconds: float) -> float:
        """Of what Telegram would have taken in that time."""
        await self.clock.run(self._everybody(seconds))
        return sum(at < seconds for at, _ in self.server.taken) / (seconds * self._limit)

    async def _everybody(self, seconds: float) -> None:
        await asyncio.gather(*(self._one(chat_id, seconds) for chat_id in range(1, CHATS + 1)))

    async def _one(self, chat_id: int, seconds: float) -> None:
        while self.clock.now() < seconds:
            try:
                await self.dispatcher.run(chat_id, lambda: self.server.send(chat_id))
            except TryLater:
                continue


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_of_thirty_a_second_96_percent_are_used_and_no_429_is_met(seed: int) -> None:
    broadcast = Broadcast(believed=30, limit=30, seed=seed)
    assert await broadcast.share_used(60.0) >= 0.96
    assert broadcast.server.refused == []


async def test_where_only_twenty_are_taken_95_percent_of_them_are_used_with_few_429s() -> None:
    broadcast = Broadcast(believed=30, limit=20)
    assert await broadcast.share_used(600.0) >= 0.95
    assert len(broadcast.server.refused) <= 25
    assert broadcast.dispatcher.report.limit < 22


async def test_where_each_429_locks_the_bot_out_for_five_seconds_85_percent_are_used() -> None:
    broadcast = Broadcast(believed=30, limit=20, lockout=5.0)
    assert await broadcast.share_used(600.0) >= 0.85
    assert len(broadcast.server.refused) <= 30


async def test_one_429_of_a_chat_costs_that_chat_a_second_and_the_others_nothing() -> None:
    broadcast = Broadcast(believed=30, limit=30)
    broadcast.server.refuse_next(5)
    assert await broadcast.share_used(20.0) >= 0.95
    assert [chat for _, chat in broadcast.server.refused] == [5]
    assert broadcast.dispatcher.report.limit == 30
