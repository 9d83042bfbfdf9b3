"""Times of day as people type them, in either language."""

from datetime import time

import pytest

from bot.words.clock_times import time_of_day


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("8:30", time(8, 30)),
        ("8.30", time(8, 30)),
        ("8：30", time(8, 30)),
        ("8", time(8)),
        ("20h15", time(20, 15)),
        ("24:00", time(0)),
        ("0:00", time(0)),
        ("8pm", time(20)),
        ("8:30 PM", time(20, 30)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("8 a.m.", time(8)),
        ("8 o'clock in the evening", time(20)),
        ("at 7:05", time(7, 5)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("8点", time(8)),
        ("8点半", time(8, 30)),
        ("8點30分", time(8, 30)),
        ("八点半", time(8, 30)),
        ("十点一刻", time(10, 15)),
        ("二十二点", time(22)),
        ("晚上8点", time(20)),
        ("晚上十一点半", time(23, 30)),
        ("晚上12点", time(0)),
        ("下午3点", time(15)),
        ("下午12点", time(12)),
        ("中午12点半", time(12, 30)),
        ("中午1点", time(13)),
        ("早上七点整", time(7)),
        ("凌晨两点", time(2)),
        ("半夜12点", time(0)),
        ("晚上20点", time(20)),
        ("0830", time(8, 30)),
        ("8 thirty", time(8, 30)),
        ("half past eight", time(8, 30)),
        ("quarter to nine", time(8, 45)),
        ("a quarter past 9 in the evening", time(21, 15)),
        ("20 past 7", time(7, 20)),
        ("8 点 15 分", time(8, 15)),
        ("ten to one", time(12, 50)),
        ("eight o'clock", time(8)),
        ("at 8 in the morning", time(8)),
        ("12 noon", time(12)),
        ("半夜", time(0)),
        ("零点", time(0)),
        ("早上八点一刻", time(8, 15)),
        ("差一刻九点", time(8, 45)),
        ("晚上差五分十点", time(21, 55)),
    ],
)
def test_a_time_of_day_is_read_as_it_is_meant(words: str, wanted: time) -> None:
    assert time_of_day(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        *("", "Berlin", "周五", "点", "2026-03-02", "8:30 9:30", "8:3:0", "晚上8点pm"),
        *("8ish", "about 8", "half past", "quarter to Berlin"),
        *("25:00", "24:01", "8:60", "二十五点", "一二三点", "十十点"),
    ],
)
def test_what_is_no_time_is_none(words: str) -> None:
    assert time_of_day(words) is None
