"""What is said to a chat once a day at most."""

from datetime import timedelta

from bot.handlers.once_a_day import OncePerDay, PerDay
from tests.delivery.world import StillClock


def test_each_chat_is_told_once_and_again_the_next_day() -> None:
    clock = StillClock()
    once = OncePerDay(clock.now)
    assert [once.first(chat) for chat in (1, 1, 2, 1)] == [True, False, True, False]
    clock.advance(timedelta(days=1).total_seconds())
    assert once.first(1)


def test_what_may_be_done_some_times_a_day_is_counted_for_each_chat_and_day() -> None:
    clock = StillClock()
    some = PerDay(clock.now, most=2)
    assert [some.allows(chat) for chat in (1, 1, 1, 2)] == [True, True, False, True]
    clock.advance(timedelta(days=1).total_seconds())
    assert [some.allows(1) for _ in range(3)] == [True, True, False]
