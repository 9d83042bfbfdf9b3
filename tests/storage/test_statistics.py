"""The ledger counted: how far an issue has come, what is under way, who is out of reach."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.model import Aim, Cut, DeliveryState, Destination, IssueState, Purpose, SubscriberState
from bot.storage import Database, Deliveries, Issues, Planner, Statistics, Subscribers
from bot.storage.ledger_counts import StateCount
from bot.storage.past_counts import delete_counted
from bot.storage.schema import deliveries
from bot.storage.statistics import Coverage
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row, with_part

SLUG, OTHER, ARCHIVED = "2026-03-02", "2026-02-16", "2026-02-02"
LATER = NOON + timedelta(hours=1)
SENT = (DeliveryState.SENT,)


@pytest.fixture(autouse=True)
async def _three_readers_of_two_issues(issues: Issues, subscribers: Subscribers, planner: Planner) -> None:
    for chat_id in (1, 2, -100200):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    for slug in (SLUG, OTHER):
        await add_issue(issues, slug)
        await planner.push(slug, NOON)


async def sent(ledger: Deliveries, token: int, *chats: int) -> None:
    """The chats have the issue whole, in one part."""
    for chat_id in chats:
        await recorded(ledger, with_part(await row(ledger, chat_id), 10, last=True), token)


async def test_progress_counts_rows_and_parts_by_aim_and_state(
    ledger: Deliveries, statistics: Statistics, token: int
) -> None:
    await sent(ledger, token, 1)
    await recorded(ledger, with_part(await row(ledger, 2), 20), token)
    counts = await statistics.counts_of(SLUG)
    assert counts.states == (
        StateCount(aim=Aim.SEND, state=DeliveryState.PLANNED, rows=1, parts=0, uncertain=0),
        StateCount(aim=Aim.SEND, state=DeliveryState.SENDING, rows=1, parts=1, uncertain=0),
        StateCount(aim=Aim.SEND, state=DeliveryState.SENT, rows=1, parts=1, uncertain=0),
    )
    assert (counts.uncertain, counts.planning) == (0, False)


async def test_progress_of_all_issues_is_their_sum(
    ledger: Deliveries, statistics: Statistics, token: int
) -> None:
    await sent(ledger, token, 1)
    counts = await statistics.counts_of()
    assert counts.rows == {DeliveryState.PLANNED: 5, DeliveryState.SENT: 1}
    assert counts.parts == {DeliveryState.PLANNED: 0, DeliveryState.SENT: 1}


async def test_rows_of_several_aims_in_one_state_are_added_up(
    ledger: Deliveries, statistics: Statistics, planner: Planner, token: int
) -> None:
    await sent(ledger, token, 1)
    await planner.retract(SLUG, LATER)
    counts = await statistics.counts_of()
    assert {(one.aim, one.rows) for one in counts.states} >= {(Aim.RETRACT, 1), (Aim.SEND, 3)}
    assert counts.rows == {DeliveryState.PLANNED: 4, DeliveryState.SKIPPED: 2}


async def test_an_issue_is_under_way_while_rows_are_open(
    ledger: Deliveries, statistics: Statistics, token: int
) -> None:
    assert await statistics.under_way() == (OTHER, SLUG)
    await sent(ledger, token, 1, 2, -100200)
    assert await statistics.under_way() == (OTHER,)


async def test_who_blocked_the_bot_is_out_of_reach_of_what_is_planned_then(
    ledger: Deliveries, statistics: Statistics, planner: Planner, subscribers: Subscribers, token: int
) -> None:
    await sent(ledger, token, 1, 2)
    await subscribers.set_state(Destination(2), SubscriberState.BLOCKED, NOON)
    await planner.retract(SLUG, LATER)
    assert await statistics.coverage(SLUG, since=LATER, states=SENT) == Coverage(chats=1, out_of_reach=1)
    assert await statistics.coverage(SLUG, since=NOON, states=()) == Coverage(chats=3, out_of_reach=0)


async def test_a_test_is_in_no_count_also_if_it_failed(
    ledger: Deliveries, statistics: Statistics, planner: Planner, token: int
) -> None:
    await planner.plan_one(to=Destination(9), issue_slug=SLUG, purpose=Purpose.TEST, cut=Cut(), now=NOON)
    planned = await ledger.get(SLUG, Destination(9), Purpose.TEST)
    assert planned is not None
    await recorded(ledger, replace(planned, state=DeliveryState.SKIPPED, reason="Chat not found"), token)
    assert (await statistics.counts_of(SLUG)).rows == {DeliveryState.PLANNED: 3}
    assert await statistics.reasons(SLUG) == ()


async def test_only_pushes_count_and_what_was_asked_for_stands_apart_also_once_it_is_deleted(
    database: Database, statistics: Statistics, planner: Planner, issues: Issues
) -> None:
    await add_issue(issues, ARCHIVED, state=IssueState.ARCHIVED)
    for to, slug, purpose in (
        (1, SLUG, Purpose.REQUEST),
        (2, SLUG, Purpose.TEST),
        (3, ARCHIVED, Purpose.PUSH),  # the newest there was when the reader joined
        (3, ARCHIVED, Purpose.REQUEST),
    ):
        await planner.plan_one(to=Destination(to), issue_slug=slug, purpose=purpose, cut=Cut(), now=NOON)
    pushed = {SLUG: {DeliveryState.PLANNED: 3}, OTHER: {DeliveryState.PLANNED: 3}}
    assert await statistics.counts() == pushed
    assert await statistics.pushes() == {DeliveryState.PLANNED: 6}
    for slug, pushes, apart in ((SLUG, 3, 1), (ARCHIVED, 0, 2)):
        counts = await statistics.counts_of(slug)
        assert (sum(counts.pushes.rows.values()), sum(counts.apart.rows.values())) == (pushes, apart)
    async with database.writing() as connection:
        await connection.execute(sa.update(deliveries).values(state=DeliveryState.SENT))
        await delete_counted(connection, deliveries.c.issue_slug.in_((SLUG, ARCHIVED)))
    assert await statistics.counts() == {SLUG: {DeliveryState.SENT: 3}, OTHER: {DeliveryState.SENT: 3}}
    assert (await statistics.coverage(SLUG, since=NOON, states=())).deleted == 4
