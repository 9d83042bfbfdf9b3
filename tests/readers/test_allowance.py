"""A chat gets some issues an hour, and is told once that it must wait."""

from datetime import timedelta

from bot.readers.allowance import Allowance
from tests.builders import NOON

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def test_as_many_as_allowed_within_an_hour_and_then_as_the_oldest_is_an_hour_old() -> None:
    now = [NOON]
    allowance = Allowance(3, lambda: now[0])
    for _ in range(3):
        assert allowance.minutes_left(1) == 0
        allowance.note(1)
        now[0] += 10 * MINUTE
    assert allowance.minutes_left(1) == 30
    assert allowance.minutes_left(2) == 0
    now[0] = NOON + HOUR - timedelta(seconds=1)
    assert allowance.minutes_left(1) == 1
    now[0] = NOON + HOUR
    assert allowance.minutes_left(1) == 0
    allowance.note(1)
    assert allowance.minutes_left(1) == 10


def test_one_is_told_once_until_one_has_asked_for_too_much_again() -> None:
    allowance = Allowance(1, lambda: NOON)
    allowance.note(1)
    assert [allowance.tells(1), allowance.tells(1), allowance.tells(2)] == [True, False, False]
    allowance.note(1)
    assert allowance.tells(1)


def test_nothing_is_remembered_of_who_is_forgotten() -> None:
    allowance = Allowance(1, lambda: NOON)
    allowance.note(1)
    allowance.forget(1)
    assert allowance.minutes_left(1) == 0
