"""A limit that Telegram taught one process is the next one's, and climbs back as it would have there."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.errors import StoreBusy, TryLater
from bot.pacing import Dispatcher
from bot.runtime.limits import LimitKeeper
from bot.storage import Database
from bot.storage.learnt_limits import KeptLimit, LearntLimits
from tests.delivery.world import StillClock


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as database:
        yield database


class Process:
    """One that sends; its own steady clock began at some time of its own."""

    def __init__(self, kept: LearntLimits, clock: StillClock, began: float, rate: float = 30) -> None:
        start = clock.time
        self.seconds = lambda: began + (clock.time - start).total_seconds()
        self.road = Dispatcher(rate=rate, per_chat=1, now=self.seconds, sleep=asyncio.sleep)
        self.keeper = LimitKeeper(dispatcher=self.road, kept=kept, now=clock.now, seconds=self.seconds)

    @property
    def limit(self) -> float:
        return self.road.report.limit

    async def refused(self, after: float = 5) -> None:
        """Two chats are refused at once, which concerns the bot."""

        async def call() -> None:
            raise TryLater("429", after=after)

        await asyncio.gather(*(self.road.run(chat, call) for chat in (1, 2)), return_exceptions=True)


@pytest.mark.parametrize("down", [0, 40, 130])
async def test_after_a_restart_the_limit_is_what_it_would_have_been_without_one(
    database: Database, down: float
) -> None:
    clock, kept = StillClock(), LearntLimits(database)
    first = Process(kept, clock, began=5000)
    await first.refused()
    assert first.limit == pytest.approx(15)
    await first.keeper.look()
    clock.advance(down)
    second = Process(kept, clock, began=70)
    await second.keeper.resume(pause=max(0.0, 5 - down))
    for _ in range(20):
        assert second.limit == pytest.approx(first.limit)
        assert second.road.report.slow_for == pytest.approx(first.road.report.slow_for)
        clock.advance(20)
    assert second.limit == 30


async def test_what_climbed_back_while_no_process_ran_is_forgotten(database: Database) -> None:
    clock, kept = StillClock(), LearntLimits(database)
    first = Process(kept, clock, began=0)
    await first.refused()
    await first.keeper.look()
    clock.advance(3 * 86_400)
    second = Process(kept, clock, began=0)
    await second.keeper.resume(pause=0)
    assert (second.limit, second.road.report.slow_for) == (30, 0)


async def test_a_rate_that_was_set_lower_than_what_was_learnt_is_the_limit(database: Database) -> None:
    clock, kept = StillClock(), LearntLimits(database)
    first = Process(kept, clock, began=0)
    await first.refused()
    await first.keeper.look()
    second = Process(kept, clock, began=0, rate=10)
    await second.keeper.resume(pause=5)
    assert (second.limit, second.road.report.slow_for) == (10, 0)


async def test_a_process_that_leads_again_keeps_what_it_learnt_itself(database: Database) -> None:
    clock, kept = StillClock(), LearntLimits(database)
    await kept.set(KeptLimit(low=3, since=clock.time, slow_since=clock.time))
    process = Process(kept, clock, began=0)
    await process.refused()
    await process.keeper.resume(pause=0)
    assert process.limit == pytest.approx(15)


async def test_a_clock_that_was_put_back_meanwhile_keeps_the_limit_low_no_longer_than_the_pause(
    database: Database,
) -> None:
    clock, kept = StillClock(), LearntLimits(database)
    later = clock.time + timedelta(hours=3)
    await kept.set(KeptLimit(low=15, since=later, slow_since=later))
    process = Process(kept, clock, began=0)
    await process.keeper.resume(pause=5)
    clock.advance(300)
    assert process.limit == 30


class Away(LearntLimits):
    """A database that is away for some time."""

    away = True

    async def get(self) -> KeptLimit | None:
        self._check()
        return await super().get()

    async def set(self, limit: KeptLimit) -> None:
        self._check()
        await super().set(limit)

    def _check(self) -> None:
        if self.away:
            raise StoreBusy("away")


async def test_what_the_database_did_not_take_is_kept_once_it_is_back(database: Database) -> None:
    kept, clock = Away(database), StillClock()
    process = Process(kept, clock, began=0)
    await process.keeper.resume(pause=0)
    await process.refused()
    await process.keeper.look()
    kept.away = False
    assert await kept.get() is None
    await process.keeper.look()
    limit = await kept.get()
    assert limit is not None
    assert limit.low == pytest.approx(15)
