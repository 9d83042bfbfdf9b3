"""That Telegram slows a broadcast down is told once with its end, however often it refuses meanwhile."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from structlog.testing import capture_logs

from bot.errors import TryLater
from bot.pacing import Dispatcher, Report
from bot.reports.slowness import slowness
from bot.reports.troubles import Change, Troubles
from bot.runtime.leadership import Role
from bot.runtime.slowness import CALM, RATE, look_at_rate
from bot.runtime.watch import log_changes
from tests.builders import NOON
from tests.delivery.world import StillClock

USUAL = Report(rate=29, limit=30, sent=9, refused=0, failed=0, paused_for=0)
SLOW = replace(USUAL, limit=5, refused=2, slow_for=20)
WHY = "at most 5.0 of 30 messages a second, for Telegram refused more (429)"


def test_less_than_half_of_what_is_configured_is_slow_and_a_bot_that_was_never_refused_is_not() -> None:
    assert slowness(SLOW, 30) == WHY
    for well in (USUAL, replace(SLOW, limit=15.1), replace(SLOW, slow_for=0)):
        assert slowness(well, 30) is None


def test_it_is_one_trouble_until_it_has_been_well_for_minutes_and_the_log_warns() -> None:
    clock = StillClock()
    told: list[Change] = []
    troubles = Troubles(clock.now, calm=CALM)
    troubles.subscribe(told.append)
    troubles.subscribe(log_changes)
    with capture_logs() as lines:
        for report in (USUAL, SLOW, SLOW, USUAL, SLOW):
            look_at_rate(slowness(report, 30), Role.LEADS, troubles)
            clock.advance(60)
        assert [change.trouble.reason for change in told] == [WHY]
        clock.advance(300)
        look_at_rate(slowness(USUAL, 30), Role.LEADS, troubles)
    assert [change.ended is None for change in told] == [True, False]
    assert [line["log_level"] for line in lines] == ["warning", "info"]


def test_while_it_is_calming_down_whoever_asks_hears_that_it_has_climbed_back() -> None:
    clock = StillClock()
    troubles = Troubles(clock.now, calm=CALM)
    for slow, reason in (
        (WHY, WHY),
        (None, f"{WHY}; well again since 2026-03-02 12:00 UTC, and watched"),
        (WHY, WHY),
    ):
        look_at_rate(slow, Role.LEADS, troubles)
        assert [one.reason for one in troubles.present] == [reason]
        clock.advance(10)


def test_only_the_process_that_leads_is_slow() -> None:
    troubles = Troubles(lambda: NOON, calm=CALM)
    for role in (None, Role.STANDS_BY):
        look_at_rate(WHY, role, troubles)
    assert not troubles.present
    look_at_rate(WHY, Role.LEADS, troubles)
    assert [one.name for one in troubles.present] == [RATE]
    look_at_rate(WHY, Role.STANDS_BY, troubles)
    assert not troubles.present


def test_what_another_process_told_is_over_once_this_one_has_led_and_been_well_for_minutes() -> None:
    clock, settled = StillClock(), timedelta(seconds=15)
    troubles = Troubles(clock.now, calm=CALM)
    look_at_rate(None, Role.STANDS_BY, troubles)
    clock.advance(3600)
    for seconds in (0, 15, 284):
        clock.advance(seconds)
        look_at_rate(None, Role.LEADS, troubles)
        assert not troubles.is_over(RATE, after=settled)
    clock.advance(1)
    assert troubles.is_over(RATE, after=settled)


async def test_two_chats_refused_at_once_slow_the_bot_down() -> None:
    seconds = [0.0]
    road = Dispatcher(rate=30, per_chat=1, now=lambda: seconds[0], sleep=asyncio.sleep)

    async def refused() -> None:
        raise TryLater("429", after=5)

    calls = (road.run(chat_id, refused) for chat_id in (1, 2))
    await asyncio.gather(*calls, return_exceptions=True)
    seconds[0] = 1.0
    told = "at most 15.0 of 30 messages a second, for Telegram refused more (429)"
    assert slowness(road.report, 30) == told
