"""What is held does not go out, whoever tries, until it is let go."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.model import Cut, Destination, HeldBy, HeldPushes, Hold, IssueState, Purpose
from bot.storage import EVERYTHING, Database, Deliveries, Holds, IssueFiles, Issues, Planner, Subscribers
from tests import builders as build
from tests.builders import NOON
from tests.storage.rows import add_issue, record, recorded

SLUG, FIRST, TODAY = "2026-03-02", "2026-03-01", NOON.date()
BY_HAND = Hold(by=HeldBy.OPERATOR, why="a typo", at=NOON)
DOUBT = Hold(by=HeldBy.DATE, why="the title says 2026-02-02", at=NOON)


@pytest.fixture
def holds(database: Database) -> Holds:
    return Holds(database)


async def due(issues: Issues) -> list[str]:
    return [one.slug for one in await issues.waiting()]


async def test_an_issue_in_doubt_is_held_from_the_beginning_and_publishing_it_ends_that(
    issues: Issues, holds: Holds, planner: Planner
) -> None:
    await issues.add(record(), "text", held=DOUBT)
    assert (await due(issues), await holds.get(SLUG)) == ([], DOUBT)
    assert await planner.push_waiting(SLUG, "c1", NOON) is None
    assert await planner.push(SLUG, NOON) == 0
    assert await holds.all() == {}


async def test_a_text_without_doubt_lets_go_what_its_doubt_held_and_nothing_else(
    issues: Issues, holds: Holds
) -> None:
    await issues.add(record(), "text", held=DOUBT)
    assert await issues.update_text(SLUG, build.correction())
    assert await due(issues) == [SLUG]
    assert await holds.hold(SLUG, BY_HAND)
    assert await issues.update_text(SLUG, build.correction())
    assert await holds.get(SLUG) == BY_HAND


async def test_what_is_held_already_keeps_its_reason(issues: Issues, holds: Holds) -> None:
    await issues.add(record(), "text", held=DOUBT)
    assert not await holds.hold(SLUG, Hold(by=HeldBy.MESSAGES, why="long", at=NOON))
    assert await holds.hold(SLUG, BY_HAND)
    assert not await holds.hold(SLUG, Hold(by=HeldBy.OPERATOR, why="later", at=NOON))
    assert await holds.get(SLUG) == replace(BY_HAND, also=DOUBT.why)
    assert await holds.hold_everything(BY_HAND)
    assert not await holds.hold_everything(Hold(by=HeldBy.RESTORED, why="old", at=NOON))
    assert await holds.get(EVERYTHING) == BY_HAND


async def test_an_operators_hold_may_be_given_another_reason_and_the_bots_own_may_not(
    issues: Issues, holds: Holds
) -> None:
    await issues.add(record(), "text", held=DOUBT)
    assert not await holds.explain(SLUG, "sponsor")
    assert await holds.hold(SLUG, BY_HAND)
    assert await holds.explain(SLUG, "sponsor")
    explained = replace(BY_HAND, why="sponsor", also=DOUBT.why)
    assert await holds.get(SLUG) == explained
    assert explained.cause != BY_HAND.cause, "so it is told again"
    assert await holds.hold_everything(Hold(by=HeldBy.RESTORED, why="old", at=NOON))
    assert not await holds.explain(EVERYTHING, "sponsor")


async def test_what_an_operator_holds_stays_held_once_the_doubt_is_over_and_the_other_way_round(
    issues: Issues, holds: Holds
) -> None:
    await issues.add(record(), "text", held=DOUBT)
    assert await holds.hold(SLUG, BY_HAND)
    assert await issues.update_text(SLUG, build.correction())
    assert (await due(issues), await holds.get(SLUG)) == ([], BY_HAND)
    assert await issues.update_text(SLUG, build.correction(held=DOUBT))
    assert await holds.release(SLUG)
    assert (await due(issues), await holds.get(SLUG)) == ([], DOUBT)
    assert await holds.unschedule(SLUG, Hold(by=HeldBy.UNSCHEDULED, why="", at=NOON))
    assert await holds.release(SLUG)
    assert await holds.release(SLUG)
    assert await due(issues) == [SLUG]


async def test_an_operator_who_holds_an_issue_may_unschedule_it_and_let_it_go(
    issues: Issues, holds: Holds
) -> None:
    await add_issue(issues)
    assert await holds.hold(SLUG, BY_HAND)
    assert await holds.unschedule(SLUG, Hold(by=HeldBy.UNSCHEDULED, why="", at=NOON))
    assert await due(issues) == []
    assert await holds.release(SLUG)
    assert not await holds.release(SLUG)
    assert await due(issues) == [SLUG]


async def test_only_what_has_still_to_go_out_is_held(
    issues: Issues, holds: Holds, planner: Planner, subscribers: Subscribers
) -> None:
    await add_issue(issues, "2026-01-05", state=IssueState.ARCHIVED)
    await add_issue(issues)
    await planner.push(SLUG, NOON)
    assert [await holds.hold(slug, BY_HAND) for slug in ("2026-01-05", SLUG, "none")] == [False] * 3
    await add_issue(issues, "2026-03-01")
    await subscribers.join(Destination(1), Cut(), NOON)
    await planner.push("2026-03-01", NOON)
    assert not await holds.unschedule("2026-03-01", BY_HAND)
    assert await holds.hold("2026-03-01", BY_HAND)


async def test_pushes_that_are_held_are_not_due_but_requests_and_what_is_taken_back_are(
    issues: Issues,
    holds: Holds,
    planner: Planner,
    subscribers: Subscribers,
    ledger: Deliveries,
    token: int,
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    for slug in (FIRST, SLUG):
        await add_issue(issues, slug)
        await planner.push(slug, NOON)
    await planner.plan_one(to=Destination(2), issue_slug=FIRST, purpose=Purpose.REQUEST, cut=Cut(), now=NOON)
    await ledger.skip_all_of_chat(2, "asked no more", NOON)
    assert await ledger.oldest_due(NOON) == NOON
    assert await holds.hold(FIRST, BY_HAND)
    assert await holds.hold(SLUG, BY_HAND)
    assert await ledger.oldest_due(NOON) is None
    assert await holds.release(SLUG)
    await planner.plan_one(to=Destination(2), issue_slug=FIRST, purpose=Purpose.REQUEST, cut=Cut(), now=NOON)

    async def found() -> set[tuple[str, int, int, str]]:
        return {one.key for one in await ledger.due(NOON, limit=9, held=await holds.pushes())}

    assert await holds.pushes() == HeldPushes(issues=frozenset({FIRST}))
    assert await found() == {(SLUG, 1, 0, "push"), (FIRST, 2, 0, "request")}
    await holds.hold_everything(BY_HAND)
    assert (await holds.pushes()).everything
    assert await found() == {(FIRST, 2, 0, "request")}
    for one in await ledger.due(NOON, limit=9):
        await recorded(ledger, one.departing(), token)
    await planner.retract(FIRST, NOON)
    assert await found() == {(FIRST, 1, 0, "push"), (FIRST, 2, 0, "request")}
    await holds.release(EVERYTHING)
    assert await found() == {(FIRST, 1, 0, "push"), (FIRST, 2, 0, "request")}


async def test_an_issue_that_is_held_and_then_taken_back_is_sent_to_nobody_meanwhile(
    database: Database, issues: Issues, holds: Holds, ledger: Deliveries, subscribers: Subscribers
) -> None:
    """Taking back is planned chat by chat; those that are not reached yet have still to be sent."""

    class CutShort(Planner):
        async def _carry_out(self, slug: str, now: datetime) -> int:  # noqa: ARG002  # the signature is the planner's
            return 0

    await subscribers.join(Destination(1), Cut(), NOON)
    await add_issue(issues)
    await Planner(database).push(SLUG, NOON)
    assert await holds.hold(SLUG, BY_HAND)
    assert await CutShort(database).retract(SLUG, NOON) == 0
    assert await ledger.due(NOON, limit=9, held=await holds.pushes()) == ()


async def test_a_hold_is_one_only_while_it_keeps_something_back(
    issues: Issues, holds: Holds, planner: Planner, subscribers: Subscribers, ledger: Deliveries
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    for slug in (FIRST, SLUG):
        await add_issue(issues, slug)
        await planner.push(slug, NOON)
        assert await holds.hold(slug, BY_HAND)
    await issues.add(record("2026-03-03"), "text", held=DOUBT)
    await holds.hold_everything(BY_HAND)
    await planner.retract(FIRST, NOON)
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    assert [*await holds.all()] == [EVERYTHING, "2026-03-03"]


async def test_the_hold_of_an_issue_ends_once_all_of_it_is_to_be_taken_back(
    issues: Issues, holds: Holds, planner: Planner, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await add_issue(issues)
    await planner.push(SLUG, NOON)
    assert await holds.hold(SLUG, BY_HAND)
    await planner.retract(SLUG, NOON)
    assert not await holds.release(SLUG)
    assert (await holds.pushes()).issues == frozenset()


async def test_while_everything_is_held_nothing_comes_out_by_its_day(
    issues: Issues, holds: Holds, planner: Planner
) -> None:
    await add_issue(issues)
    await holds.hold_everything(BY_HAND)
    assert await planner.push_waiting(SLUG, "c1", NOON) is None
    await holds.release(EVERYTHING)
    assert await planner.push_waiting(SLUG, "c1", NOON) == 0


async def test_an_issue_that_is_called_off_is_held_no_more_and_an_operators_hold_waits_for_its_file(
    issues: Issues, holds: Holds, database: Database
) -> None:
    await issues.add(record(), "text", held=DOUBT)
    await add_issue(issues, FIRST)
    await holds.hold(FIRST, BY_HAND)
    for slug in (SLUG, FIRST):
        assert await IssueFiles(database).call_off(slug)
    assert await holds.all() == {}
    assert not await holds.hold(SLUG, BY_HAND)
    for slug in (SLUG, FIRST):
        assert await issues.update_text(slug, build.correction())
    assert await holds.all() == {FIRST: BY_HAND}
