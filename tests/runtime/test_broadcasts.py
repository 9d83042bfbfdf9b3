"""How an issue went to everybody, as the process says that saw it end."""

from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.model import Aim, ClockJump, Cut, Delivery, Purpose, SteadyTime
from bot.runtime.broadcasts import BroadcastWatch
from bot.storage.broadcasts import Totals
from tests.builders import NOON
from tests.delivery.clock import VirtualClock

SLUG = "2026-03-02"
PUSH = Delivery(issue_slug=SLUG, chat_id=1, purpose=Purpose.PUSH, cut=Cut())


class Ledger:
    """One issue that was planned for everybody at noon."""

    def __init__(self) -> None:
        self.goes = True
        self.planned_at = NOON

    async def begun_at(self, delivery: Delivery) -> datetime | None:
        return self.planned_at if delivery.purpose is Purpose.PUSH else None

    async def under_way(self, slug: str, aim: Aim) -> bool:
        assert (slug, aim) == (SLUG, Aim.SEND)
        return self.goes

    async def totals(self, slug: str, aim: Aim) -> Totals:
        assert (slug, aim) == (SLUG, Aim.SEND)
        ended = NOON + timedelta(seconds=212)
        return Totals(sent=9, failed=0, skipped=0, uncertain=0, messages=9, ended=ended)


def watch_of(ledger: Ledger, put: timedelta = timedelta()) -> BroadcastWatch:
    """What a process sees that was started half a minute later; the clock was put soon after noon."""
    started_anew = NOON + timedelta(seconds=30)

    async def steady(_now: datetime) -> SteadyTime:
        before = NOON + timedelta(seconds=5)
        jump = ClockJump(before=before, after=before + put, seconds=0.0)
        return SteadyTime((jump,) if put else ())

    return BroadcastWatch(ledger, now=lambda: started_anew, sleep=VirtualClock().sleep, steady_time=steady)


@pytest.mark.parametrize(
    ("put", "seconds"),
    [
        (timedelta(), 212.0),
        (timedelta(seconds=200), 12.0),
        (timedelta(seconds=-3600), None),
        (timedelta(seconds=400), None),
    ],
)
async def test_how_long_it_took_is_counted_from_when_it_was_planned_whichever_process_saw_it_begin(
    put: timedelta, seconds: float | None
) -> None:
    """And the clock may have been put meanwhile, as no more than what went by is told."""
    ledger = Ledger()
    watch = watch_of(ledger, put)
    with capture_logs() as lines:
        watch.started(PUSH)
        await watch.look()
        ledger.goes = False
        await watch.look()
    assert [(line["event"], line.get("seconds")) for line in lines] == [
        ("broadcast_began", None),
        ("broadcast_ended", seconds),
    ]


async def test_a_row_that_was_read_before_the_end_begins_no_broadcast_a_second_time() -> None:
    """The worker begins with rows that it read before an issue was taken back, or a reader stopped."""
    ledger = Ledger()
    watch = watch_of(ledger)
    with capture_logs() as lines:
        for goes in (True, False):
            watch.started(PUSH)
            ledger.goes = goes
            await watch.look()
        watch.started(PUSH)
        await watch.look()
        ledger.planned_at = NOON + timedelta(hours=1)  # to those who missed it, or published anew
        watch.started(PUSH)
        await watch.look()
    began, ended = "broadcast_began", "broadcast_ended"
    assert [line["event"] for line in lines] == [began, ended, began, ended]
