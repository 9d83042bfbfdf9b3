"""The issues that readers may see are listed and looked up, newest first, on either database."""

from datetime import date

import pytest

from bot.model import IssueRecord, IssueState
from bot.storage import Database, Issues, ListedIssues, Neighbours
from tests.storage.rows import record

DAYS = ("2026-03-02", "2025-12-31", "2025-01-05", "2024-06-01")


@pytest.fixture
async def listed(database: Database, issues: Issues) -> ListedIssues:
    """Four issues that are out, one that waits, and one that was taken back."""
    for day in reversed(DAYS):
        await issues.add(record(day, state=IssueState.ARCHIVED, checksum=day), "text")
    await issues.add(record("2026-04-01", state=IssueState.WAITING), "text")
    await issues.add(record("2025-06-01", state=IssueState.RETRACTED), "text")
    return ListedIssues(database)


def slugs(records: tuple[IssueRecord, ...]) -> tuple[str, ...]:
    return tuple(one.slug for one in records)


async def test_pages_and_years_hold_what_readers_may_see(listed: ListedIssues) -> None:
    assert slugs(await listed.page(limit=9)) == DAYS
    assert slugs(await listed.page(limit=2, offset=1)) == DAYS[1:3]
    assert slugs(await listed.page(year=2025, limit=9)) == DAYS[1:3]
    assert [await listed.count(year) for year in (None, 2025, 2023)] == [4, 2, 0]
    assert await listed.years() == (2026, 2025, 2024)


async def test_one_is_got_only_if_readers_may_see_it(listed: ListedIssues) -> None:
    found = [await listed.get(slug) for slug in ("2026-03-02", "2026-04-01", "2025-06-01", "x")]
    assert [one and one.slug for one in found] == ["2026-03-02", None, None, None]


async def test_the_oldest_and_the_neighbours_leave_out_what_is_hidden(listed: ListedIssues) -> None:
    oldest = await listed.oldest()
    assert oldest is not None
    assert oldest.slug == DAYS[-1]
    assert await listed.neighbours(DAYS[0]) == Neighbours(older=DAYS[1], newer=None)
    assert await listed.neighbours(DAYS[1]) == Neighbours(older=DAYS[2], newer=DAYS[0])
    assert await listed.neighbours(DAYS[3]) == Neighbours(older=None, newer=DAYS[2])
    assert await listed.neighbours("2026-04-01") == Neighbours()


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        ("2025", DAYS[1:3]),
        ("2025-1", DAYS[1:2]),
        ("2026-04", ()),
        ("ISSUE_", ("Issue_7",)),
        ("issue%", ()),
        ("%", ()),
    ],
)
async def test_a_slug_or_a_day_is_known_by_its_beginning(
    listed: ListedIssues, issues: Issues, beginning: str, found: tuple[str, ...]
) -> None:
    for slug in ("Issue_7", "issuex7"):
        await issues.add(record(slug, state=IssueState.ARCHIVED, checksum=slug), "text")
    assert slugs(await listed.named(beginning, limit=9)) == found


async def test_a_number_is_looked_for_only_where_there_is_no_day(
    listed: ListedIssues, issues: Issues
) -> None:
    for slug in ("issue-2026", "issue-20261", "other"):
        await issues.add(record(slug, state=IssueState.ARCHIVED, checksum=slug), "text")
    assert slugs(await listed.undated("2026", limit=9)) == ("issue-20261", "issue-2026")


async def test_the_nearest_by_their_days_come_nearest_first(listed: ListedIssues) -> None:
    assert slugs(await listed.nearest(date(2025, 12, 30), limit=3)) == (DAYS[1], DAYS[0], DAYS[2])
    assert slugs(await listed.nearest(date(1990, 1, 1), limit=2)) == (DAYS[3], DAYS[2])
