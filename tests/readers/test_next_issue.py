"""When the next issue may be expected, from the issues of a real database."""

from datetime import date

import pytest

from bot.model import IssueState
from bot.readers.next_issue import NextIssue, Outlook
from bot.storage import Database, Issues, ListedIssues
from tests.storage.rows import add_issue


async def outlook(url: str, today: date, *days: str, waiting: bool = False) -> Outlook:
    """What is known on that day, with issues that are out, and two that wait."""
    async with Database(url) as database:
        issues = Issues(database)
        for day in days:
            await add_issue(issues, day, state=IssueState.ARCHIVED, checksum=day)
        for day in ("2026-04-20", "2026-04-06"):
            await add_issue(issues, day, checksum=day)
        return await NextIssue(ListedIssues(database), issues, lambda: today, shows_waiting=waiting).outlook()


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 3, 15), ""),
        (date(2026, 3, 16), "any day now"),
        (date(2026, 3, 18), "any day now"),
        (date(2026, 3, 19), "overdue"),
        (date(2027, 3, 19), "overdue"),
    ],
)
async def test_the_next_is_expected_by_the_rhythm_and_overdue_some_days_after(
    database_url: str, today: date, said: str
) -> None:
    found = await outlook(database_url, today, "2026-02-02", "2026-02-16", "2026-03-02", "issue-7")
    assert (found.last, found.expected) == (date(2026, 3, 2), date(2026, 3, 16))
    assert (found.any_day_now, found.overdue) == (said == "any day now", said == "overdue")
    assert found.waiting == ()


async def test_without_a_rhythm_nothing_is_expected(database_url: str) -> None:
    found = await outlook(database_url, date(2026, 3, 16), "2026-02-16", "2026-03-02", "issue-7")
    assert (found.few, found.rhythm, found.expected, found.overdue) == (True, None, None, False)


async def test_what_waits_is_told_only_if_the_editors_allow_it_the_next_first(database_url: str) -> None:
    found = await outlook(database_url, date(2026, 4, 6), waiting=True)
    assert [issue.slug for issue in found.waiting] == ["2026-04-20"]
    found = await outlook(database_url, date(2026, 4, 5), waiting=True)
    assert [issue.slug for issue in found.waiting] == ["2026-04-06", "2026-04-20"]


async def test_issues_dated_by_months_are_expected_in_a_month(database_url: str) -> None:
    found = await outlook(database_url, date(2026, 3, 5), "2026-01-01", "2026-02-01", "2026-03-01")
    assert (found.expected, found.by_day) == (date(2026, 4, 1), False)
