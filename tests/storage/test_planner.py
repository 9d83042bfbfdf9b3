"""Rows are planned once, for everyone or for one, whatever cuts the planning short."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.model import (
    AT_ONCE,
    NOT_SENT,
    Aim,
    Cut,
    Delivery,
    DeliveryState,
    Destination,
    IssueState,
    Purpose,
    SubscriberState,
)
from bot.storage import Database, Deliveries, ImportRow, Issues, Planner, Statistics, Subscribers
from bot.storage.schema import deliveries, plans
from tests import builders as build
from tests.builders import NOON
from tests.nightly import on_either
from tests.storage.rows import add_issue, pushed, recorded, row, with_part

SLUG = "2026-03-02"
TOPICS = Cut(topics=("quantization",))
LATER = NOON + timedelta(minutes=5)
CORRECTED = build.correction()


@pytest.fixture(autouse=True)
async def _two_readers_and_an_issue(issues: Issues, subscribers: Subscribers) -> None:
    await add_issue(issues)
    await subscribers.join(Destination(1), Cut(), NOON)
    await subscribers.join(Destination(2), TOPICS, NOON)


async def ask(planner: Planner, chat_id: int = 1, slug: str = SLUG, cut: Cut = TOPICS) -> bool:
    return await planner.plan_one(
        to=Destination(chat_id), issue_slug=slug, purpose=Purpose.REQUEST, cut=cut, now=NOON
    )


async def sent(ledger: Deliveries, token: int, chat_id: int) -> Delivery:
    done = await recorded(ledger, with_part(await row(ledger, chat_id), 10 + chat_id, last=True), token)
    assert done is not None
    return done


@on_either
async def test_publishing_plans_every_active_subscriber_with_their_cut(
    planner: Planner, ledger: Deliveries, issues: Issues, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(3), Cut(), NOON)
    await subscribers.set_state(Destination(3), SubscriberState.BLOCKED, NOON)
    assert await planner.push(SLUG, NOON) == 2
    planned = {one.chat_id: one.cut for one in await ledger.due(NOON, limit=10)}
    assert planned == {1: Cut(), 2: TOPICS}
    published = await issues.get(SLUG)
    assert published is not None
    assert published.state is IssueState.PUBLISHED


async def test_publishing_twice_plans_once(planner: Planner, statistics: Statistics) -> None:
    await planner.push(SLUG, NOON)
    assert await planner.push(SLUG, NOON) is None
    assert await pushed(statistics) == {SLUG: {DeliveryState.PLANNED: 2}}


@on_either
async def test_many_are_planned_in_chunks_each_once(
    database: Database, subscribers: Subscribers, statistics: Statistics
) -> None:
    rows = [ImportRow(chat_id=chat_id, language="zh") for chat_id in range(-20, 100)]
    await subscribers.import_rows([one for one in rows if one.chat_id], NOON)
    assert await Planner(database, chunk=7).push(SLUG, NOON) == 119
    assert await pushed(statistics) == {SLUG: {DeliveryState.PLANNED: 119}}


class Killed(Exception):
    """Ends a planning process."""


class Dying(Planner):
    """Is killed after its first chunk."""

    chunks = 0

    async def _chunk_of(self, slug: str, now: datetime) -> int | None:
        if self.chunks:
            raise Killed
        self.chunks += 1
        return await super()._chunk_of(slug, now)


async def test_planning_cut_short_goes_on_where_it_was(
    database: Database, planner: Planner, statistics: Statistics
) -> None:
    with pytest.raises(Killed):
        await Dying(database, chunk=1).push(SLUG, NOON)
    assert await pushed(statistics) == {SLUG: {DeliveryState.PLANNED: 1}}
    assert (await statistics.counts_of(SLUG)).planning
    assert await planner.resume(NOON) == 1
    assert await pushed(statistics) == {SLUG: {DeliveryState.PLANNED: 2}}
    assert not (await statistics.counts_of(SLUG)).planning


@on_either
async def test_two_processes_that_plan_at_once_plan_once(database: Database, statistics: Statistics) -> None:
    several = [Planner(database, chunk=1) for _ in range(3)]
    await asyncio.gather(*(one.push(SLUG, NOON) for one in several), *(one.resume(NOON) for one in several))
    assert await pushed(statistics) == {SLUG: {DeliveryState.PLANNED: 2}}


async def test_who_joined_just_before_gets_the_issue_once(planner: Planner) -> None:
    assert await planner.plan_one(
        to=Destination(1), issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=NOON
    )
    assert await planner.push(SLUG, NOON) == 1
    assert not await planner.plan_one(
        to=Destination(1), issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=NOON
    )


async def test_who_comes_back_gets_what_they_lack_of_the_issue_that_was_skipped_but_none_they_had(
    planner: Planner, ledger: Deliveries, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await recorded(ledger, with_part(await row(ledger), 11), token)
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    await sent(ledger, token, 2)
    planned = [
        await planner.plan_one(
            to=Destination(chat_id), issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=NOON
        )
        for chat_id in (1, 2)
    ]
    assert planned == [True, False]
    again = await row(ledger)
    assert (again.message_ids, again.state) == (
        (11,),
        DeliveryState.PLANNED,
    )


async def test_a_new_row_is_whole(planner: Planner, ledger: Deliveries) -> None:
    await planner.push(SLUG, NOON)
    assert await row(ledger) == Delivery(issue_slug=SLUG, chat_id=1, purpose=Purpose.PUSH, cut=Cut())


async def test_an_unknown_issue_cannot_be_planned(planner: Planner, database: Database) -> None:
    assert await planner.push("nothing", NOON) is None
    with pytest.raises(StoreError):
        await ask(planner, slug="nothing")
    assert await database.healthy()


async def test_asking_twice_sends_once(planner: Planner, ledger: Deliveries) -> None:
    assert await ask(planner)
    assert not await ask(planner, cut=Cut())
    (asked,) = await ledger.due(NOON, limit=10)
    assert asked.cut == TOPICS


async def test_asking_again_after_it_came_sends_it_again(
    planner: Planner, ledger: Deliveries, token: int
) -> None:
    await ask(planner)
    (asked,) = await ledger.due(NOON, limit=10)
    await recorded(ledger, with_part(asked, 11, last=True), token)
    assert await ledger.due(NOON, limit=10) == ()
    assert await ask(planner, cut=Cut())
    (again,) = await ledger.due(NOON, limit=10)
    assert (again.part_count, again.message_ids, again.cut) == (0, (), Cut())


async def test_a_new_issue_waits_with_the_chat_that_must_wait(
    planner: Planner, ledger: Deliveries, issues: Issues, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await recorded(ledger, (await row(ledger)).deferred(LATER, "429", attempts=0, weight=0), token)
    await add_issue(issues, "2026-03-16")
    await planner.push("2026-03-16", NOON)
    assert (await row(ledger, 1, "2026-03-16")).not_before == LATER
    assert (await row(ledger, 2, "2026-03-16")).not_before == AT_ONCE


async def test_a_correction_goes_to_those_who_have_the_issue_as_it_was(
    planner: Planner, ledger: Deliveries, issues: Issues, subscribers: Subscribers, token: int
) -> None:
    await subscribers.join(Destination(3), Cut(), NOON)
    await planner.push(SLUG, NOON)
    for chat_id in (1, 3):
        await sent(ledger, token, chat_id)
    await ledger.skip_all_of_chat(2, "stopped", NOON)
    await subscribers.set_state(Destination(3), SubscriberState.BLOCKED, NOON)
    await issues.update_text(SLUG, CORRECTED)
    assert await planner.correct(SLUG, NOON) == 1
    planned = await row(ledger)
    assert (planned.aim, planned.state, planned.message_ids) == (Aim.CORRECT, DeliveryState.PLANNED, (11,))


async def test_what_was_under_way_when_a_correction_came_is_looked_at_again(
    planner: Planner, ledger: Deliveries, issues: Issues, statistics: Statistics, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await sent(ledger, token, 2)
    await issues.update_text(SLUG, CORRECTED, even_if_under_way=True)
    assert await planner.correct(SLUG, NOON) == 1
    await sent(ledger, token, 1)  # with the text it had begun with
    assert await planner.resume(LATER) == 0  # chat 2 is under way now
    await recorded(ledger, (await row(ledger, 2)).finished("c2"), token)
    assert await planner.resume(LATER) == 1
    assert (await row(ledger)).aim is Aim.CORRECT
    await recorded(ledger, (await row(ledger)).finished("c2"), token)
    assert [await planner.resume(LATER) for _ in range(2)] == [0, 0]
    assert not (await statistics.counts_of(SLUG)).planning


async def test_the_text_stays_while_a_plan_that_was_cut_short_has_nobody_yet(
    issues: Issues, planner: Planner, database: Database
) -> None:
    await planner.push(SLUG, NOON)
    async with database.writing() as connection:  # as a process leaves it that ends before the first chunk
        await connection.execute(sa.delete(deliveries))
        cut_short = {"issue_slug": SLUG, "aim": Aim.SEND, "after": None, "swept": False, "begun_at": NOON}
        await connection.execute(sa.insert(plans).values(cut_short))
    assert not await issues.update_text(SLUG, CORRECTED)
    assert await planner.resume(NOON) == 2
    assert not await issues.update_text(SLUG, CORRECTED)


async def test_only_the_text_that_was_meant_is_sent_as_a_correction(
    planner: Planner, issues: Issues, ledger: Deliveries, token: int
) -> None:
    await planner.push(SLUG, NOON)
    for chat_id in (1, 2):
        await sent(ledger, token, chat_id)
    await issues.update_text(SLUG, CORRECTED)
    assert await planner.correct(SLUG, NOON, checksum="c1") is None
    assert [one.slug for one in await issues.corrected()] == [SLUG]
    assert await planner.correct(SLUG, NOON, checksum="c2") == 2


async def test_what_could_not_be_taken_back_is_tried_again_by_the_next_retraction_alone(
    planner: Planner, ledger: Deliveries, statistics: Statistics, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await sent(ledger, token, 1)
    await planner.retract(SLUG, LATER)
    await recorded(ledger, (await row(ledger)).closed(DeliveryState.FAILED, "too old"), token)
    assert await planner.resume(LATER) == 0
    assert not (await statistics.counts_of(SLUG)).planning
    assert await planner.retract(SLUG, LATER + timedelta(seconds=1)) == 1


async def test_what_could_not_be_corrected_is_tried_again_by_the_next_correction_alone(
    planner: Planner, ledger: Deliveries, issues: Issues, statistics: Statistics, token: int
) -> None:
    await planner.push(SLUG, NOON)
    for chat_id in (1, 2):
        await sent(ledger, token, chat_id)
    await issues.update_text(SLUG, CORRECTED, even_if_under_way=True)
    assert await planner.correct(SLUG, LATER) == 2
    for chat_id in (1, 2):
        failed = (await row(ledger, chat_id)).closed(DeliveryState.FAILED, "refused")
        await recorded(ledger, failed, token)
    later = LATER + timedelta(minutes=1)
    assert await planner.resume(later) == 0
    assert not (await statistics.counts_of(SLUG)).planning
    assert await planner.correct(SLUG, later) == 2


async def test_what_was_never_published_is_not_corrected_but_can_be_called_off(planner: Planner) -> None:
    assert await planner.correct(SLUG, NOON) is None
    assert await planner.retract(SLUG, NOON) == 0


async def test_an_issue_is_taken_back_from_all_who_have_any_of_it(
    planner: Planner, ledger: Deliveries, issues: Issues, subscribers: Subscribers, token: int
) -> None:
    await subscribers.join(Destination(3), Cut(), NOON)
    await planner.push(SLUG, NOON)
    await sent(ledger, token, 1)
    await recorded(ledger, with_part(await row(ledger, 2), 22), token)
    assert await planner.retract(SLUG, NOON) == 2  # the third has nothing of it, and is to get nothing
    third = await row(ledger, 3)
    assert (third.state, third.reason) == (DeliveryState.SKIPPED, NOT_SENT)
    assert {(await row(ledger, chat_id)).aim for chat_id in (1, 2, 3)} == {Aim.RETRACT}
    taken = await issues.get(SLUG)
    assert taken is not None
    assert taken.state is IssueState.RETRACTED


async def test_an_issue_that_was_taken_back_can_be_published_anew(
    planner: Planner, ledger: Deliveries, token: int
) -> None:
    await planner.push(SLUG, NOON)
    done = await sent(ledger, token, 1)
    await planner.retract(SLUG, NOON)
    back = replace(await row(ledger), parts=()).finished("c1")
    assert await recorded(ledger, back, token) is not None
    assert await planner.push(SLUG, LATER) == 2  # from the other it was being taken back still
    again = await row(ledger)
    assert (again.aim, again.state, again.parts) == (Aim.SEND, DeliveryState.PLANNED, ())
    assert again.version > done.version
    assert (await row(ledger, 2)).aim is Aim.SEND


async def test_only_those_who_missed_an_issue_are_tried_again_with_what_they_have(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, token: int
) -> None:
    for chat_id in (3, 4):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    await planner.push(SLUG, NOON)
    part = await recorded(ledger, with_part(await row(ledger), 11), token)
    assert part is not None
    await recorded(ledger, part.closed(DeliveryState.FAILED, "refused"), token)
    await sent(ledger, token, 2)
    for chat_id in (3, 4):
        await ledger.skip_all_of_chat(chat_id, "stopped", NOON)
    await subscribers.set_state(Destination(4), SubscriberState.STOPPED, NOON)
    assert await planner.retry(SLUG, LATER) == 2
    assert sorted(one.chat_id for one in await ledger.due(LATER, limit=10)) == [1, 3]
    assert (await row(ledger)).message_ids == (11,)


async def test_pushes_that_did_not_arrive_in_time_are_skipped_with_that_reason(
    planner: Planner, ledger: Deliveries, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await sent(ledger, token, 2)
    await ask(planner, chat_id=2)
    assert await planner.expire(NOON, LATER) == 0
    assert await planner.expire(LATER, LATER) == 1
    late = await row(ledger)
    assert (late.state, late.reason) == (DeliveryState.SKIPPED, "not delivered in time")
    assert [one.purpose for one in await ledger.due(LATER, limit=10)] == [Purpose.REQUEST]


async def test_a_correction_lets_a_push_that_was_cut_short_come_to_its_end(
    database: Database, planner: Planner, statistics: Statistics
) -> None:
    with pytest.raises(Killed):
        await Dying(database, chunk=1).push(SLUG, NOON)
    await planner.correct(SLUG, NOON)
    assert await pushed(statistics) == {SLUG: {DeliveryState.PLANNED: 2}}


async def test_a_text_that_was_remembered_when_the_correction_came_is_looked_for_a_while(
    planner: Planner, ledger: Deliveries, issues: Issues, token: int
) -> None:
    """A reader asks for the issue just after; the courier remembers the text before."""
    await planner.push(SLUG, NOON)
    for chat_id in (1, 2):
        await sent(ledger, token, chat_id)
    await issues.update_text(SLUG, CORRECTED)
    await planner.correct(SLUG, NOON)
    for chat_id in (1, 2):
        await recorded(ledger, (await row(ledger, chat_id)).finished("c2"), token)
    await ask(planner)
    (asked,) = await ledger.due(NOON, limit=1)
    await recorded(ledger, with_part(asked, 31, last=True), token)
    seconds = (4, 6, 8)
    assert [await planner.resume(NOON + timedelta(seconds=after)) for after in seconds] == [0, 1, 0]


async def test_a_correction_that_failed_is_tried_again_with_the_next(
    planner: Planner, ledger: Deliveries, issues: Issues, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await sent(ledger, token, 1)
    await issues.update_text(SLUG, CORRECTED, even_if_under_way=True)
    await planner.correct(SLUG, NOON)
    await ledger.fail_all_of_chat(1, "no rights", NOON)
    assert await planner.correct(SLUG, LATER) == 1


async def test_who_stops_still_has_taken_back_what_was_taken_back(
    planner: Planner, ledger: Deliveries, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await sent(ledger, token, 1)
    await planner.retract(SLUG, NOON)
    assert await ledger.skip_open_sends(Destination(1), "stopped", NOON) == 0
    assert (await row(ledger)).is_open
    await ledger.fail_all_of_chat(1, "no rights", NOON)
    assert await planner.retract(SLUG, LATER) == 1  # and it can be tried again


async def test_an_issue_taken_back_goes_to_nobody_any_more(
    planner: Planner, ledger: Deliveries, token: int
) -> None:
    await planner.push(SLUG, NOON)
    await recorded(ledger, (await row(ledger)).closed(DeliveryState.FAILED, "refused"), token)
    await planner.retract(SLUG, NOON)
    assert not await ask(planner)
    assert await planner.retry(SLUG, NOON) == 0
    assert await planner.push_waiting(SLUG, "c1", NOON) is None


async def test_who_stopped_while_the_issue_was_planned_is_left_out(
    database: Database, planner: Planner, subscribers: Subscribers, ledger: Deliveries
) -> None:
    with pytest.raises(Killed):
        await Dying(database, chunk=1).push(SLUG, NOON)
    await subscribers.set_state(Destination(1), SubscriberState.STOPPED, NOON)
    await planner.resume(NOON)
    assert [one.chat_id for one in await ledger.due(NOON, limit=9)] == [2]
