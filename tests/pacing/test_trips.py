import pytest

from bot.pacing.trips import CREDIT, ENOUGH, LONG_ENOUGH, OF_LATE, ShortestTrip
from bot.pacing.window import Window


def trips(*seconds: float, times: int = ENOUGH, span: float = LONG_ENOUGH) -> ShortestTrip:
    """So many of each, one after the other, from the first to the last in so many seconds."""
    noted = ShortestTrip()
    every = seconds * times
    for number, trip in enumerate(every):
        noted.note(trip, 1.0 + span * number / (len(every) - 1))
    return noted


def test_a_way_is_four_tenths_of_the_shortest_trip_however_long_another_took() -> None:
    assert trips(0.3, 0.05, 0.2).way == pytest.approx(CREDIT * 0.05)


def test_a_few_trips_tell_nothing_and_neither_do_many_of_one_moment() -> None:
    assert trips(0.05, times=ENOUGH - 1).way == 0.0
    assert trips(0.05, span=LONG_ENOUGH - 0.1).way == 0.0
    assert trips(0.05).way == pytest.approx(CREDIT * 0.05)


def test_a_short_trip_is_forgotten_when_all_have_been_longer_for_twenty_seconds() -> None:
    noted = trips(0.05)
    for tenth in range(1, 211):
        noted.note(0.2, 2.0 + tenth / 10)
        assert noted.way == pytest.approx(CREDIT * (0.05 if 1.0 + tenth / 10 < 2 * OF_LATE else 0.2))


def test_what_was_learnt_before_a_rest_tells_nothing_of_what_comes_after_it() -> None:
    noted = trips(0.05)
    noted.note(0.2, 1.0 + 2 * OF_LATE)
    assert noted.way == 0.0


def test_the_answer_to_a_message_that_was_held_up_on_its_way_counts_as_long_as_any() -> None:
    window = Window()
    for number in range(ENOUGH):
        window.take()
        window.answered(1.0 + LONG_ENOUGH * number / (ENOUGH - 1), sent=0.95)
    at = 1.0 + LONG_ENOUGH
    window.take()
    assert window.answered(at + 0.2, sent=at) == pytest.approx(at + 0.2 - CREDIT * 0.05)
