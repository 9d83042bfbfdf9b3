"""Where approval is needed, nothing leaves without it, and what is approved is a text."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput
from bot.model import Cut, Destination, HeldBy, Hold, IssueRecord, IssueState
from bot.publishing.publisher import Published
from bot.storage import Database, Holds, IssueFiles, Issues, Planner, Subscribers
from bot.storage.approvals import Approvals
from tests.builders import NOON, correction
from tests.publishing.parts import Publishing
from tests.publishing.test_brakes import LONG
from tests.publishing.test_publishing import drop, folder, make
from tests.storage.rows import add_issue

SLUG, TO_COME = "2026-03-02", "2026-03-09"
ITS_DAY = NOON + timedelta(days=7)
OUT = (Published(slug=SLUG, planned=1),)
__all__ = ["folder"]


@pytest.fixture
async def publishing(folder: Path, database: Database, subscribers: Subscribers) -> Publishing:
    """After its first start, with one subscriber and an issue that is due and one that is to come."""
    await subscribers.join(Destination(1), Cut(), NOON)
    made = make(folder, database, approve=True)
    await made.read(NOON)
    for slug in (SLUG, TO_COME):
        drop(folder, slug)
    await made.read(NOON)
    return made


async def held(database: Database, slug: str = SLUG) -> Hold | None:
    return await Holds(database).get(slug)


async def of(database: Database, slug: str = SLUG) -> IssueRecord:
    found = await Issues(database).get(slug)
    assert found is not None
    return found


async def test_nothing_leaves_without_approval_and_each_is_told_once(
    publishing: Publishing, database: Database
) -> None:
    with capture_logs() as logs:
        assert await publishing.publish_due(NOON) == await publishing.publish_due(ITS_DAY) == ()
    told = [(one["issue"], one["reason"], one["command"]) for one in logs if one["event"] == "issue_held"]
    assert sorted(told) == [(slug, "not approved", f"jianbao approve {slug}") for slug in (SLUG, TO_COME)]
    await publishing.approving.approve(SLUG, NOON)
    assert await publishing.publish_due(NOON) == OUT
    assert await publishing.publish_due(ITS_DAY) == ()
    await publishing.approving.approve(TO_COME, NOON)
    assert await held(database, TO_COME) is None
    assert await publishing.publish_due(NOON) == ()
    assert await publishing.publish_due(ITS_DAY) == (Published(slug=TO_COME, planned=1),)


async def test_a_change_after_approval_asks_again(
    publishing: Publishing, database: Database, folder: Path
) -> None:
    await publishing.approving.approve(TO_COME, NOON)
    drop(folder, TO_COME, "简报，改过")
    await publishing.read(NOON)
    assert await publishing.publish_due(ITS_DAY) == ()
    hold = await held(database, TO_COME)
    assert hold is not None
    assert (hold.by, hold.why) == (HeldBy.APPROVAL, "not approved: it changed since it was")
    drop(folder, TO_COME)
    await publishing.read(NOON)
    await publishing.approving.approve(TO_COME, NOON)
    assert await publishing.publish_due(ITS_DAY) == (Published(slug=TO_COME, planned=1),)


async def test_an_approved_issue_whose_file_gets_another_name_moves_with_it_and_asks_for_its_new_day(
    publishing: Publishing, database: Database, folder: Path
) -> None:
    await publishing.approving.approve(TO_COME, NOON)
    later = "2026-03-16"
    (folder / f"{TO_COME}.md").rename(folder / f"{later}.md")
    for _ in range(2):
        await publishing.read(NOON)
    assert (await of(database, later)).date == date(2026, 3, 16)
    assert await publishing.publish_due(NOON + timedelta(days=14)) == ()
    await publishing.approving.approve(later, NOON)
    assert await publishing.publish_due(NOON + timedelta(days=14)) == (Published(slug=later, planned=1),)


async def test_an_approved_issue_that_keeps_day_and_text_under_another_name_stays_approved(
    database: Database,
) -> None:
    issues, approvals = Issues(database), Approvals(database)
    await add_issue(issues, SLUG)
    await approvals.approve(SLUG, "c1", NOON)
    assert await IssueFiles(database).rename(SLUG, "2026-03-02-news")
    day = date(2026, 3, 2)
    assert await issues.update_text("2026-03-02-news", correction(checksum="c1", day=day))
    assert await approvals.all() == {"2026-03-02-news": "c1"}


async def test_only_the_text_that_was_looked_at_is_approved(
    publishing: Publishing, database: Database, folder: Path
) -> None:
    seen = (await of(database)).edition
    drop(folder, SLUG, "简报，改过")
    await publishing.read(NOON)
    with pytest.raises(BadInput, match="has changed meanwhile"):
        await publishing.approving.approve(SLUG, NOON, edition=seen)
    assert not await Approvals(database).approve(SLUG, seen, NOON)
    assert await publishing.publish_due(NOON) == ()


async def test_a_text_that_changes_in_the_moment_of_publishing_does_not_leave(
    publishing: Publishing, database: Database, folder: Path
) -> None:
    await publishing.approving.approve(SLUG, NOON)
    approved = (await of(database)).checksum
    drop(folder, SLUG, "简报，改过")
    await publishing.read(NOON)
    assert await Planner(database).push_waiting(SLUG, approved, NOON) is None


async def test_what_else_holds_an_issue_holds_it_still_and_gives_way_to_the_lack_of_approval(
    publishing: Publishing,
) -> None:
    holding = publishing.holding
    await publishing.publish_due(NOON)
    await holding.hold(SLUG, "a typo", NOON)
    await publishing.approving.approve(SLUG, NOON)
    assert await publishing.publish_due(NOON) == ()
    await holding.resume(SLUG)
    assert await publishing.publish_due(NOON) == OUT
    await holding.hold(TO_COME, "", NOON)
    await holding.resume(TO_COME)
    assert await publishing.publish_due(ITS_DAY) == ()
    with pytest.raises(BadInput, match=f"jianbao approve {TO_COME} lets it go out"):
        await holding.resume(TO_COME)


async def test_what_is_not_approved_and_too_long_is_held_for_its_length_and_says_both(
    publishing: Publishing, folder: Path
) -> None:
    await publishing.publish_due(NOON)
    drop(folder, TO_COME, LONG)
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    hold = (await publishing.approving.holds())[TO_COME]
    assert (hold.by, hold.unapproved) == (HeldBy.MESSAGES, True)
    assert hold.release(TO_COME) == f"jianbao approve {TO_COME}, then jianbao resume {TO_COME}"
    assert hold.told.endswith(", and its day is 2026-03-09; it is not approved either")
    await publishing.approving.approve(TO_COME, NOON)
    assert not (await publishing.approving.holds())[TO_COME].unapproved
    assert await publishing.publish_due(ITS_DAY) == ()
    await publishing.holding.resume(TO_COME)
    assert await publishing.publish_due(ITS_DAY) == (Published(slug=TO_COME, planned=1),)


async def test_a_long_text_that_is_shortened_waits_for_its_approval_again(
    publishing: Publishing, database: Database, folder: Path
) -> None:
    drop(folder, TO_COME, LONG)
    for _ in range(2):
        await publishing.read(NOON)
        await publishing.publish_due(NOON)
    drop(folder, TO_COME, "简报")
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    hold = await held(database, TO_COME)
    assert hold is not None
    assert hold.by is HeldBy.APPROVAL


async def test_publishing_by_hand_asks_and_sends_it_all_the_same(publishing: Publishing) -> None:
    assert await publishing.caution(SLUG, NOON) == "is not approved"
    assert (await publishing.publish(SLUG, NOON)).planned == 1
    with pytest.raises(BadInput, match="nothing to approve"):
        await publishing.approving.approve(SLUG, NOON)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (IssueState.DRAFT, "is a draft, as its file says"),
        (IssueState.ARCHIVED, "is in the archive"),
        (IssueState.RETRACTED, "was taken back"),
        (IssueState.CALLED_OFF, "was called off"),
        (IssueState.PUBLISHED, "is out"),
    ],
)
async def test_what_does_not_wait_to_go_out_is_not_approved_and_it_is_said_why(
    publishing: Publishing, database: Database, state: IssueState, reason: str
) -> None:
    await add_issue(Issues(database), "2026-03-16", state=state)
    with pytest.raises(BadInput, match=f"^issue 2026-03-16 {reason}.*; there is nothing to approve$"):
        await publishing.approving.approve("2026-03-16", NOON)


async def test_a_draft_that_is_not_held_is_not_let_go_and_it_is_said_why(
    publishing: Publishing, database: Database
) -> None:
    await add_issue(Issues(database), "2026-03-16", state=IssueState.DRAFT)
    with pytest.raises(BadInput, match="is not held: it is a draft, as its file says"):
        await publishing.resume("2026-03-16")


async def test_once_it_is_no_longer_needed_nothing_waits_for_it(
    publishing: Publishing, database: Database, folder: Path
) -> None:
    await publishing.publish_due(NOON)
    free = make(folder, database)
    assert await free.caution(SLUG, NOON) is None
    assert [await free.publish_due(NOON) for _ in range(2)] == [(), OUT]
    assert await free.publish_due(ITS_DAY) == (Published(slug=TO_COME, planned=1),)
