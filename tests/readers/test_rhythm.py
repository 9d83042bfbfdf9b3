"""How often issues come is told from the last ones, holidays and months notwithstanding."""

from datetime import date, timedelta

import pytest

from bot.readers.rhythm import Rhythm, Unit, rhythm_of

MONDAY = date(2026, 1, 5)


def every(*gaps: int, first: date = MONDAY) -> list[date]:
    """Days with these gaps between them."""
    days = [first]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    return days


@pytest.mark.parametrize(
    ("days", "count", "unit"),
    [
        (every(14, 14), 2, Unit.WEEK),
        (every(14, 14, 42, 14, 14), 2, Unit.WEEK),
        (every(7, 7, 3, 7, 21, 7), 1, Unit.WEEK),
        (every(8, 7, 6, 8), 1, Unit.WEEK),
        (every(28, 28, 28), 4, Unit.WEEK),
        (every(28, 35, 28, 28), 4, Unit.WEEK),
        (every(10, 10, 11), 10, Unit.DAY),
        (every(1, 1, 1, 1, 3, 1, 1), 1, Unit.DAY),
        ([date(2026, month, 1) for month in range(1, 5)], 1, Unit.MONTH),
        ([date(2026, month, 28) for month in (1, 2, 3)], 1, Unit.MONTH),
        ([date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)], 1, Unit.MONTH),
        ([date(2025, month, 15) for month in (1, 4, 7, 10)], 3, Unit.MONTH),
        (every(29, 32, 31, 30), 1, Unit.MONTH),
    ],
)
def test_the_usual_gap_is_a_rhythm(days: list[date], count: int, unit: Unit) -> None:
    rhythm = rhythm_of(days[::-1])
    assert rhythm is not None
    assert (rhythm.count, rhythm.unit) == (count, unit)


@pytest.mark.parametrize(
    "days",
    [[], every(), every(14), [MONDAY] * 5, every(3, 40, 10, 100), every(7, 28)],
)
def test_few_days_and_unsteady_ones_have_none(days: list[date]) -> None:
    assert rhythm_of(days) is None


def test_what_was_long_ago_does_not_count() -> None:
    assert rhythm_of(every(*[7] * 40, *[14] * 12)) == Rhythm(count=2, unit=Unit.WEEK)


@pytest.mark.parametrize(
    ("rhythm", "last", "after"),
    [
        (Rhythm(count=2, unit=Unit.WEEK), date(2026, 3, 2), date(2026, 3, 16)),
        (Rhythm(count=1, unit=Unit.MONTH), date(2026, 1, 31), date(2026, 2, 28)),
        (Rhythm(count=3, unit=Unit.MONTH), date(2025, 11, 15), date(2026, 2, 15)),
        (Rhythm(count=10, unit=Unit.DAY), date(2026, 3, 2), date(2026, 3, 12)),
        (rhythm_of(every(1, 1, 1, 1, 3, 1, 1)), date(2026, 1, 9), date(2026, 1, 12)),
    ],
)
def test_the_next_comes_a_gap_later_on_a_day_of_the_week_that_has_issues(
    rhythm: Rhythm, last: date, after: date
) -> None:
    assert rhythm.after(last) == after


def test_a_weekly_issue_is_overdue_after_a_day_and_a_daily_one_at_once() -> None:
    assert Rhythm(count=1, unit=Unit.WEEK).patience == timedelta(days=1)
    assert Rhythm(count=1, unit=Unit.MONTH).patience == timedelta(days=4)
    assert Rhythm(count=1, unit=Unit.DAY).patience == timedelta()
