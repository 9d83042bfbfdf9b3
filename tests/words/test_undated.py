"""A text without its date: what is left is the same however the date was written."""

from datetime import date

import pytest

from bot.words.undated import undated

DAYS = (date(2026, 3, 2), date(2026, 11, 28))


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026-03-02",
            "20260302",
            "2026/3/2",
            "2026.03.02",
            "2026_03_02",
            "260302",
            "26-3-2",
            "03-02",
            "0302",
        ),
        *("3月2日", "2026年3月2日", "2026 年 11 月 28 日", "28.11.2026", "02-03-2026", "11/28", "1128"),
        *(
            "Mar 2",
            "March 2, 2026",
            "2nd March 2026",
            "2026-mar-02",
            "nov-28",
            "28nov2026",
            "November_28_2026",
        ),
    ],
)
def test_the_days_of_two_issues_are_gone_in_every_form(written: str) -> None:
    assert undated(f"a/{written}/b", DAYS) == undated("a/2026-03-02/b", DAYS) != "a/2026-03-02/b"


@pytest.mark.parametrize(
    "text", ["2026-03-03", "12026-03-021", "32", "302", "weekly/123", "march", "arxiv:2602.03021", "202603"]
)
def test_other_days_and_numbers_stay(text: str) -> None:
    assert undated(text, DAYS) == undated(text, ()) == text
