"""Times of day as people type them, in either language."""

from datetime import time

import pytest

from bot.words.clock_times import Wished, means_at_once, time_of_day, wished


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
    ],
)
def test_a_time_of_day_is_read_as_it_is_meant(words: str, wanted: time) -> None:
    assert time_of_day(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        *("", "Berlin", "周五", "点", "2026-03-02", "8:30 9:30", "8:3:0", "晚上8点pm"),
        *("25:00", "24:01", "8:60", "二十五点", "一二三点", "十十点"),
    ],
)
def test_what_is_no_time_is_none(words: str) -> None:
    assert time_of_day(words) is None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("周五 8点", Wished(time(8), 4)),
        ("每周五晚上8点半", Wished(time(20, 30), 4)),
        ("星期天的9点", Wished(time(9), 6)),
        ("8:30 on Fridays", Wished(time(8, 30), 4)),
        ("Friday, 8 pm", Wished(time(20), 4)),
        ("every Mon 7:00", Wished(time(7), 0)),
        ("每天 8:30", Wished(time(8, 30), daily=True)),
        ("8:30 daily", Wished(time(8, 30), daily=True)),
        ("8:30", Wished(time(8, 30))),
    ],
)
def test_a_day_of_the_week_may_stand_beside_it(words: str, wanted: Wished) -> None:
    assert wished(words) == wanted


@pytest.mark.parametrize("words", ["Friday", "周五", "Sunderland", "Mons 8", "每天", "Sun 25:00"])
def test_a_day_without_a_time_wishes_none(words: str) -> None:
    assert wished(words) is None


def test_no_hour_at_all_is_said_in_either_language() -> None:
    assert all(map(means_at_once, ("off", "At once", "关闭", "随时", " 取消 ")))
    assert not any(map(means_at_once, ("office", "8", "Offenbach")))
