"""Dates, and times by how far they are from today, as people ask for issues by them."""

from datetime import date

import pytest

from bot.words.asked_dates import asked_date, asked_newest, asked_place, asked_span, is_month

TODAY = date(2026, 12, 1)  # a Tuesday


@pytest.mark.parametrize(
    "words",
    [
        *("10月5日", "十月五日", "10月5号", "十月五号", "10-05", "10/5", "October 5", "5 Oct", "Oct. 5th"),
        *("5th of October", "the 5th of October", "10月5日的", "10月5日那期", "把10月5號那期发我看看"),
        *("the one from October 5", "issue of 5 October?"),
    ],
)
def test_a_day_is_understood_without_its_year(words: str) -> None:
    assert asked_date(words) == (0, 10, 5)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        *(
            (words, (2026, 10, 5))
            for words in ("2026-10-05", "2026年10月5日", "2026年十月五日", "Oct 5, 2026")
        ),
        ("5 October 2026", (2026, 10, 5)),
        *((words, (2026, 10, 0)) for words in ("2026-10", "2026年10月", "October 2026", "2026 oct")),
        *((words, (0, 10, 0)) for words in ("10月", "10月份", "十月", "October")),
        ("十月二十五日", (0, 10, 25)),
        *((words, (2026, 10, 5)) for words in ("二〇二六年十月五日", "10/5/2026", "5.10.2026")),
        *((words, (0, 3, 0)) for words in ("in March", "the one from March", "三月那期")),
        ("25/10", (0, 10, 25)),
        ("2026年", (2026, 0, 0)),
        *((words, None) for words in ("13/14", "3.11", "1.5.2", "GPU 5", "5", "may be", "量化", "0月", "")),
    ],
)
def test_a_date_is_read_up_to_what_was_said(words: str, parts: tuple[int, int, int] | None) -> None:
    assert asked_date(words) == parts
    assert is_month(words) == (parts is not None and parts[0] == parts[2] == 0)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        *((words, "2026-11-01", "2026-11-30") for words in ("上个月", "上月", "last month")),
        *((words, "2026-12-01", "2026-12-31") for words in ("本月", "这个月", "this month")),
        *((words, "2026-11-23", "2026-11-29") for words in ("上周", "上个星期", "last week's issue")),
        *((words, "2025-01-01", "2025-12-31") for words in ("去年", "last year")),
        *((words, "2026-11-30", "2026-11-30") for words in ("昨天", "yesterday")),
        *((words, "2026-11-01", "2026-11-30") for words in ("上個月有哪幾期？", "anything from last month?")),
        *((words, "2026-10-01", "2026-10-31") for words in ("上上个月", "2 months ago", "两个月前")),
        *((words, "2025-12-01", "2025-12-31") for words in ("去年12月", "去年十二月那期")),
    ],
)
def test_a_time_may_be_said_by_how_far_it_is_from_today(words: str, first: str, last: str) -> None:
    assert asked_span(words, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))
    assert asked_span(f"{words} gpu", TODAY) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *((words, 3) for words in ("last 3", "the last three issues", "最近三期", "最近3期", "newest 3")),
        ("最近两期", 2),
        *((words, None) for words in ("last", "last gpu", "最近的量化", "最近一期的量化")),
    ],
)
def test_so_many_of_the_newest_may_be_asked_for(words: str, number: int | None) -> None:
    assert asked_newest(words) == number


@pytest.mark.parametrize(
    ("words", "place"),
    [
        *((words, 1) for words in ("倒数第二期", "倒數第二期", "second to last issue", "second latest")),
        ("上上期", 2),
        *((words, -1) for words in ("the very first issue", "first issue")),
        *((words, None) for words in ("first", "上期的量化", "last", "third time")),
    ],
)
def test_an_issue_may_be_asked_for_by_its_place(words: str, place: int | None) -> None:
    assert asked_place(words) == place
