"""Whether an issue is a draft, and when it is to go out, as its front matter says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.digest.parsing.front_matter import split_front_matter
from bot.digest.parsing.notes import Notes
from bot.digest.said_moments import Clock, said_moment
from bot.digest.said_release import said_release, unclear_lines
from bot.model import Release
from tests.digest.shipped import profile

DAY = date(2026, 3, 2)
SHANGHAI = Clock(zone=ZoneInfo("Asia/Shanghai"), hour=time(9))
BODY = "# 样刊 (2026-03-02)\n\n## 论文\n\n- [甲](https://example.com/1)\n摘要：一句。\n"


def said(front: str, day: date | None = DAY) -> Release:
    return said_release(f"{front}\n\n{BODY}", profile(), SHANGHAI, day=day)


@pytest.mark.parametrize(
    "line",
    [
        *("draft: true", "draft: True", "draft: TRUE", "draft: yes", "draft: Yes", "draft: on", "draft: y"),
        *("Draft: true", "draft: 'true'", 'draft: "true"', "draft: true  # not yet", "draft:   true"),
        *("published: false", "published: no", "published: off", "PUBLISHED: False", "publish: false"),
        *("status: draft", "status: Draft", "draft: 是", "draft:true", "draft： true"),
        *("title: one: two\ndraft: true", "tags: [a\ndraft: true"),
        *("isDraft: true", "is-draft: yes", "unlisted: true", "hidden: true", "private: true", "WIP: true"),
        *("isPublished: false", "status: pending", "status: private", "status: auto-draft", "status: future"),
        *(
            "status: scheduled",
            "post_status: draft",
            "Status: In Progress",
            "status: 🚧 WIP",
            "status: To do",
        ),
        *("草稿: true", "草稿: 是", "草稿：是", "草稿:是", "是否草稿: √", "未发布: 是", "暂不发布: 是"),
        *(
            "发布: false",
            "发布: 否",
            "已发布: 否",
            "状态: 草稿",
            "状态：待审核",
            "发布状态: 未发布",
            "状态: 定时发布",
        ),
        *("标题: 样刊\n草稿: 是", "日期: 2026-03-02\n状态: 待发布"),
    ],
)
def test_a_draft_is_one_however_yaml_writes_it(line: str) -> None:
    assert said(f"---\nlayout: post\n{line}\n---").draft


@pytest.mark.parametrize(
    "front",
    [
        "+++\ndraft = true\n+++",
        "+++\ntitle = 'x'\npublished = false\n+++",
        '{"title": "x", "draft": true}',
        '{"draft": true}',
        '{"草稿": true}',
        "+++\n草稿 = true\n+++",
        "---\ndraft: true\n",
        "---yaml\ndraft: true\n---",
    ],
)
def test_a_draft_is_one_in_every_form_of_front_matter(front: str) -> None:
    assert said(front).draft


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85"], ids=ascii)
@pytest.mark.parametrize(
    "front",
    [
        "---\nlayout: post\ndraft: true\n---",
        "---\ntitle: one: two\npublished: false\n---",
        "---\npublish_at: 2026-03-09 08:30\n---",
        "+++\ndraft = true\n+++",
        '{\n"title": "x",\n"draft": true\n}',
        "---\ndraft: true\n",
    ],
)
def test_line_ends_and_a_byte_order_mark_change_nothing(front: str, end: str, mark: str) -> None:
    text = f"{front}\n\n{BODY}"
    said_so = said_release(text, profile(), SHANGHAI, day=DAY)
    assert said_so != Release()
    assert said_release(mark + text.replace("\n", end), profile(), SHANGHAI, day=DAY) == said_so


def test_every_line_may_end_otherwise() -> None:
    text = "---\nlayout: post\r\ntitle: x\rdraft: true\r\n---\r\r" + BODY
    assert said_release(text, profile(), SHANGHAI, day=DAY).draft == "draft: true"


@pytest.mark.parametrize(
    "line",
    [
        *("draft: false", "draft: no", "draft: off", "draft:", "draft: ~", "draft: null", "published: true"),
        *("published: 2026-03-02", "published: 2026-02-27T08:30:00Z", "status: published", "x: draft"),
        "published: Mon, 02 Mar 2026",
        *(
            "status: Final",
            "状态: 已发布",
            "状态: 定稿",
            "草稿: 否",
            "草稿: false",
            "发布: 是",
            "hidden: false",
        ),
        *("published_at: 2026-03-02", "pubDate: 2026-03-02T00:00:00.000Z", "published_at: 2026-02-27 08:00"),
        *("发布日期: 2026-03-02", "作者: 甲", "发布: 2026-03-02", "post_status: publish"),
    ],
)
def test_an_issue_that_does_not_say_so_is_no_draft(line: str) -> None:
    assert said(f"---\nlayout: post\n{line}\n---") == Release()


def test_a_draft_in_the_text_is_none() -> None:
    assert said("draft: true") == said("> draft: true") == Release()


@pytest.mark.parametrize("line", ["draft: ture", "draft: 2026-03-02", "published: flase"])
def test_what_is_neither_true_nor_false_is_in_doubt(line: str) -> None:
    key, _, value = line.partition(": ")
    assert said(f"---\nlayout: post\n{line}\n---").doubt == (
        f"its front matter says {key}: {value}, which is neither true nor false"
    )


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-02 08:30", "2026-03-02T00:30:00+00:00"),
        ("2026-03-02T08:30", "2026-03-02T00:30:00+00:00"),
        ("'2026-03-02 08:30:15'", "2026-03-02T00:30:15+00:00"),
        ("2026-03-02 08:30:00.000", "2026-03-02T00:30:00+00:00"),
        ("2026/3/2 8:30", "2026-03-02T00:30:00+00:00"),
        ("2026-03-02 8:30 pm", "2026-03-02T12:30:00+00:00"),
        ("2026-03-02 12:05 AM", "2026-03-01T16:05:00+00:00"),
        ("2026-03-02 08:30 +08:00", "2026-03-02T00:30:00+00:00"),
        ("2026-03-02T08:30:00-0500", "2026-03-02T13:30:00+00:00"),
        ("2026-03-02T08:30:00Z", "2026-03-02T08:30:00+00:00"),
        ("2026-03-02 08:30 UTC", "2026-03-02T08:30:00+00:00"),
        ("2026-03-02 08:30 UTC+2", "2026-03-02T06:30:00+00:00"),
        ("2026-03-02 08:30 Europe/Berlin", "2026-03-02T07:30:00+00:00"),
        ("2026-03-29 02:30 Europe/Berlin", "2026-03-29T01:00:00+00:00"),
        ("2026-10-25 02:30 Europe/Berlin", "2026-10-25T00:30:00+00:00"),
        ("Mon, 02 Mar 2026 08:30:00 +0100", "2026-03-02T07:30:00+00:00"),
        ("2026-03-05  # a Thursday", "2026-03-05T01:00:00+00:00"),
        ("08:30", "2026-03-02T00:30:00+00:00"),
        ("早上8点半", "2026-03-02T00:30:00+00:00"),
        ("2026年3月2日 08:30", "2026-03-02T00:30:00+00:00"),
        ("2026 年 3 月 2 日 上午8:30", "2026-03-02T00:30:00+00:00"),
        ("2026年3月2日上午8点半", "2026-03-02T00:30:00+00:00"),
        ("2026年3月2日 晚8点一刻", "2026-03-02T12:15:00+00:00"),
        ("2026-03-02, 08:30", "2026-03-02T00:30:00+00:00"),
        ("2026-03-02 13:00 pm", "2026-03-02T05:00:00+00:00"),
        ("2026-03-02 08:30（北京时间）", "2026-03-02T00:30:00+00:00"),
        ("北京时间 2026-03-02 08:30", "2026-03-02T00:30:00+00:00"),
        ("2026-03-02 08:30 东九区", "2026-03-01T23:30:00+00:00"),
        ("2026-03-02 8:30 pm america/new_york", "2026-03-03T01:30:00+00:00"),
        ("2026-03-02 Europe/Berlin", "2026-03-02T08:00:00+00:00"),
        ("Mar 2, 2026 8:30 PM PST", "2026-03-03T04:30:00+00:00"),
        ("Mar 2, 2026 8:30 PM", "2026-03-02T12:30:00+00:00"),
        ("2 March 2026, 8.30 p.m.", "2026-03-02T12:30:00+00:00"),
        ("March 2nd, 2026 at 8:30 PM", "2026-03-02T12:30:00+00:00"),
        ("8:30 p.m. on 2 March 2026", "2026-03-02T12:30:00+00:00"),
        ("Monday, March 2, 2026 20:30", "2026-03-02T12:30:00+00:00"),
        ("Mar 2 2026 8:30 PM +08:00", "2026-03-02T12:30:00+00:00"),
        ("Mon, 02 Mar 2026 08:30:00 GMT", "2026-03-02T08:30:00+00:00"),
        ("Mon Mar  2 08:30:15 2026 +0100", "2026-03-02T07:30:15+00:00"),
        ("2 March 2026", "2026-03-02T01:00:00+00:00"),
        ("2026年3月2日 下午8:30", "2026-03-02T12:30:00+00:00"),
        ("2026年3月2日 晚上8:30", "2026-03-02T12:30:00+00:00"),
        ("2026年3月2日（周一）晚上八点半", "2026-03-02T12:30:00+00:00"),
        ("2026-03-02 08:30 JST", "2026-03-01T23:30:00+00:00"),
        ("2026-03-02 08:30 CET", "2026-03-02T07:30:00+00:00"),
        ("2026-07-02 08:30 PDT", "2026-07-02T15:30:00+00:00"),
    ],
)
@pytest.mark.parametrize("key", ["publish_at", "publishDate"])
def test_the_moment_is_read_with_its_zone_or_that_of_the_digest(key: str, value: str, moment: str) -> None:
    assert said(f"---\ntitle: x\n{key}: {value}\n---").at == datetime.fromisoformat(moment)


@pytest.mark.parametrize("written", [str, str.lower, str.upper])
def test_the_zone_may_be_any_of_the_world_in_any_case(written: Callable[[str], str]) -> None:
    for name in sorted(available_timezones()):
        moment = said_moment(f"2026-03-02 08:30 {written(name)}", SHANGHAI)
        assert moment, name
        assert moment.at == datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo(name)), name


@pytest.mark.parametrize(
    ("lines", "moment"),
    [
        ("status: scheduled\npublished_at: 2026-03-05T00:30:00.000Z", "2026-03-05T00:30:00+00:00"),
        ("status: scheduled\npublished_at: 2026-03-01T00:30:00.000Z", "2026-03-01T00:30:00+00:00"),
        ("status: future\ndate_published: 2026-03-05 08:30", "2026-03-05T00:30:00+00:00"),
        ("pubDate: 2026-03-05", "2026-03-05T01:00:00+00:00"),
        ("publishedAt: 2026-03-02 18:00", "2026-03-02T10:00:00+00:00"),
        ("published: 2026-03-02 08:30", "2026-03-02T00:30:00+00:00"),
        ("published: 2026年3月5日 08:30", "2026-03-05T00:30:00+00:00"),
        ("published: 2026-03-05", "2026-03-05T01:00:00+00:00"),
        ("releaseDate: Thu, 05 Mar 2026 08:30:00 +0800", "2026-03-05T00:30:00+00:00"),
        ("定时发布: 2026-03-05 08:30", "2026-03-05T00:30:00+00:00"),
        ("发布时间：2026/3/5 8:30", "2026-03-05T00:30:00+00:00"),
        ("状态: 定时\n发布时间: 08:30", "2026-03-02T00:30:00+00:00"),
        ("发布日期: 2026-03-05", "2026-03-05T01:00:00+00:00"),
        ("embargo_until: 2026-03-05 08:30", "2026-03-05T00:30:00+00:00"),
    ],
)
def test_a_tool_or_an_editor_may_name_the_moment_otherwise(lines: str, moment: str) -> None:
    assert said(f"---\n{lines}\n---") == Release(at=datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    "line",
    [
        "status: evergreen",
        "状态: 不明",
        "published_at: soon",
        "发布时间: 下周",
        "草稿: 大概",
        "published: 2026-13-05 08:30",
    ],
)
def test_what_is_not_understood_is_in_doubt(line: str) -> None:
    found = said(f"---\ntitle: x\n{line}\n---")
    assert (found.doubt or "").startswith(f"its front matter says {line}, which is ")


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("publish_at: [2026-03-06 08:30, 2026-03-07 09:00]", '["2026-03-06 08:30", "2026-03-07 09:00"]'),
        ("publish_at: [2026-03-06, '08:30']", '["2026-03-06", "08:30"]'),
        ("publish_at:\n  date: 2026-03-06\n  time: '08:30'", '{"date": "2026-03-06", "time": "08:30"}'),
        ("published: {at: 2026-03-06}", '{"at": "2026-03-06"}'),
        ("draft: [true, false]", '["true", "false"]'),
        ("status:\n- draft\n- published", '["draft", "published"]'),
        ("date: [2026-03-02 08:30, 2026-03-02 09:00]", '["2026-03-02 08:30", "2026-03-02 09:00"]'),
    ],
)
def test_a_list_or_a_map_where_a_text_is_meant_is_in_doubt(lines: str, value: str) -> None:
    front = f"---\ntitle: x\n{lines}\n---"
    found = said(front)
    reason = f"{lines.split(':', maxsplit=1)[0]}: {value}, which is "
    assert (found.doubt or "").startswith(f"its front matter says {reason}")
    (told,) = unclear_lines(f"{front}\n\n{BODY}", profile(), SHANGHAI, day=DAY)
    assert (told[0], told[1].startswith(reason)) == (3, True)


@pytest.mark.parametrize("value", ["[2026-03-06 08:30]", "\n  - 2026-03-06 08:30", "[[2026-03-06 08:30]]"])
def test_a_list_of_one_says_what_its_entry_says(value: str) -> None:
    moment = datetime(2026, 3, 6, 0, 30, tzinfo=UTC)
    assert said(f"---\ntitle: x\npublish_at: {value}\n---") == Release(at=moment)
    assert said("---\ntitle: x\ndraft: [yes]\n---").draft == "draft: yes"


@pytest.mark.parametrize("line", ["publish_at: []", "draft: {}", "status: []"])
def test_an_empty_list_says_nothing(line: str) -> None:
    assert said(f"---\ntitle: x\n{line}\n---") == Release()


def test_chinese_lines_between_two_rules_are_text_where_no_key_is_known() -> None:
    text = "---\n导读: 一句话\n编者: 另一句\n---\n\n" + BODY
    front, rest = split_front_matter(text, profile().front_matter, Notes())
    assert (dict(front.values), rest) == ({}, text)


def test_a_moment_of_toml_is_read_too() -> None:
    assert said("+++\npublish_at = 2026-03-02T08:30:00+01:00\n+++").at == datetime(
        2026, 3, 2, 7, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "value",
    [
        "tomorrow",
        "2026-02-30 08:30",
        "2026-03-02 25:00",
        "2026-03-02 08:30 Mars",
        "2026-03-02 13:00 am",
        "2026-03-02 08:30 CST",
        "2026-03-02 08:30 09:00",
        "2026-03-02 8",
        "2026-03-02 0830",
        "2026-03-02 晚上12点",
        "2026-03-02 上午12点",
        "2026-03-02 夜里2点",
        "2026-03-02 24:00",
        "2026-03-02 08:30 之前",
        "3月2日 08:30",
        "8.30",
        "Mar 2, 2026 8:30 PM CST",
        "Mar 2, 2026 8:30 PM or so",
        "Mon, 02 Mar 2026 08:30:00 +0100 after lunch",
        "Sunday, March 2, 2026 8:30 PM",
        "2026-03-02 周二 08:30",
        "Mar 2, 2026 8:30 in the",
        "Mar 2 8:30 PM",
        "2026-07-02 08:30 PST",
        "2026-03-02 08:30 CEST",
        "2026-03-02 08:30 IST",
        "Mar 32, 2026 8:30 PM",
    ],
)
def test_a_moment_that_is_none_is_in_doubt(value: str) -> None:
    found = said(f"---\ntitle: x\npublish_at: {value}\n---")
    assert found.at is None
    assert (found.doubt or "").startswith(
        f"its front matter says publish_at: {value}, which is no time; write "
    )


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-02 08:30", "2026-03-02T00:30:00+00:00"),
        ("2026-03-02 08:30:00 -0500", "2026-03-02T13:30:00+00:00"),
        ("2026-03-02T20:15:00Z", "2026-03-02T20:15:00+00:00"),
        ("2026-03-02", None),
        ("2026-03-02 00:00:00", None),
        ("2026-03-02T00:00:00+08:00", None),
        ("2026-03-03 08:30", None),
    ],
)
def test_a_date_with_a_time_is_the_moment_on_the_day_of_the_issue(value: str, moment: str | None) -> None:
    found = said(f"---\ntitle: x\ndate: {value}\n---")
    assert found == Release(at=datetime.fromisoformat(moment) if moment else None)


@pytest.mark.parametrize("value", ["Mar 2, 2026 8:30 PM CST", "2026-03-02 25:30", "2026-03-02 08:30 BST"])
def test_a_time_of_a_date_that_is_not_understood_is_in_doubt(value: str) -> None:
    found = said(f"---\ntitle: x\ndate: {value}\n---")
    assert (found.doubt or "").startswith(f"its front matter says date: {value}, which is no time; write ")


@pytest.mark.parametrize("key", ["publish_at", "date"])
@pytest.mark.parametrize(
    "hours",
    [
        *("20:30–21:00", "20:30-21:00", "20:30~21:00", "20:30～21:00", "20:30—22:15", "20:30 +21:00"),
        *(
            "20:30至21:00",
            "20:30到21:00",
            "08:00-09:00",
            "8:00-9",
            "08:00–09:00",
            "08:00~09:00",
            "08:00-0900",
        ),
        *("08:00 ~09:00", "20:30—05:00", "8点-9", "8pm-9", "20:30 UTC~9", "20:30 UTC+21", "20:30 -12:30"),
        *("20:30 +14:15", "20:30 +05:10", "20:30 +0860"),
    ],
)
def test_what_may_be_the_end_of_a_span_is_no_zone_but_in_doubt(hours: str, key: str) -> None:
    value = f"2026-03-02 {hours}"
    for front in (value, f"2026年3月2日 {hours}"):
        found = said(f"---\ntitle: x\n{key}: {front}\n---")
        assert found.at is None
        assert (found.doubt or "").startswith(f"its front matter says {key}: {front}, which is no time; ")


def test_a_span_without_a_day_is_in_doubt_too() -> None:
    assert said("---\npublish_at: 20:30-21:00\n---").doubt


@pytest.mark.parametrize("value", ["2026-03-02-09:00", "2026-03-02 -09:00", "2026-03-02 —09:00"])
def test_a_dash_behind_a_day_is_in_doubt(value: str) -> None:
    assert said_moment(value, SHANGHAI) is None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-02T08:00-09:00", "2026-03-02T17:00:00+00:00"),
        ("2026-03-02 08:00 -09:00", "2026-03-02T17:00:00+00:00"),
        ("2026-03-02 08:00:00-09:00", "2026-03-02T17:00:00+00:00"),
        ("2026-03-02 08:00+09:00", "2026-03-01T23:00:00+00:00"),
        ("2026-03-02 20:00-05:00", "2026-03-03T01:00:00+00:00"),
        ("2026-03-02 20:00 UTC–5", "2026-03-03T01:00:00+00:00"),
        ("2026-03-02 20:00 −0500", "2026-03-03T01:00:00+00:00"),
        ("2026–03–02 20:00", "2026-03-02T12:00:00+00:00"),
        ("2026-03-02 20:00 +05:45", "2026-03-02T14:15:00+00:00"),
        ("2026-03-02 20:00 +14:00", "2026-03-02T06:00:00+00:00"),
        ("2026-03-02 20:00 -12:00", "2026-03-03T08:00:00+00:00"),
    ],
)
def test_a_zone_that_places_have_is_one_where_no_span_can_be_meant(value: str, moment: str) -> None:
    said_so = said_moment(value, SHANGHAI)
    assert said_so
    assert said_so.at == datetime.fromisoformat(moment)


def test_every_word_of_a_moment_counts() -> None:
    whole = "Mon, Mar 2, 2026 at 8:30 PM PST"
    for word in ("soon", "am", "afternoon", "or", "9:00", "7", "早上", "周二", "utc", "may", "early"):
        for place in range(len(whole.split()) + 1):
            words = whole.split()
            words.insert(place, word)
            assert said_moment(" ".join(words), SHANGHAI) is None, words


def test_what_is_said_for_one_issue_wins_over_the_time_of_its_date() -> None:
    found = said("---\ndate: 2026-03-02 08:30\npublish_at: 2026-03-04 10:00\n---")
    assert found.at == datetime(2026, 3, 4, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("draft: true", "draft: false"),
        ("Draft: yes", "draft: no"),
        ("published: false", "published: true"),
        ("status: draft", "status: published"),
        ("草稿: 是", "草稿: 否"),
    ],
)
def test_of_a_key_that_is_there_twice_the_draft_counts(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        assert said(f"---\ntitle: x\n{first}\nlayout: post\n{second}\n---").draft == one.casefold()


@pytest.mark.parametrize("key", ["publish_at", "published_at"])
def test_of_a_key_that_is_there_twice_the_later_moment_counts(key: str) -> None:
    days = ("2026-03-04 08:30", "2026-03-09 08:30")
    for first, second in (days, days[::-1]):
        found = said(f"---\ntitle: x\n{key}: {first}\n{key}: {second}\n---")
        assert found.at == datetime(2026, 3, 9, 0, 30, tzinfo=UTC)


def test_a_doubt_is_one_though_the_key_is_there_again() -> None:
    assert said("---\npublish_at: soon\npublish_at: 2026-03-09 08:30\n---").doubt


def test_bare_front_matter_may_have_a_key_twice_too() -> None:
    notes, habit = Notes(), profile().front_matter.model_copy(update={"bare": True})
    front, _ = split_front_matter(f"draft: true\ntitle: x\ndraft: false\n\n{BODY}", habit, notes)
    assert list(front.given(("draft",))) == [("draft", "false"), ("draft", "true")]
    assert [(one.line, one.code) for one in notes.warnings] == [(3, "repeated-key")]


@pytest.mark.parametrize(
    ("lines", "moment"),
    [
        ("date: 2026-03-02\ntime: 21:00", "2026-03-02T13:00:00+00:00"),
        ("date: 2026-03-02\n时间：21:00", "2026-03-02T13:00:00+00:00"),
        ("date: 2026-03-02\nhour: 9 pm", "2026-03-02T13:00:00+00:00"),
        ("date: 2026-03-02\nTime: 21:00 +09:00", "2026-03-02T12:00:00+00:00"),
        ("date: 2026-03-02\n发布时间: 21:00", "2026-03-02T13:00:00+00:00"),
        ("date: 2026-03-02 08:30\ntime: 21:00", "2026-03-02T13:00:00+00:00"),
        ("date: 2026-03-02 21:00\ntime: 08:30", "2026-03-02T13:00:00+00:00"),
        ("publish_date: 2026-03-05\npublish_time: 21:00", "2026-03-05T13:00:00+00:00"),
        ("publish_at: 2026-03-05\ntime: 21:00", "2026-03-05T13:00:00+00:00"),
        ("publish_at: 2026-03-05 08:30\ntime: 21:00", "2026-03-05T00:30:00+00:00"),
        ("发布日期: 2026-03-05\n时间: 21:00", "2026-03-05T13:00:00+00:00"),
        ("title: x\ntime: 2026-03-05 21:00", "2026-03-05T13:00:00+00:00"),
    ],
)
def test_a_clock_beside_a_day_is_the_moment_of_that_day(lines: str, moment: str) -> None:
    assert said(f"---\n{lines}\n---") == Release(at=datetime.fromisoformat(moment))


@pytest.mark.parametrize("line", ["time: 20:00-21:00", "时间: 25:00", "hour: 21", "time: 9 pm or so"])
def test_a_clock_that_is_not_understood_is_in_doubt(line: str) -> None:
    assert (said(f"---\ndate: 2026-03-02\n{line}\n---").doubt or "").startswith(
        f"its front matter says {line}, which is no time; "
    )


@pytest.mark.parametrize("line", ["time: 5 min", "time: 00:00", "time: 2026-03-02", "时间: 周一", "time:"])
def test_a_time_that_names_no_hour_says_nothing(line: str) -> None:
    assert said(f"---\ndate: 2026-03-02\n{line}\n---") == Release()


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("---\ntitle: x\nparams:\n  publish_at: 2026-03-05 21:00\n---", 4),
        ("---\ntitle: x\nextra:\n  bot:\n    publishAt: 2026-03-05 21:00\n---", 5),
        ("---\ntitle: x\nextra:\n- 定时发布: 2026-03-05 21:00\n---", 4),
        ("+++\ntitle = 'x'\n[extra]\npublish_at = 2026-03-05 21:00:00\n+++", 4),
    ],
)
def test_a_moment_below_another_key_is_in_doubt(front: str, line: int) -> None:
    assert "which is below another key, where it is not read" in (said(front).doubt or "")
    (told,) = unclear_lines(f"{front}\n\n{BODY}", profile(), SHANGHAI, day=DAY)
    assert told[0] == line


def test_what_else_stands_below_another_key_is_none_of_ours() -> None:
    lines = "cover:\n  hidden: true\n  time: 21:00\nparams:\n  publish_at:\n  date: 2026-03-05 21:00"
    assert said(f"---\ntitle: x\n{lines}\n---") == Release()
