import pytest

from bot.pacing.trips import CREDIT, ENOUGH, OF_LATE, ShortestTrip
from bot.pacing.window import Window


def trips(*seconds: float, times: int = 1) -> ShortestTrip:
    noted = ShortestTrip()
    for trip in seconds * times:
        noted.note(trip, 1.0)
    return noted


def test_a_way_back_is_four_tenths_of_the_shortest_trip_however_long_another_took() -> None:
    assert trips(0.3, 0.05, 0.2).back == pytest.approx(CREDIT * 0.05)


def test_a_way_there_is_known_when_enough_trips_are() -> None:
    assert trips(0.05, times=ENOUGH - 1).there == 0.0
    assert trips(0.05, times=ENOUGH).there == pytest.approx(CREDIT * 0.05)


def test_a_short_trip_is_forgotten_when_all_have_been_longer_for_twenty_seconds() -> None:
    noted = trips(0.05)
    for second in range(1, 22):
        noted.note(0.2, 1.0 + second)
        assert noted.back == pytest.approx(CREDIT * (0.05 if second < 2 * OF_LATE else 0.2))


def test_the_answer_to_a_message_that_was_held_up_on_its_way_counts_as_long_as_any() -> None:
    window = Window()
    for _ in range(2):
        window.take()
    window.answered(1.0, sent=0.95)
    assert window.answered(1.2, sent=1.0) == pytest.approx(1.2 - CREDIT * 0.05)
