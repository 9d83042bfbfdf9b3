"""How long an issue takes of which some readers wait for their hour."""

from datetime import timedelta

import pytest

from bot.reports.waves import Wave, seconds_with_waves, waves_of
from tests.builders import NOON

HOUR = 3600.0
WAVE = Wave(at=NOON + timedelta(hours=1), chats=50)
EVENING = Wave(at=NOON + timedelta(hours=2), chats=10)


@pytest.mark.parametrize(
    ("waves", "rate", "seconds"),
    [
        ((), 1.0, 500.0),  # a hundred chats, five messages each
        ((WAVE,), 1.0, HOUR + 250),
        ((WAVE,), 0.05, 500 / 0.05),  # who waits for nothing is not done yet when the hour comes
        ((WAVE, EVENING), 1.0, 2 * HOUR + 50),
        ((WAVE, EVENING), 0.05, 500 / 0.05),
    ],
)
def test_a_wave_begins_at_its_hour_or_when_those_before_it_are_done(
    waves: tuple[Wave, ...], rate: float, seconds: float
) -> None:
    assert seconds_with_waves(500, 100, waves, rate, NOON) == pytest.approx(seconds)


def test_nothing_to_send_takes_no_time() -> None:
    assert seconds_with_waves(0, 0, (), 1.0, NOON) == 0.0


def test_moments_that_are_the_same_are_one_wave() -> None:
    found = waves_of([(EVENING.at, 4), (WAVE.at, 50), (EVENING.at, 6)])
    assert found == (WAVE, EVENING)
