"""How long something took is never told as less than nothing, nor as more than went by."""

from datetime import datetime, timedelta

import pytest

from bot.model import NEVER_PUT, ClockJump, SteadyTime
from tests.builders import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def put(at: datetime, by: timedelta) -> ClockJump:
    """Found out a second after a look."""
    return ClockJump(before=at, after=at + by + timedelta(seconds=1), seconds=1.0)


def test_by_a_clock_that_nobody_put_it_is_the_difference_and_a_moment_to_come_is_not_known() -> None:
    assert NEVER_PUT.elapsed(NOON, NOON + MINUTE) == 60
    assert NEVER_PUT.elapsed(NOON + timedelta(milliseconds=300), NOON) == 0
    assert NEVER_PUT.elapsed(NOON + MINUTE, NOON) is None


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["on", "back"])
def test_what_lasted_over_a_jump_lasted_as_long_as_went_by(by: timedelta) -> None:
    time = SteadyTime((put(NOON, by),))
    assert time.elapsed(NOON - 90 * MINUTE, NOON + by + MINUTE) == 91 * 60
    assert time.elapsed(NOON - 95 * MINUTE, NOON - 91 * MINUTE) == 4 * 60
    assert time.elapsed(NOON + 91 * MINUTE, NOON + 95 * MINUTE) == 4 * 60


def test_a_moment_that_the_clock_told_twice_is_not_known_until_it_cannot_be_meant() -> None:
    time = SteadyTime((put(NOON, -HOUR),))
    assert time.elapsed(NOON - 20 * MINUTE, NOON - 10 * MINUTE) is None
    assert time.elapsed(NOON - 10 * MINUTE, NOON - 30 * MINUTE) == 40 * 60
    assert time.elapsed(NOON + MINUTE, NOON + 3 * MINUTE) == 120


def test_a_moment_that_the_clock_never_told_is_not_known() -> None:
    time = SteadyTime((put(NOON, HOUR),))
    assert time.elapsed(NOON + 30 * MINUTE, NOON + 2 * HOUR) is None
    assert time.elapsed(NOON, NOON + 30 * MINUTE) is None


def test_several_jumps_add_up() -> None:
    time = SteadyTime((put(NOON, HOUR), put(NOON + 2 * HOUR, -HOUR)))
    assert time.elapsed(NOON - MINUTE, NOON + 3 * HOUR) == 3 * 3600 + 60
    on_and_on = SteadyTime((put(NOON, HOUR), put(NOON + 2 * HOUR, HOUR)))
    assert on_and_on.elapsed(NOON - MINUTE, NOON + 4 * HOUR) == 2 * 3600 + 60


def test_a_moment_later_than_now_was_told_by_the_clock_before_it_was_put_back() -> None:
    jumps = (put(NOON, 3 * HOUR), put(NOON + 3 * HOUR + MINUTE, -3 * HOUR))
    now = NOON + 2 * MINUTE
    assert SteadyTime(jumps, now).elapsed(NOON - MINUTE, NOON + 3 * HOUR + MINUTE) == 2 * 60
    assert SteadyTime((), now).elapsed(NOON, NOON + 3 * HOUR) is None
