"""A clock that is put on or back leads to no false alarm, hides no true one, and keeps no job waiting."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.reports.troubles import Change, Troubles
from bot.runtime.clock import utc_now
from bot.runtime.clock_jumps import FollowedClock
from bot.runtime.schedule import Schedule
from bot.runtime.watch import Bounds, Watch
from tests.builders import NOON

HOUR = timedelta(hours=1)
BOTH = pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["on", "back"])


@dataclass
class Clocks:
    """One that is put, and one that is not; both go a second with each sleep."""

    wall: datetime = NOON
    steady: float = 100.0

    def go(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


@dataclass(frozen=True)
class Times:
    every: float | None = None
    cron: str | None = None


class Noted:
    """A marks store and a ledger with a delivery that has been due since a moment."""

    def __init__(self, due: datetime | None = None) -> None:
        self.due = due

    async def set(self, name: str, at: datetime) -> None:
        """It is written."""

    async def oldest_due(self, _: datetime) -> datetime | None:
        return self.due


@BOTH
async def test_a_clock_that_was_put_is_told_once_with_by_how_much(by: timedelta) -> None:
    clocks, told = Clocks(), list[timedelta]()
    clock = FollowedClock(lambda: clocks.wall, lambda: clocks.steady)
    clock.subscribe(told.append)
    steps = iter((timedelta(), by, timedelta(seconds=1), timedelta()))

    async def sleep(seconds: float) -> None:
        step = next(steps, None)
        if step is None:
            raise asyncio.CancelledError
        clocks.go(seconds)
        clocks.wall += step

    with capture_logs() as lines, pytest.raises(asyncio.CancelledError):
        await clock.follow(sleep)
    assert told == [by]
    assert [(line["event"], line["seconds"]) for line in lines] == [("clock_jumped", by.total_seconds())]


def watched(clocks: Clocks) -> tuple[Watch, list[Change]]:
    """A watch of which all is well, and what it tells."""
    clock = FollowedClock(lambda: clocks.wall, lambda: clocks.steady)
    troubles, changes = Troubles(clock.now, calm={"updates": timedelta(minutes=1)}), list[Change]()
    troubles.subscribe(changes.append)
    bounds = Bounds(due=timedelta(minutes=15), poll=timedelta(minutes=3))
    read_by: Callable[[datetime], datetime] = lambda moment: moment + timedelta(seconds=30)  # noqa: E731
    watch = Watch(troubles, bounds=bounds, now=clock.now, read_by=read_by)
    clock.subscribe(watch.clock_moved)
    watch.read(None)
    watch.listens(yes=True)
    watch.heard(None)
    return watch, changes


@BOTH
async def test_nothing_was_silent_for_as_long_as_the_clock_was_put_on_and_a_true_silence_is_found(
    by: timedelta,
) -> None:
    clocks = Clocks()
    watch, changes = watched(clocks)
    clocks.wall += by
    await watch.look(Noted(), Noted())
    assert changes == []
    clocks.go(60)
    await watch.look(Noted(), Noted())
    assert [one.trouble.name for one in changes] == ["source"]


@BOTH
async def test_what_is_noted_right_after_the_clock_was_put_is_not_moved_along_with_the_rest(
    by: timedelta,
) -> None:
    clocks = Clocks()
    watch, changes = watched(clocks)
    clocks.wall += by
    watch.heard(None)
    watch.read(None)
    watch.called("no answer", 1)
    clocks.go(20)
    await watch.look(Noted(), Noted())
    assert (changes, watch.read_at, watch.polled_at) == ([], NOON + by, NOON + by)


@BOTH
async def test_a_trouble_ends_as_soon_as_it_would_have_and_lasted_as_long(by: timedelta) -> None:
    clocks = Clocks()
    watch, changes = watched(clocks)
    watch.troubles.begin("updates", "taken")
    clocks.go(10)
    clocks.wall += by
    clocks.go(51)
    watch.heard(None)
    (_, over) = changes
    assert over.ended is not None
    assert over.ended - over.trouble.since == timedelta(seconds=61)


@pytest.mark.parametrize("times", [Times(every=3600), Times(cron="* * * * *")], ids=["every", "cron"])
async def test_after_a_clock_was_put_back_a_job_runs_within_its_own_time(times: Times) -> None:
    ran = asyncio.Event()

    async def job() -> None:
        ran.set()

    schedule = Schedule({"read": (times, job)}, UTC, Troubles(utc_now))
    schedule.start()
    schedule.clock_moved(utc_now() - 2 * HOUR)  # by which both are due long since
    async with asyncio.timeout(10):
        await ran.wait()
    await schedule.stop()


def test_a_tick_of_so_many_seconds_is_never_further_away_than_that() -> None:
    async def job() -> None:
        """Nothing."""

    schedule = Schedule({"read": (Times(every=10), job)}, UTC, Troubles(utc_now))
    assert schedule.tick_after("read", NOON, 3) == NOON + timedelta(seconds=30)
