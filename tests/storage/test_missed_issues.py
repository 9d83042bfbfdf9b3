"""What came out and never reached a chat, on either database."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.model import Aim, Cut, DeliveryState, Destination, IssueState, Purpose, SubscriberState
from bot.storage import Database, Deliveries, Issues, MissedIssues, Planner, Subscribers
from bot.storage.schema import plans
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row, with_part

LIN, ADA = 1, 2
DAY = timedelta(days=1)
FIRST, SECOND, THIRD = "2026-03-01", "2026-03-02", "2026-03-03"
LATER = NOON + 9 * DAY


@pytest.fixture
async def missed(database: Database, issues: Issues, subscribers: Subscribers) -> MissedIssues:
    """Two subscribers, and three issues that wait."""
    for slug in (FIRST, SECOND, THIRD):
        await add_issue(issues, slug, checksum=slug)
    for chat in (LIN, ADA):
        await subscribers.join(Destination(chat), Cut(), NOON - DAY)
    return MissedIssues(database)


async def slugs(missed: MissedIssues, chat: int = LIN, **options: object) -> list[str]:
    """The newest first."""
    given = {"since": NOON - 90 * DAY, "until": LATER, "limit": 12} | options
    page = await missed.of(Destination(chat), **given)  # type: ignore[arg-type]  # a table of options
    assert page.total == len(page.issues)
    return [one.slug for one in page.issues]


async def deliver(ledger: Deliveries, token: int, chat: int, slug: str) -> None:
    assert await recorded(ledger, with_part(await row(ledger, chat, slug), 100, last=True), token)


async def test_what_came_out_while_somebody_had_stopped_was_missed(
    missed: MissedIssues, planner: Planner, subscribers: Subscribers, ledger: Deliveries, token: int
) -> None:
    await planner.push(FIRST, NOON)
    await deliver(ledger, token, LIN, FIRST)
    for state in (SubscriberState.STOPPED, SubscriberState.BLOCKED, SubscriberState.DEACTIVATED):
        await subscribers.set_state(Destination(LIN), SubscriberState.ACTIVE, NOON)
        await subscribers.set_state(Destination(LIN), state, NOON)
        await planner.push(SECOND, NOON)
        assert await slugs(missed) == [SECOND]
    assert SECOND not in await slugs(missed, ADA)


async def test_what_was_skipped_was_missed_and_what_is_on_its_way_was_not(
    missed: MissedIssues, planner: Planner, ledger: Deliveries, token: int
) -> None:
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    assert await slugs(missed) == []
    await deliver(ledger, token, LIN, FIRST)
    assert await planner.expire(NOON + DAY, NOON + DAY) == 3
    assert await slugs(missed) == [SECOND]
    assert await slugs(missed, ADA) == [SECOND, FIRST]


async def test_what_was_given_up_was_missed_unless_a_part_of_it_came(
    missed: MissedIssues, planner: Planner, ledger: Deliveries, token: int
) -> None:
    await planner.push(FIRST, NOON)
    begun = await recorded(ledger, with_part(await row(ledger, LIN, FIRST), 100), token)
    assert begun is not None
    for chat in (LIN, ADA):
        known = await row(ledger, chat, FIRST)
        assert await recorded(ledger, known.closed(DeliveryState.FAILED, "refused"), token)
    assert (await slugs(missed), await slugs(missed, ADA)) == ([], [FIRST])


async def test_what_was_asked_for_is_missed_no_longer_but_was_when_it_was_told(
    missed: MissedIssues, planner: Planner, subscribers: Subscribers
) -> None:
    await subscribers.set_state(Destination(LIN), SubscriberState.STOPPED, NOON)
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    asked = NOON + DAY
    await planner.plan_one(
        to=Destination(LIN), issue_slug=SECOND, purpose=Purpose.REQUEST, cut=Cut(), now=asked
    )
    assert await slugs(missed) == [FIRST]
    assert await slugs(missed, until=asked) == [FIRST]
    page = await missed.of(Destination(LIN), since=NOON - DAY, until=asked - timedelta(seconds=1), limit=2)
    assert [one.slug for one in page.issues] == [SECOND, FIRST]
    assert page.asked == {SECOND}


async def test_what_was_declined_stays_so_and_goes_with_a_group_to_its_new_id(
    missed: MissedIssues, subscribers: Subscribers
) -> None:
    assert await missed.declined_at(Destination(LIN)) is None
    for until in (NOON, NOON + DAY, NOON):
        await missed.decline(Destination(LIN), until)
    assert await missed.declined_at(Destination(LIN)) == NOON + DAY
    await missed.decline(Destination(ADA), NOON)
    await subscribers.move(LIN, ADA, NOON)
    assert (await missed.declined_at(Destination(LIN)), await missed.declined_at(Destination(ADA))) == (
        None,
        NOON + DAY,
    )
    await subscribers.move(ADA, 3, NOON)
    await subscribers.move(ADA, 3, NOON)
    assert (await missed.declined_at(Destination(ADA)), await missed.declined_at(Destination(3))) == (
        None,
        NOON + DAY,
    )


async def test_only_what_was_published_since_is_counted_and_nothing_from_before_they_joined(
    missed: MissedIssues, planner: Planner, subscribers: Subscribers, issues: Issues
) -> None:
    await add_issue(issues, "2026-01-01", state=IssueState.ARCHIVED, checksum="old")
    await subscribers.set_state(Destination(LIN), SubscriberState.STOPPED, NOON)
    for day, slug in enumerate((FIRST, SECOND, THIRD)):
        await planner.push(slug, NOON + day * DAY)
    await subscribers.join(Destination(3), Cut(), NOON + DAY)
    await subscribers.set_state(Destination(3), SubscriberState.STOPPED, NOON + DAY)
    assert await slugs(missed) == [THIRD, SECOND, FIRST]
    assert await slugs(missed, since=NOON) == [THIRD, SECOND]
    assert await slugs(missed, until=NOON + DAY) == [SECOND, FIRST]
    assert await slugs(missed, 3) == [THIRD]
    assert await slugs(missed, 77) == []
    page = await missed.of(Destination(LIN), since=NOON - DAY, until=LATER, limit=2)
    assert (page.total, [one.slug for one in page.issues]) == (3, [THIRD, SECOND])


async def test_what_was_taken_back_was_not_missed(
    missed: MissedIssues, planner: Planner, subscribers: Subscribers
) -> None:
    await subscribers.set_state(Destination(LIN), SubscriberState.STOPPED, NOON)
    await planner.push(FIRST, NOON)
    await planner.retract(FIRST, NOON)
    assert await slugs(missed) == []


async def test_what_is_still_being_planned_was_not_missed_by_those_whose_turn_comes(
    missed: MissedIssues, planner: Planner, database: Database
) -> None:
    for chat in (LIN, ADA):
        await Subscribers(database).set_state(Destination(chat), SubscriberState.STOPPED, NOON)
    await planner.push(FIRST, NOON)
    plan = {"issue_slug": FIRST, "aim": Aim.SEND, "after": LIN, "swept": False, "begun_at": NOON}
    await database.change(sa.insert(plans).values(plan))
    assert (await slugs(missed), await slugs(missed, ADA)) == ([FIRST], [])
