from datetime import date, timedelta

from bot.model import Cut, Destination, IssueState, Purpose
from bot.storage import Deliveries, Issues, Planner
from bot.storage.issue_files import GOES_ALONG, MADE_ANEW
from bot.storage.schema import issues as table
from bot.storage.schema import metadata
from tests import builders as build
from tests.builders import NOON
from tests.storage.rows import add_issue, record


async def test_an_issue_comes_back_as_it_went_in(issues: Issues) -> None:
    assert await issues.add(record(), "# 简报")
    assert await issues.get("2026-03-02") == record()
    assert await issues.text("2026-03-02") == "# 简报"


async def test_an_issue_of_a_month_stays_one_until_its_text_says_the_day(issues: Issues) -> None:
    await add_issue(issues, day_known=False)
    of_month = await issues.get("2026-03-02")
    assert of_month is not None
    assert (of_month.day_known, of_month.when) == (False, "2026-03")
    assert await issues.update_text("2026-03-02", build.correction(day=date(2026, 3, 9)))
    of_day = await issues.get("2026-03-02")
    assert of_day is not None
    assert of_day.when == "2026-03-09"


async def test_an_issue_is_taken_in_once(issues: Issues) -> None:
    await issues.add(record(), "first")
    assert not await issues.add(record(checksum="c2"), "second")
    assert await issues.text("2026-03-02") == "first"


async def test_what_is_unknown_is_none(issues: Issues) -> None:
    assert await issues.get("nothing") is None
    assert await issues.text("nothing") is None
    assert await issues.latest() is None


async def test_issues_come_newest_first_and_an_undated_one_by_the_day_it_was_found(issues: Issues) -> None:
    for slug in ("2026-01-05", "2026-03-30", "2025-12-01"):
        await add_issue(issues, slug)
    await issues.add(record("special", found_at=NOON - timedelta(days=20)), "text")
    assert [one.slug for one in await issues.all()] == ["2026-03-30", "special", "2026-01-05", "2025-12-01"]


async def test_issues_that_have_a_number_and_no_date_come_in_the_order_of_their_numbers(
    issues: Issues,
) -> None:
    for slug in ("issue-9", "issue-100", "issue-99", "issue-1"):
        await issues.add(record(slug), "text")
    assert [one.slug for one in await issues.all()] == ["issue-100", "issue-99", "issue-9", "issue-1"]


async def test_what_waits_is_not_the_latest(issues: Issues) -> None:
    await add_issue(issues, "2026-01-05", state=IssueState.ARCHIVED)
    await add_issue(issues, "2026-03-02")
    latest = await issues.latest()
    assert latest is not None
    assert latest.slug == "2026-01-05"


async def test_what_waits_comes_in_the_order_of_its_days(issues: Issues) -> None:
    await add_issue(issues, "2026-03-02")
    await add_issue(issues, "2026-03-03")
    await add_issue(issues, "2026-02-27")
    await add_issue(issues, "2026-01-05", state=IssueState.ARCHIVED)
    await issues.add(record("undated"), "text")
    waiting = [one.slug for one in await issues.waiting()]
    assert waiting == ["2026-02-27", "2026-03-02", "undated", "2026-03-03"]


async def test_an_issue_is_published_once(issues: Issues, planner: Planner) -> None:
    await add_issue(issues)
    assert await planner.push("2026-03-02", NOON) == 0
    assert await planner.push("2026-03-02", NOON + timedelta(days=1)) is None
    published = await issues.get("2026-03-02")
    assert published == record(state=IssueState.PUBLISHED, published_at=NOON, published_checksum="c1")


async def test_a_correction_of_what_was_sent_is_known_by_its_checksum(
    issues: Issues, planner: Planner
) -> None:
    await add_issue(issues)
    await planner.push("2026-03-02", NOON)
    await issues.update_text("2026-03-02", build.correction())
    assert [one.corrected for one in await issues.all()] == [True]
    await planner.correct("2026-03-02", NOON)
    assert [one.corrected for one in await issues.all()] == [False]


async def test_a_waiting_issue_can_become_archive_and_no_other_can(issues: Issues, planner: Planner) -> None:
    await add_issue(issues)
    await add_issue(issues, "2026-03-16")
    await planner.push("2026-03-16", NOON)
    assert await issues.archive("2026-03-02")
    assert not await issues.archive("2026-03-16")
    assert {one.slug: one.state for one in await issues.all()} == {
        "2026-03-02": IssueState.ARCHIVED,
        "2026-03-16": IssueState.PUBLISHED,
    }


async def test_an_issue_taken_back_is_not_the_latest(issues: Issues, planner: Planner) -> None:
    await add_issue(issues)
    await planner.push("2026-03-02", NOON)
    await planner.retract("2026-03-02", NOON)
    assert await issues.latest() is None


async def test_a_correction_replaces_text_title_and_date(issues: Issues) -> None:
    await add_issue(issues)
    changed = await issues.update_text("2026-03-02", build.correction(title="新", day=date(2026, 3, 4)))
    assert changed
    assert await issues.get("2026-03-02") == record(checksum="c2", title="新", date=date(2026, 3, 4))
    assert await issues.text("2026-03-02") == "new"


async def test_a_correction_waits_for_the_deliveries_on_their_way_unless_they_may_go_on_with_it(
    issues: Issues, planner: Planner, ledger: Deliveries
) -> None:
    await add_issue(issues)
    await planner.plan_one(
        to=Destination(1), issue_slug="2026-03-02", purpose=Purpose.PUSH, cut=Cut(), now=NOON
    )
    assert not await issues.update_text("2026-03-02", build.correction())
    assert await issues.update_text(
        "2026-03-02", build.correction("now", checksum="c3"), even_if_under_way=True
    )
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    assert await issues.update_text("2026-03-02", build.correction())


def test_whatever_names_an_issue_goes_along_when_it_gets_another_slug_or_is_made_anew() -> None:
    naming = {
        key.parent for one in metadata.tables.values() for key in one.foreign_keys if key.references(table)
    }
    assert naming <= {*GOES_ALONG, *MADE_ANEW}
