"""Sentences that take something back, name two hours, or contradict themselves: what is unclear is asked."""

from datetime import time

import pytest

from bot.words.wished_hours import Wished, wished

SEVEN, EIGHT, NINE = time(7), time(8), time(9)


@pytest.mark.parametrize(
    ("either", "words"),
    [
        (
            (SEVEN, time(19)),
            (
                "at 7 and at 19",
                "7 and 19",
                "7am and 7pm",
                "7点和19点",
                "早上7点或晚上7点",
                "7 or 19",
                "7:00 19:00",
            ),
        ),
        (
            (SEVEN, EIGHT),
            (
                *(
                    "between 7 and 8 am",
                    "7点到8点之间发",
                    "send it sometime between 7 and 8 am",
                    "早上7点到8点看",
                ),
                *(
                    "deliver 7-8",
                    "7点到8点推送",
                    "between 7 and 8, not later",
                    "早上7点或8点",
                    "7点到8点之间",
                ),
            ),
        ),
        ((time(19), time(20)), ("晚上7点或8点", "between 7 and 8 pm", "晚上七点到八点之间送")),
    ],
)
def test_two_hours_or_a_window_without_a_word_of_quiet_are_hours_of_which_one_is_asked(
    either: tuple[time, ...], words: tuple[str, ...]
) -> None:
    assert [wished(one) for one in words] == [Wished(either=either)] * len(words)


def test_two_hours_are_silent_if_that_is_said_and_no_quiet_hours() -> None:
    assert wished("7点到8点之间发，静音") == Wished(either=(SEVEN, EIGHT), silent=True)
    assert wished("7 and 8, no sound, Friday") == Wished(either=(SEVEN, EIGHT), silent=True, day=4)


@pytest.mark.parametrize(
    "words",
    [
        *("22:00-7:00", "22点到7点", "22-7 不要打扰", "别在22点到7点发", "22点到7点之间别吵我"),
        *("no messages between 22 and 7", "nothing from 22 to 7", "22:00到7:00不要发", "mute 22 to 7"),
    ],
)
def test_a_bare_span_and_one_with_a_word_of_quiet_stay_quiet_hours(words: str) -> None:
    assert wished(words) == Wished(quiet=(time(22), SEVEN))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            Wished(day=5),
            (
                *("不要周五了，换周六，时间还是老样子", "不要周五了，换周六", "not friday, saturday"),
                *("no friday, saturday", "saturday, not friday", "saturday instead of friday"),
                *(
                    "周六，不是周五",
                    "别周五了，改周六",
                    "周五改成周六",
                    "从周五换到周六",
                    "move friday to saturday",
                ),
                *("don't send on friday, saturday", "rather saturday than friday", "周五，不对，周六"),
                *(
                    "not on friday but on saturday",
                    "周六而不是周五",
                    "saturday rather than friday, same time",
                ),
            ),
        ),
        (
            Wished(at=NINE),
            (
                *("8点半 不对 九点", "8:30 no wait 9", "8点半，不，9点", "8:30 sorry 9:00", "不要8点半，9点"),
                *("not 8, 9", "9 instead of 8", "8点改成9点", "8:30... oops, 9:00", "8点，哦不，9点"),
                *("change it from 8 to 9", "8:30，说错了，是9点", "8:30, I mean 9", "9点，不是8点"),
            ),
        ),
        (
            Wished(quiet=(time(23), SEVEN)),
            ("quiet hours 23-7 not 22-7", "不要22-7，要23-7安静", "安静时段22点改23点，早上七点不变"),
        ),
        (
            Wished(day=5),
            ("不送周五，送周六", "周五→周六", "friday -> saturday", "friday but i meant saturday"),
        ),
        (Wished(day=5), ("周六吧，周五没空", "周五没时间，周六", "cancel friday, saturday")),
        (Wished(at=NINE), ("8点太早了，9点吧", "8 is too early, 9", "推迟到9点")),
        (Wished(quiet=(time(23), SEVEN)), ("安静22点到7点，不对，23点到7点", "quiet 22-7 no wait 23-7")),
        (
            Wished(day=5, at=NINE),
            ("周五8点，错了，周六9点", "friday 8am, no wait, saturday 9am", "周五8点改成周六9点"),
        ),
        (
            Wished(day=5),
            ("周五太忙了，改周六", "周五不行，周六", "周六而非周五", "no more fridays, saturdays"),
        ),
        (Wished(daily=True), ("不要周五，每天", "every day, not friday")),
    ],
)
def test_what_stands_behind_a_negation_or_before_a_correction_is_left_and_the_rest_is_wished(
    wanted: Wished, words: tuple[str, ...]
) -> None:
    assert [wished(one) for one in words] == [wanted] * len(words)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("不要周五了", "周五"),
        ("取消周五", "周五"),
        ("周五不发", "周五"),
        ("周五别送", "周五"),
        ("8点太早", "8点"),
        ("not at 8", "8"),
        ("别在周五发，9点", "周五"),
        ("不要8点，周六", "8点"),
    ],
)
def test_what_is_only_left_is_told_with_nothing_to_set(words: str, left: str) -> None:
    wish = wished(words)
    assert wish is not None
    assert wish.left == left


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("每周日晚上九点，别出声", Wished(day=6, at=time(21), silent=True)),
        ("晚上9点别出声", Wished(at=time(21), silent=True)),
        ("别在半夜吵我", Wished(is_quiet=True)),
        ("don't wake me at night", Wished(is_quiet=True)),
        ("安静", Wished(is_quiet=True)),
        ("安静时间改到晚上十一点，早上不变", Wished(quiet_begins=time(23))),
        ("send it at noon", Wished(at=time(12))),
        ("8ish", Wished(at=EIGHT)),
        ("around 8-ish", Wished(at=EIGHT)),
        ("sound back on", Wished(silent=False)),
        ("把声音打开", Wished(silent=False)),
        ("Tokyo not Beijing", Wished(rest="tokyo not beijing")),
        ("8点到9点有空", Wished(either=(EIGHT, NINE))),
        ("要么8点要么9点", Wished(either=(EIGHT, NINE))),
    ],
)
def test_what_is_said_roughly_is_understood(words: str, wanted: Wished) -> None:
    assert wished(words) == wanted


@pytest.mark.parametrize(
    ("words", "against"),
    [
        ("Berlin 8点 马上", ("8点", "马上")),
        ("每天 周五 8点", ("每天", "周五")),
        ("周五别吵我", ("周五", "别吵我")),
        ("22-7 取消安静，周五", ("22-7", "取消安静")),
        ("Friday silent with sound", ("silent", "with sound")),
    ],
)
def test_of_a_contradiction_only_the_words_that_contradict_are_named(
    words: str, against: tuple[str, str]
) -> None:
    wish = wished(words)
    assert wish is not None
    assert set(wish.against) == set(against)
    assert not wish.names_hours


@pytest.mark.parametrize(
    "words", ["晚一点", "早一点", "晚点", "稍晚一些", "别太早", "不要太早发", "not too early"]
)
def test_what_says_no_more_than_earlier_or_later_sets_nothing(words: str) -> None:
    assert wished(words) == Wished(rest=words)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("晚点，十点", time(10)),
        ("早点八点", time(8)),
        ("晚一点半", time(1, 30)),
        ("晚上一点", time(1)),
        ("晚1点", time(1)),
    ],
)
def test_an_hour_beside_it_is_one(words: str, at: time) -> None:
    assert wished(words) == Wished(at=at)
