"""The dispatcher against a Telegram that counts: sliding windows of a second, over all and for each chat."""

import pytest

from tests.nightly import by_day
from tests.pacing.broadcast import Broadcast, Event
from tests.pacing.counting import COUNTINGS

by_counting = pytest.mark.parametrize("counting", COUNTINGS)


def broadcast_of(rate: int) -> Broadcast:
    return Broadcast(believed=rate, limit=rate)


async def lost_by_strays(rate: int, *strays: float, until: float) -> float:
    """Seconds of sending that strays at these times cost, and the limit is whole again in the end."""
    without, broadcast = broadcast_of(rate), broadcast_of(rate)
    await without.run(until)
    events: list[Event] = [(at, broadcast.server.refuse_next) for at in strays]
    await broadcast.run(until, *events)
    assert len(broadcast.server.refused) == len(strays)
    assert broadcast.dispatcher.report.limit == rate
    return (len(without.server.taken) - len(broadcast.server.taken)) / rate


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


@pytest.mark.parametrize("rate", [30, 1000])
async def test_a_stray_429_costs_under_one_percent_of_the_minute_that_follows(rate: int) -> None:
    assert await lost_by_strays(rate, 3.0, until=8.0) < 0.01 * 60


async def test_a_few_stray_429s_at_the_same_time_are_no_limit_where_a_thousand_are_accepted() -> None:
    assert await lost_by_strays(1000, 3.0, 3.002, 3.1, 3.3, until=8.0) < 0.01 * 60


async def test_two_stray_429s_at_the_same_time_cost_hardly_more_than_the_pause_that_was_asked() -> None:
    assert await lost_by_strays(30, 3.0, 3.1, until=63.0) < 1.0 + 0.01 * 60


@pytest.mark.parametrize(
    ("counting", "least"), [("window", 0.93), ("calendar", 0.93), ("bucket", 0.93), ("small bucket", 0.7)]
)
async def test_a_limit_of_twenty_is_found_within_seconds_where_thirty_were_believed(
    counting: str, least: float
) -> None:
    broadcast = Broadcast(believed=30, limit=20, counting=COUNTINGS[counting])
    assert await broadcast.share_used(60.0) >= least
    assert len(broadcast.server.refused) <= 15


@pytest.mark.parametrize(
    ("counting", "least"),
    by_day(
        2,
        [("window", 0.88), ("bucket", 0.95), ("calendar", 0.88), ("small bucket", 0.65)],
        "two ways of Telegram's counting are tried by day",
    ),
)
async def test_a_limit_of_seven_hundred_is_found_within_seconds_where_a_thousand_were_believed(
    counting: str, least: float
) -> None:
    broadcast = Broadcast(believed=1000, limit=700, counting=COUNTINGS[counting])
    assert await broadcast.share_used(15.0) >= least


@by_counting
async def test_a_limit_that_comes_back_is_used_again_two_minutes_later(counting: str) -> None:
    broadcast = Broadcast(believed=30, limit=20, counting=COUNTINGS[counting])
    await broadcast.run(200.0, (60.0, lambda: broadcast.server.allow(30)))
    assert broadcast.share(180.0, 200.0, 30) >= 0.96


@pytest.mark.parametrize(
    ("counting", "least"), [("window", 0.85), ("calendar", 0.85), ("bucket", 0.85), ("small bucket", 0.65)]
)
async def test_a_limit_that_falls_later_is_found_too(counting: str, least: float) -> None:
    broadcast = Broadcast(believed=30, limit=30, counting=COUNTINGS[counting])
    await broadcast.run(90.0, (30.0, lambda: broadcast.server.allow(20)))
    assert broadcast.share(30.0, 90.0, 20) >= least


async def test_a_limit_a_little_lower_than_believed_is_found_too() -> None:
    broadcast = Broadcast(believed=30, limit=28)
    assert await broadcast.share_used(60.0) >= 0.94
    assert len(broadcast.server.refused) <= 6


@pytest.mark.parametrize("counting", ["window", "bucket"])
async def test_a_limit_of_thirty_is_found_within_seconds_where_a_thousand_were_believed(
    counting: str,
) -> None:
    broadcast = Broadcast(believed=1000, limit=30, counting=COUNTINGS[counting])
    assert await broadcast.share_used(20.0) >= 0.9
