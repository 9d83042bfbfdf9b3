"""Hours, days, quiet hours, sound and places as people type them, in any order and either language."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.words.wished_hours import Wished, wished

EIGHT, TEN, SEVEN = time(8), time(22), time(7)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("8:30", Wished(at=time(8, 30))),
        ("八", Wished(at=EIGHT)),
        ("周五 8点", Wished(at=EIGHT, day=4)),
        ("每周五晚上8点半", Wished(at=time(20, 30), day=4)),
        ("星期天的9点", Wished(at=time(9), day=6)),
        ("8:30 on Fridays", Wished(at=time(8, 30), day=4)),
        ("Friday, 8 pm", Wished(at=time(20), day=4)),
        ("every Mon 7:00", Wished(at=SEVEN, day=0)),
        ("Friday", Wished(day=4)),
        ("每天 8:30", Wished(at=time(8, 30), daily=True)),
        ("8:30 daily", Wished(at=time(8, 30), daily=True)),
        ("每晚八点", Wished(at=time(20), daily=True)),
        ("every morning at 8", Wished(at=EIGHT, daily=True)),
        ("每天", Wished(daily=True)),
    ],
)
def test_a_time_and_a_day_or_every_day(words: str, wanted: Wished) -> None:
    assert wished(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("22-7", Wished(quiet=(TEN, SEVEN))),
        ("22–7", Wished(quiet=(TEN, SEVEN))),
        ("2200-0700", Wished(quiet=(TEN, SEVEN))),
        ("from 10pm until 7am", Wished(quiet=(TEN, SEVEN))),
        ("quiet hours from ten pm to seven", Wished(quiet=(TEN, SEVEN))),
        ("晚上十点到早上七点", Wished(quiet=(TEN, SEVEN))),
        ("二十二点到次日七点", Wished(quiet=(TEN, SEVEN))),
        ("22点开始安静，7点开始可以发", Wished(quiet=(TEN, SEVEN))),
        ("安静 23:30-7", Wished(quiet=(time(23, 30), SEVEN))),
        ("8点，安静 22-7", Wished(at=EIGHT, quiet=(TEN, SEVEN))),
    ],
)
def test_a_span_is_quiet_hours(words: str, wanted: Wished) -> None:
    assert wished(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("8:30 Tokyo", Wished(at=time(8, 30), rest="tokyo")),
        ("Friday 8 am Berlin", Wished(at=EIGHT, day=4, rest="berlin")),
        ("上午8点 北京", Wished(at=EIGHT, rest="北京")),
        ("东京 周五 8点", Wished(at=EIGHT, day=4, rest="东京")),
        ("在柏林，每周五晚上8点", Wished(at=time(20), day=4, rest="柏林")),
        ("8点 三亚", Wished(at=EIGHT, rest="三亚")),
        ("我住在南京", Wished(rest="南京")),
        ("I live in Lisbon, 8 am", Wished(at=EIGHT, rest="lisbon")),
        ("随时都可以", Wished(at_once=True)),
        ("8点Paris", Wished(at=EIGHT, rest="paris")),
        ("8点 的黎波里", Wished(at=EIGHT, rest="的黎波里")),
        ("Sunderland", Wished(rest="sunderland")),
        ("Offenbach", Wished(rest="offenbach")),
    ],
)
def test_what_says_nothing_else_may_be_a_place(words: str, wanted: Wished) -> None:
    assert wished(words) == wanted


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        *(("UTC+8", 8), ("UTC+08:00", 8), ("GMT-3", -3), ("+0800", 8), ("-3", -3), ("utc −5", -5)),
        *(("东八区", 8), ("东8区", 8), ("西五区", -5), ("東十二區", 12), ("GMT+5:30", 5.5)),
    ],
)
def test_an_offset_from_utc_is_one_and_no_hour(words: str, hours: float) -> None:
    assert wished(words) == Wished(offset=timedelta(hours=hours))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wished(never_quiet=True), ("no quiet hours", "quiet off", "取消安静", "关闭免打扰", "關閉免打擾")),
        (
            Wished(silent=True),
            ("静音", "silent", "without sound", "sound off", "不要声音", "没有声音", "静音模式"),
        ),
        (Wished(silent=False), ("with sound", "有声音", "取消静音", "sound on", "unmute", "打开声音")),
        (
            Wished(on_topics=True),
            ("only my topics", "only what's on my topics", "只看我关注的", "只送关注的内容"),
        ),
        (Wished(on_topics=False), ("everything", "全部", "all issues")),
        (
            Wished(at_once=True),
            ("off", "At once", "关闭", "随时", " 取消 ", "马上", "as soon as they're out"),
        ),
        (
            Wished(several_days=True),
            ("weekdays", "工作日", "周末", "weekends", "周一到周五", "Mon-Fri", "周六周日", "每周一三五"),
        ),
        (Wished(), ("",)),
    ],
)
def test_what_is_switched_is_said_in_words(wanted: Wished, words: tuple[str, ...]) -> None:
    assert [wished(one) for one in words] == [wanted] * len(words)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            Wished(on_topics=True),
            (
                *(
                    "只要我的主题",
                    "仅限我的话题",
                    "只發我訂閱的主題",
                    "有我关注的才推送",
                    "没有我关注的就别发",
                ),
                *(
                    "跟我有关的才发",
                    "我的主题才要",
                    "只在有我关注的主题时发",
                    "just my topics",
                    "only things I follow",
                ),
                *("only topics that I follow", "nothing but my topics", "only if it's about my topics"),
                *("I only want my interests", "don't send me issues without my topics"),
            ),
        ),
        (
            Wished(on_topics=False),
            (
                *(
                    "全部都要",
                    "什么都要",
                    "每期都要",
                    "不限主题",
                    "不只是我的主题",
                    "没有我关注的也送",
                    "所有主题",
                ),
                *("关掉只看主题", "turn off only my topics", "不管是不是我关注的"),
                *("send me everything", "not only my topics", "all topics", "any issue", "I want them all"),
            ),
        ),
        (
            Wished(at_once=True),
            (
                *(
                    "取消定时",
                    "取消时间",
                    "不要定时",
                    "有新的就发",
                    "出了就发",
                    "不用等",
                    "发布后立即",
                    "第一时间",
                ),
                *("cancel", "remove", "cancel the time", "no fixed hour", "when it is out", "don't wait"),
                *("as soon as it comes out", "the moment it's published", "straight away", "whenever"),
            ),
        ),
        (
            Wished(quiet=(time(23), time(6, 30))),
            (
                *(
                    "晚上11点到早上6点半不要打扰",
                    "夜裡十一點到六點半別吵我",
                    "23点到6点半别烦我",
                    "勿扰 23:00-6:30",
                ),
                *(
                    "晚上11点静音到早上6点半",
                    "23点以后别响，6点半再发",
                    "别在夜里11点到早上6点半发",
                    "睡觉 23-6:30",
                ),
                *("don't disturb me between 11pm and 6:30am", "no messages between 11 pm and 6:30 am"),
                *("do not ring from 23:00 to 06:30", "mute 11pm-6:30am", "11pm to 6:30am leave me alone"),
                *(
                    "please don't wake me after 11pm until 6:30am",
                    "半夜别吵我 23-6:30",
                    "23点之后到6点半之前静音",
                ),
            ),
        ),
    ],
)
def test_a_sign_is_known_by_its_words_in_any_order_and_stands_beside_all_else(
    wanted: Wished, words: tuple[str, ...]
) -> None:
    assert [wished(one) for one in words] == [wanted] * len(words)
    if not wanted.at_once:
        beside = [wished(f"Berlin {one}, Friday") for one in words]
        assert beside == [replace(wanted, day=4, rest="berlin")] * len(words)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("周六早上", Wished(day=5, part="早上")),
        ("saturday morning", Wished(day=5, part="morning")),
        ("in the evening", Wished(part="evening")),
        ("每天晚上 东京", Wished(daily=True, part="晚上", rest="东京")),
        ("晚上 东京 8点", Wished(at=time(20), rest="东京")),
        ("夜里两点", Wished(at=time(2))),
        ("晚上 22-7", Wished(quiet=(TEN, SEVEN))),
    ],
)
def test_a_part_of_the_day_says_which_eight_and_without_an_hour_stays_one(words: str, wanted: Wished) -> None:
    assert wished(words) == wanted


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            Wished(never_quiet=True),
            (
                *("安静时间去掉", "把安静时间去掉，其它照旧", "静默时间取消掉", "免打扰去掉", "去掉安静时段"),
                *("静音时段删了", "安静 取消", "取消我的安静时间", "把勿扰取消，其他不变", "安静时段，去掉"),
                *("delete my quiet hours, keep the rest", "cancel quiet hours and leave the rest alone"),
                *("quiet hours: cancel", "I don't need quiet hours", "take the quiet hours away"),
                *("取消静默", "不要免打扰了", "把睡眠时段删掉"),
            ),
        ),
        (Wished(silent=False), ("静音去掉", "静音模式 取消", "取消静音，其余不变")),
        (Wished(silent=True), ("声音去掉", "把声音关掉", "提示音取消，其它照旧")),
        (Wished(on_topics=False), ("只看我的主题 取消", "只看我关注的，去掉")),
        (Wished(at_once=True), ("去掉", "时间去掉，其它照旧", "去掉时刻", "cancel the hour, keep the rest")),
    ],
)
def test_a_word_of_cancelling_is_of_what_is_named_beside_it_and_of_the_hour_alone(
    wanted: Wished, words: tuple[str, ...]
) -> None:
    assert [wished(one) for one in words] == [wanted] * len(words)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            Wished(at=time(9)),
            (
                *(
                    "around 9 please",
                    "9am pls",
                    "9:00 or so",
                    "about 9 am",
                    "九点左右",
                    "大概九点吧",
                    "改回九点",
                ),
                *("大约早上九点", "恢复成九点", "9 o'clock, thanks"),
            ),
        ),
        (Wished(at=time(9), rest="东京"), ("9点吧，东京", "Please 9:00 东京 please")),
        (Wished(at_once=True), ("just send it whenever its published", "改回随出随发")),
        (Wished(on_topics=False), ("所有内容都发吧，不用筛选",)),
    ],
)
def test_courtesy_and_vague_words_say_nothing(wanted: Wished, words: tuple[str, ...]) -> None:
    assert [wished(one) for one in words] == [wanted] * len(words)


@pytest.mark.parametrize(
    "words",
    ["8:30，其它照旧", "8:30, keep the rest", "8:30 其他 不变", "8:30 and leave everything else as it is"],
)
def test_that_the_rest_stays_says_nothing(words: str) -> None:
    assert wished(words) == Wished(at=time(8, 30))


def test_silence_beside_a_span_and_a_time_is_of_all_and_beside_a_span_alone_of_the_span() -> None:
    assert wished("静音 22-7") == Wished(quiet=(TEN, SEVEN))
    assert wished("8点 静音 22-7") == Wished(at=EIGHT, silent=True, quiet=(TEN, SEVEN))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            Wished(quiet_begins=TEN),
            (
                *("晚上十点以后勿扰", "晚上十点开始别吵", "22点后不要打扰我", "22:00起安静", "安静 22:00"),
                *("quiet 10pm", "quiet after 10pm", "don't wake me after 10pm", "quiet hours from 10 pm"),
                *("晚上十点以后静音", "silent after 10pm", "从晚上十点开始安静", "no messages since 22:00"),
            ),
        ),
        (
            Wished(quiet_ends=EIGHT),
            (
                *(
                    "静音到早上8点",
                    "早上8点以前别吵我",
                    "8点前别吵",
                    "八点之前不要发",
                    "别吵我，早上八点再发",
                ),
                *("silent until 8am", "no messages before 8am", "not before 8", "quiet till 8"),
            ),
        ),
        (
            Wished(at=time(8, 30), day=4, quiet_begins=TEN),
            ("周五 8:30，晚上十点以后勿扰", "Friday 8:30, quiet after 10pm", "after 10pm quiet, Fri 8:30"),
        ),
    ],
)
def test_one_time_beside_a_sign_of_quiet_is_an_end_of_quiet_hours_and_no_hour(
    wanted: Wished, words: tuple[str, ...]
) -> None:
    assert [wished(one) for one in words] == [wanted] * len(words)


@pytest.mark.parametrize(
    "words",
    [
        "8:30，安静 22点",
        "安静 8:30 9:30 10:30",
        "25:61",
        "Sun 25:00",
        "的" * 4000,
    ],
)
def test_ends_of_quiet_hours_in_doubt_and_what_no_clock_shows_are_nothing(words: str) -> None:
    assert wished(words) is None


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("每周一三五晚上9点", Wished(at=time(21), several_days=True)),
        ("周六日上午10点", Wished(at=time(10), several_days=True)),
        ("周一二十点", Wished(at=time(20), day=0)),
        ("周五六点", Wished(at=time(6), day=4)),
    ],
)
def test_days_in_a_row_are_several_unless_the_last_is_the_hour(words: str, wish: Wished) -> None:
    assert wished(words) == wish
