"""The clock wakes the jobs, and a job that fails wakes again."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import BadInput, StoreError
from bot.reports.troubles import Troubles
from bot.runtime.clock import utc_now
from bot.runtime.schedule import Schedule
from tests.delivery.clock import idle


@dataclass(frozen=True)
class Times:
    every: float | None = None
    cron: str | None = None


class Job:
    """Counts its runs, fails the first of them, and can be waited for."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.runs = 0
        self.fault = fault
        self.ran_twice = asyncio.Event()

    async def __call__(self) -> None:
        self.runs += 1
        if self.runs == 2:
            self.ran_twice.set()
        if self.runs == 1 and self.fault is not None:
            raise self.fault


@pytest.mark.parametrize("fault", [None, StoreError("the disk is full"), KeyError("a bug")])
async def test_a_job_runs_again_and_again_whatever_happens_in_it(fault: Exception | None) -> None:
    job = Job(fault)
    schedule = Schedule({"read": (Times(every=0.01), job)}, UTC, Troubles(utc_now))
    schedule.start()
    async with asyncio.timeout(10):
        await job.ran_twice.wait()
    await schedule.stop()


async def test_a_stop_waits_for_the_job_that_is_at_it() -> None:
    begun, finish, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await finish.wait()
        done.set()

    schedule = Schedule({"read": (Times(every=0.01), slow)}, UTC, Troubles(utc_now))
    schedule.start()
    await begun.wait()
    stopping = asyncio.ensure_future(schedule.stop())
    await idle()
    assert not stopping.done()
    finish.set()
    await stopping
    assert done.is_set()


async def test_a_cron_line_that_is_none_is_named() -> None:
    with pytest.raises(BadInput, match=r"schedule\.read\.cron"):
        Schedule({"read": (Times(cron="61 25 * * *"), Job())}, UTC, Troubles(utc_now))


async def test_a_cron_line_that_never_comes_is_named() -> None:
    with pytest.raises(BadInput, match=r"schedule\.read\.cron: its moment never comes: February has"):
        Schedule({"read": (Times(cron="0 0 31 2 *"), Job())}, UTC, Troubles(utc_now))


async def test_a_job_of_each_half_hour_runs_in_both_hours_that_clocks_show_twice() -> None:
    zone = ZoneInfo("Europe/Berlin")
    schedule = Schedule({"read": (Times(cron="*/30 * * * *"), Job())}, zone, Troubles(utc_now))
    start = datetime(2026, 10, 24, 23, 59, tzinfo=UTC)
    found = [schedule.tick_after("read", start, ticks) for ticks in range(1, 7)]
    assert [one.astimezone(UTC) - start for one in found] == [
        timedelta(minutes=1 + 30 * number) for number in range(6)
    ]


async def test_a_tick_is_after_the_moment_also_where_that_is_one() -> None:
    schedule = Schedule({"read": (Times(cron="0 9 * * *"), Job())}, UTC, Troubles(utc_now))
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert schedule.tick_after("read", nine, 2) == nine + timedelta(days=2)
