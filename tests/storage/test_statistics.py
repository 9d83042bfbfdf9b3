"""The ledger counted: how far an issue has come, what is under way, who is out of reach."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.model import (
    EDITION,
    LEFT_OUT,
    Aim,
    Cut,
    DeliveryState,
    Destination,
    IssueState,
    Purpose,
    SubscriberState,
)
from bot.storage import Database, Deliveries, Issues, Planner, Statistics, Subscribers
from bot.storage.ledger_counts import CopyChange, StateCount
from bot.storage.past_counts import delete_counted
from bot.storage.schema import deliveries
from bot.storage.statistics import Coverage
from tests import builders as build
from tests.builders import NOON
from tests.storage.rows import add_issue, pushed, recorded, row, with_part

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


async def sent(ledger: Deliveries, token: int, *chats: int, slug: str = SLUG) -> None:
    """The chats have the issue whole, in one part."""
    for chat_id in chats:
        await recorded(ledger, with_part(await row(ledger, chat_id, slug), 10, last=True), token)


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
    await sent(ledger, token, 2, slug=OTHER)
    counts = await statistics.counts_of()
    assert {(one.aim, one.rows) for one in counts.states} >= {(Aim.RETRACT, 1), (Aim.SEND, 2)}
    assert counts.rows == {DeliveryState.PLANNED: 2, DeliveryState.SENT: 2, DeliveryState.SKIPPED: 2}


async def test_what_is_corrected_was_sent_and_the_correction_is_told_apart(
    ledger: Deliveries, statistics: Statistics, planner: Planner, issues: Issues, token: int
) -> None:
    new, all_sent = build.correction(), {DeliveryState.SENT: 3}
    await sent(ledger, token, 1, 2, -100200)
    await issues.update_text(SLUG, new)
    await planner.correct(SLUG, LATER)
    for done, chat_id in enumerate((1, 2)):
        for counts in (await statistics.counts_of(SLUG), (await statistics.counts())[SLUG]):
            assert (counts.rows, counts.open) == (all_sent, 3 - done)
            assert counts.change == CopyChange(aim=Aim.CORRECT, done=done, total=3)
        await recorded(ledger, (await row(ledger, chat_id)).finished(new.checksum[:EDITION]), token)
    last = (await row(ledger, -100200)).closed(DeliveryState.FAILED, "not corrected: x")
    await recorded(ledger, last, token)
    counts = await statistics.counts_of(SLUG)
    assert (counts.rows, counts.change) == ({DeliveryState.SENT: 2, DeliveryState.FAILED: 1}, None)


async def test_what_is_taken_back_was_sent_until_it_is_gone_and_the_recall_is_told_apart(
    ledger: Deliveries, statistics: Statistics, planner: Planner, token: int
) -> None:
    await sent(ledger, token, 1)
    await recorded(ledger, with_part(await row(ledger, 2), 20), token)
    await planner.retract(SLUG, LATER)
    for done, chat_id in enumerate((1, 2)):
        for counts in (await statistics.counts_of(SLUG), (await statistics.counts())[SLUG]):
            assert counts.rows == {DeliveryState.SENT: 2 - done, DeliveryState.SKIPPED: 1 + done}
            assert counts.change == CopyChange(aim=Aim.RETRACT, done=done, total=2)
        found = await row(ledger, chat_id)
        await recorded(ledger, found.without_part(found.parts[0].name).finished(""), token)
    assert (await statistics.counts_of(SLUG)).change is None


async def test_a_part_that_is_corrected_where_the_rest_was_left_out_is_as_little_sent_as_before(
    ledger: Deliveries, statistics: Statistics, planner: Planner, issues: Issues, token: int
) -> None:
    await sent(ledger, token, 1)
    for chat_id in (2, -100200):
        part = with_part(await row(ledger, chat_id), 20).closed(DeliveryState.SKIPPED, LEFT_OUT)
        await recorded(ledger, part, token)
    before = await pushed(statistics)
    await issues.update_text(SLUG, build.correction())
    await planner.correct(SLUG, LATER)
    assert (await statistics.counts_of(SLUG)).open == 3
    assert await pushed(statistics) == before


async def test_reasons_stand_with_the_state_that_their_rows_count_as(
    ledger: Deliveries, statistics: Statistics, planner: Planner, issues: Issues, token: int
) -> None:
    await sent(ledger, token, 1)
    await issues.update_text(SLUG, build.correction(), even_if_under_way=True)
    await planner.correct(SLUG, LATER)
    await recorded(ledger, replace(await row(ledger, 1), reason="Flood"), token)
    assert await statistics.reasons(SLUG) == ((DeliveryState.SENT, "Flood", 1),)


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
    planned = {DeliveryState.PLANNED: 3}
    assert await pushed(statistics) == {SLUG: planned, OTHER: planned}
    assert await statistics.pushes() == {DeliveryState.PLANNED: 6}
    for slug, pushes, apart in ((SLUG, 3, 1), (ARCHIVED, 0, 2)):
        counts = await statistics.counts_of(slug)
        assert (sum(counts.pushes.rows.values()), sum(counts.apart.rows.values())) == (pushes, apart)
    async with database.writing() as connection:
        await connection.execute(sa.update(deliveries).values(state=DeliveryState.SENT))
        await delete_counted(connection, deliveries.c.issue_slug.in_((SLUG, ARCHIVED)))
    assert await pushed(statistics) == {SLUG: {DeliveryState.SENT: 3}, OTHER: {DeliveryState.SENT: 3}}
    assert (await statistics.coverage(SLUG, since=NOON, states=())).deleted == 4
