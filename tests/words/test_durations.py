"""How long something takes is told truly, in as few words as that needs."""

import pytest

from bot.words.durations import CHINESE, duration


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-3, "0 s"),
        (0.4, "0 s"),
        (74, "74 s"),
        (119.4, "119 s"),
        (119.6, "2 min"),
        (149, "2 min"),
        (212, "4 min"),
        (7169, "119 min"),
        (7199, "2 h 0 min"),
        (7500, "2 h 5 min"),
        (10_799, "3 h 0 min"),
        (172_000, "2 d 0 h"),
        (263_000, "3 d 1 h"),
    ],
)
def test_a_duration_is_told_to_the_nearest_of_its_last_unit(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_a_duration_is_told_in_chinese() -> None:
    told = [duration(seconds, CHINESE) for seconds in (74, 212, 7500, 263_000)]
    assert told == ["74 秒", "4 分钟", "2 小时 5 分钟", "3 天 1 小时"]
