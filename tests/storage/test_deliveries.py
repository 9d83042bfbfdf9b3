from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.errors import StoreError
from bot.model import Cut, DeliveryState, IssueState, Purpose, SubscriberState
from bot.storage import Database, Deliveries, Issues, Subscribers, deliveries
from tests.builders import NOON
from tests.storage.rows import add_issue, row

SLUG = "2026-03-02"
TOPICS = Cut(topics=("quantization",))
LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
async def _two_readers_and_an_issue(issues: Issues, subscribers: Subscribers) -> None:
    await add_issue(issues)
    await subscribers.join(1, Cut(), NOON)
    await subscribers.join(2, TOPICS, NOON)


async def ask(ledger: Deliveries, chat_id: int = 1, slug: str = SLUG, cut: Cut = TOPICS) -> bool:
    return await ledger.plan_one(chat_id=chat_id, issue_slug=slug, purpose=Purpose.REQUEST, cut=cut, now=NOON)


async def test_publishing_plans_every_active_subscriber_with_their_cut(
    ledger: Deliveries, issues: Issues, subscribers: Subscribers
) -> None:
    await subscribers.join(3, Cut(), NOON)
    await subscribers.set_state(3, SubscriberState.BLOCKED, NOON)
    assert await ledger.plan_push(SLUG, NOON) == 2
    assert [(one.chat_id, one.cut) for one in await ledger.due(NOON, limit=10)] == [(1, Cut()), (2, TOPICS)]
    published = await issues.get(SLUG)
    assert published is not None
    assert published.state is IssueState.PUBLISHED


async def test_publishing_twice_plans_once(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    assert await ledger.plan_push(SLUG, NOON) is None
    assert await ledger.counts() == {SLUG: {DeliveryState.PLANNED: 2}}


async def test_who_joined_just_before_gets_the_issue_once(ledger: Deliveries) -> None:
    assert await ledger.plan_one(chat_id=1, issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=NOON)
    assert await ledger.plan_push(SLUG, NOON) == 1
    assert not await ledger.plan_one(chat_id=1, issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=NOON)


async def test_a_row_stands_until_it_moves_on_or_is_closed_or_planned_for_another_cut(
    ledger: Deliveries,
) -> None:
    await ledger.plan_push(SLUG, NOON)
    planned = await row(ledger)
    assert await ledger.stands(planned)
    moved = await ledger.record_part(planned, 11, last=False, now=NOON)
    assert moved is not None
    assert (await ledger.stands(planned), await ledger.stands(moved)) == (False, True)
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    assert not await ledger.stands(moved)
    await ledger.plan_one(chat_id=1, issue_slug=SLUG, purpose=Purpose.PUSH, cut=TOPICS, now=NOON)
    assert not await ledger.stands(planned)


async def test_who_comes_back_gets_the_issue_that_was_skipped_but_none_they_had(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    part = await ledger.record_part(await row(ledger), 11, last=False, now=NOON)
    assert part is not None
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    await ledger.record_part(await row(ledger, 2), 12, last=True, now=NOON)
    planned = [
        await ledger.plan_one(chat_id=chat_id, issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=NOON)
        for chat_id in (1, 2)
    ]
    assert planned == [True, False]
    assert ((await row(ledger)).next_part, (await row(ledger)).state) == (0, DeliveryState.PLANNED)


async def test_a_new_row_is_whole(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    planned = await row(ledger)
    assert (planned.state, planned.next_part, planned.message_ids, planned.attempts) == (
        DeliveryState.PLANNED,
        0,
        (),
        0,
    )
    assert (planned.not_before, planned.reason) == (NOON, None)


async def test_an_unknown_issue_cannot_be_planned(ledger: Deliveries) -> None:
    assert await ledger.plan_push("nothing", NOON) is None
    with pytest.raises(StoreError):
        await ask(ledger, slug="nothing")


async def test_asking_twice_sends_once(ledger: Deliveries) -> None:
    assert await ask(ledger)
    assert not await ask(ledger, cut=Cut())
    (asked,) = await ledger.due(NOON, limit=10)
    assert asked.cut == TOPICS


async def test_asking_again_after_it_came_sends_it_again(ledger: Deliveries) -> None:
    await ask(ledger)
    (asked,) = await ledger.due(NOON, limit=10)
    await ledger.record_part(asked, 11, last=True, now=NOON)
    assert await ledger.due(NOON, limit=10) == ()
    assert await ask(ledger, cut=Cut())
    (again,) = await ledger.due(NOON, limit=10)
    assert (again.next_part, again.message_ids, again.cut) == (0, (), Cut())


async def test_what_was_asked_for_goes_first(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    await ask(ledger, chat_id=2)
    due = await ledger.due(NOON, limit=10)
    assert [(one.chat_id, one.purpose) for one in due] == [(2, Purpose.REQUEST), (1, Purpose.PUSH)]


async def test_a_chat_is_due_with_one_row_at_a_time(ledger: Deliveries, issues: Issues) -> None:
    await add_issue(issues, "2026-02-16")
    await ask(ledger)
    await ask(ledger, slug="2026-02-16")
    assert len(await ledger.due(NOON, limit=10)) == 1
    assert await ledger.due(NOON, limit=10, excluding={1}) == ()


async def test_no_more_rows_are_due_than_asked_for(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    assert len(await ledger.due(NOON, limit=1)) == 1
    assert await ledger.due(NOON, limit=0) == ()


async def test_each_part_is_recorded_in_its_turn(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    first = await row(ledger)
    second = await ledger.record_part(first, 11, last=False, now=NOON)
    assert second is not None
    assert (second.state, second.next_part, second.message_ids) == (DeliveryState.SENDING, 1, (11,))
    assert await ledger.record_part(first, 12, last=False, now=NOON) is None
    done = await ledger.record_part(second, 13, last=True, now=NOON)
    assert done is not None
    assert (done.state, done.next_part, done.message_ids) == (DeliveryState.SENT, 2, (11, 13))


async def test_a_closed_row_takes_no_part(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    planned = await row(ledger)
    await ledger.skip(planned, "stopped", NOON)
    assert await ledger.record_part(planned, 11, last=False, now=NOON) is None
    assert (await row(ledger)).state is DeliveryState.SKIPPED


async def test_a_deferred_row_waits_and_so_do_the_others_of_its_chat(
    ledger: Deliveries, issues: Issues
) -> None:
    await ledger.plan_push(SLUG, NOON)
    await ask(ledger)
    await ledger.defer(await row(ledger), not_before=LATER, reason="429", attempts=1, now=NOON)
    await add_issue(issues, "2026-02-16")
    await ask(ledger, slug="2026-02-16")
    assert [one.chat_id for one in await ledger.due(NOON, limit=10)] == [2]
    assert await ledger.next_due_at(NOON) == LATER
    assert [one.chat_id for one in await ledger.due(LATER, limit=10)] == [1, 2]
    deferred = await row(ledger)
    assert (deferred.not_before, deferred.reason, deferred.attempts) == (LATER, "429", 1)


async def test_a_new_issue_waits_with_the_chat_that_must_wait(ledger: Deliveries, issues: Issues) -> None:
    await ledger.plan_push(SLUG, NOON)
    await ledger.defer(await row(ledger), not_before=LATER, reason="429", attempts=0, now=NOON)
    await add_issue(issues, "2026-03-16")
    await ledger.plan_push("2026-03-16", NOON)
    assert (await row(ledger, 1, "2026-03-16")).not_before == LATER
    assert (await row(ledger, 2, "2026-03-16")).not_before == NOON


async def test_progress_clears_the_count_of_failures_but_not_the_reason(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    await ledger.defer(await row(ledger), not_before=NOON, reason="no answer", attempts=3, now=NOON)
    part = await ledger.record_part(await row(ledger), 11, last=True, now=NOON)
    assert part is not None
    assert (part.attempts, part.reason) == (0, "no answer")


async def test_a_failed_row_keeps_its_reason_and_its_progress(ledger: Deliveries) -> None:
    await ledger.plan_push(SLUG, NOON)
    part = await ledger.record_part(await row(ledger), 11, last=False, now=NOON)
    assert part is not None
    await ledger.fail(part, "too long", NOON)
    failed = await row(ledger)
    assert (failed.state, failed.reason, failed.message_ids) == (DeliveryState.FAILED, "too long", (11,))


async def test_a_chat_that_is_gone_loses_its_open_rows_only(ledger: Deliveries, issues: Issues) -> None:
    await add_issue(issues, "2026-02-16")
    await ledger.plan_push("2026-02-16", NOON)
    await ledger.record_part(await row(ledger, 1, "2026-02-16"), 11, last=True, now=NOON)
    await ledger.plan_push(SLUG, NOON)
    assert await ledger.skip_all_of_chat(1, "blocked", NOON) == 1
    assert await ledger.counts() == {
        "2026-02-16": {DeliveryState.SENT: 1, DeliveryState.PLANNED: 1},
        SLUG: {DeliveryState.SKIPPED: 1, DeliveryState.PLANNED: 1},
    }
    assert await ledger.next_due_at(NOON) is None


async def test_claiming_reads_the_index_made_for_it(database: Database) -> None:
    """With a million rows in the ledger, a claim must not look at those already sent."""
    query = deliveries._due(Purpose.PUSH, NOON, {5}).limit(3)
    words = str(
        query.compile(
            dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True, "render_postcompile": True}
        )
    )
    async with database.reading() as connection:
        plan = " ".join(
            str(step) for step in await connection.execute(sa.text(f"EXPLAIN QUERY PLAN {words}"))
        )
    assert "deliveries_due (purpose=? AND not_before<?)" in plan
