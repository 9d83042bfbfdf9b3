"""The ledger: what is due, and who may change it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.model import Cut, DeliveryState, Destination, Part, Purpose
from bot.storage import (
    SENDER,
    Database,
    Deliveries,
    Issues,
    Leases,
    Planner,
    Statistics,
    Subscribers,
    deliveries,
)
from bot.storage.connection import Connection
from tests.builders import NOON
from tests.nightly import on_either
from tests.storage.rows import add_issue, pushed, recorded, row, with_part

SLUG = "2026-03-02"
TOPICS = Cut(topics=("quantization",))
LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
async def _two_readers_of_an_issue(issues: Issues, subscribers: Subscribers, planner: Planner) -> None:
    await add_issue(issues)
    await subscribers.join(Destination(1), Cut(), NOON)
    await subscribers.join(Destination(2), TOPICS, NOON)
    await planner.push(SLUG, NOON)


async def ask(planner: Planner, chat_id: int = 1, slug: str = SLUG) -> bool:
    return await planner.plan_one(
        to=Destination(chat_id), issue_slug=slug, purpose=Purpose.REQUEST, cut=TOPICS, now=NOON
    )


async def test_what_was_asked_for_goes_first(ledger: Deliveries, planner: Planner) -> None:
    await ask(planner, chat_id=2)
    due = await ledger.due(NOON, limit=10)
    assert [(one.chat_id, one.purpose) for one in due] == [(2, Purpose.REQUEST), (1, Purpose.PUSH)]


async def test_a_chat_is_due_with_one_row_at_a_time(
    ledger: Deliveries, planner: Planner, issues: Issues
) -> None:
    await add_issue(issues, "2026-02-16")
    await ask(planner)
    await ask(planner, slug="2026-02-16")
    assert [one.chat_id for one in await ledger.due(NOON, limit=10)] == [1, 2]
    assert await ledger.due(NOON, limit=10, excluding={1, 2}) == ()


async def test_no_more_rows_are_due_than_asked_for(ledger: Deliveries) -> None:
    assert len(await ledger.due(NOON, limit=1)) == 1
    assert await ledger.due(NOON, limit=0) == ()


async def test_a_row_comes_back_as_it_was_written(ledger: Deliveries, token: int) -> None:
    parts = (
        Part(name="contents", message_id=11, content_hash="a/+1"),
        Part(name="论文.2", message_id=None, content_hash="b", uncertain=True),
    )
    changed = replace(
        await row(ledger),
        state=DeliveryState.SENDING,
        parts=parts,
        in_flight=True,
        attempts=3,
        not_before=LATER,
        reason='"quoted", 原因\n',
        edition="0123456789ab",
    )
    written = await recorded(ledger, changed, token)
    assert written is not None
    assert await row(ledger) == written


@on_either
async def test_many_rows_are_written_at_once_and_the_stale_ones_left(ledger: Deliveries, token: int) -> None:
    one, two = await row(ledger), await row(ledger, 2)
    await ledger.skip_all_of_chat(2, "stopped", NOON)
    keys = await ledger.record([with_part(one, 11), with_part(two, 21)], token=token, now=NOON)
    assert keys == {one.key}
    assert (await row(ledger, 2)).state is DeliveryState.SKIPPED


@on_either
async def test_a_row_is_changed_from_its_latest_version_only(ledger: Deliveries, token: int) -> None:
    planned = await row(ledger)
    first = await recorded(ledger, with_part(planned, 11), token)
    assert first is not None
    assert await recorded(ledger, with_part(planned, 12), token) is None
    done = await recorded(ledger, with_part(first, 13, last=True), token)
    assert done is not None
    assert (done.state, done.message_ids) == (DeliveryState.SENT, (11, 13))
    assert await recorded(ledger, with_part(done, 14), token) is None


async def test_a_former_sender_changes_nothing(ledger: Deliveries, leases: Leases, token: int) -> None:
    planned = await row(ledger)
    await leases.release(SENDER, token=token)
    newer = await leases.acquire(SENDER, holder="another", seconds=30)
    assert newer is not None
    assert await recorded(ledger, with_part(planned, 11), token) is None
    assert not await ledger.adopt(with_part(planned, 11), token=token, now=NOON)
    assert await row(ledger) == planned
    assert await recorded(ledger, with_part(planned, 12), newer) is not None


async def test_what_arrived_after_its_row_was_closed_is_known_all_the_same(
    ledger: Deliveries, token: int
) -> None:
    leaving = await recorded(ledger, (await row(ledger)).departing(), token)
    assert leaving is not None
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    closed = await row(ledger)
    assert await recorded(ledger, with_part(leaving, 11), token) is None
    assert await ledger.adopt(with_part(closed, 11), token=token, now=NOON)
    found = await row(ledger)
    assert (found.state, found.message_ids, found.in_flight) == (DeliveryState.SKIPPED, (11,), False)


async def test_a_row_that_is_put_off_waits_and_so_do_the_others_of_its_chat(
    ledger: Deliveries, planner: Planner, issues: Issues, token: int
) -> None:
    await ask(planner)
    await recorded(ledger, (await row(ledger)).deferred(LATER, "429", attempts=1, weight=20), token)
    await add_issue(issues, "2026-02-16")
    await ask(planner, slug="2026-02-16")
    assert [one.chat_id for one in await ledger.due(NOON, limit=10)] == [2]
    assert await ledger.next_due_at(NOON) == LATER
    assert [one.chat_id for one in await ledger.due(LATER, limit=10)] == [1, 2]
    deferred = await row(ledger)
    found = (deferred.not_before, deferred.reason, deferred.attempts, deferred.weight)
    assert found == (LATER, "429", 1, 20)


async def test_progress_clears_the_count_of_failures_and_why_it_was_put_off(
    ledger: Deliveries, token: int
) -> None:
    deferred = (await row(ledger)).deferred(NOON, "no answer", attempts=3, weight=22)
    written = await recorded(ledger, deferred, token)
    assert written is not None
    await recorded(ledger, with_part(written, 11, last=True), token)
    found = await row(ledger)
    assert (found.attempts, found.weight, found.reason) == (0, 0, None)


async def test_a_chat_that_is_gone_loses_its_open_rows_only(
    ledger: Deliveries, planner: Planner, issues: Issues, statistics: Statistics, token: int
) -> None:
    await recorded(ledger, with_part(await row(ledger), 11, last=True), token)
    await add_issue(issues, "2026-03-16")
    await planner.push("2026-03-16", NOON)
    assert await ledger.skip_all_of_chat(1, "blocked", NOON) == 1
    assert await pushed(statistics) == {
        SLUG: {DeliveryState.SENT: 1, DeliveryState.PLANNED: 1},
        "2026-03-16": {DeliveryState.SKIPPED: 1, DeliveryState.PLANNED: 1},
    }


async def test_a_chat_that_is_closed_to_the_bot_fails_whatever_waits_for_it(ledger: Deliveries) -> None:
    assert await ledger.fail_all_of_chat(1, "not enough rights", NOON) == 1
    failed = await row(ledger)
    assert (failed.state, failed.reason) == (DeliveryState.FAILED, "not enough rights")


async def test_what_waits_for_a_group_goes_on_under_its_new_id(
    ledger: Deliveries, subscribers: Subscribers, token: int
) -> None:
    begun = await recorded(ledger, with_part(await row(ledger), 11), token)
    assert begun is not None
    await subscribers.move(1, -100_1, NOON)
    moved = await row(ledger, -100_1)
    assert (moved.state, moved.part_count, moved.version) == (DeliveryState.SENDING, 1, 2)
    assert moved.message_ids == ()  # there, they would name somebody else's messages
    assert await recorded(ledger, with_part(begun, 12), token) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_claiming_and_recording_read_the_indexes_made_for_them(database: Database) -> None:
    """With a million rows in the ledger, neither must look at all of them."""
    async with database.reading() as connection:
        free, late = deliveries._due(connection, Purpose.PUSH, NOON)
        due = await steps(connection, free.limit(3)), await steps(connection, late.limit(3))
        record = await steps(connection, deliveries._record(connection, 1, NOON))
    assert "deliveries_due (purpose=? AND not_before=?)" in due[0]
    assert "deliveries_due (purpose=? AND not_before>? AND not_before<?)" in due[1]
    assert not any("TEMP B-TREE" in one for one in due)
    assert (
        "SEARCH deliveries USING PRIMARY KEY (issue_slug=? AND chat_id=? AND thread=? AND purpose=?)"
        in record
    )


async def steps(connection: Connection, statement: sa.Select[*tuple[object, ...]] | sa.Update) -> str:
    """How the database goes about it."""
    compiled = statement.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    values = (None,) * str(compiled).count("?")
    plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
    return " ".join(str(step) for step in plan)


async def test_what_is_unfolded_of_a_message_is_noted_once_it_is_delivered(ledger: Deliveries) -> None:
    (first, _) = await ledger.due(NOON, limit=10)
    part = Part(name="contents", message_id=7, content_hash="h")
    assert not await ledger.note_face(replace(first, parts=(part,)), 7, "papers", NOON)
    done = replace(first, parts=(part,), state=DeliveryState.SENT)
    assert await ledger.note_face(done, 7, "papers", NOON)
    known = await ledger.get(SLUG, first.destination, first.purpose)
    assert known is not None
    assert known.parts == (replace(part, face="papers"),)
    assert not await ledger.note_face(done, 7, "news", NOON)
    assert not await ledger.note_face(replace(done, version=known.version), 8, "news", NOON)


async def test_a_row_is_turned_to_another_cut_unless_somebody_changed_it(ledger: Deliveries) -> None:
    (first, _) = await ledger.due(NOON, limit=10)
    turned = await ledger.change_cut(first, TOPICS, NOON)
    assert turned == replace(first, cut=TOPICS, version=first.version + 1)
    assert turned == await ledger.get(SLUG, first.destination, first.purpose)
    assert await ledger.change_cut(first, Cut(), NOON) is None
