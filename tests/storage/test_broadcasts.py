"""How an issue went to everybody is told as it was, also if it was taken back or corrected on its way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import EDITION, NOT_SENT, Aim, Cut, DeliveryState, Destination, Purpose, SubscriberState
from bot.storage import Database, Deliveries, Issues, Planner, Subscribers
from bot.storage.broadcasts import Broadcasts, Totals
from tests import builders as build
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row, with_part

SLUG = "2026-03-02"
WHOLE, PART, FAILED, NOTHING, LATE = range(1, 6)


@pytest.fixture
async def half_sent(
    database: Database, issues: Issues, subscribers: Subscribers, ledger: Deliveries, token: int
) -> Planner:
    """One chat has all of the issue, one a part, one failed, and two have nothing yet."""
    planner = Planner(database)
    await add_issue(issues, SLUG)
    for chat_id in (WHOLE, PART, FAILED, NOTHING, LATE):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    await planner.push(SLUG, NOON)
    await recorded(ledger, with_part(await row(ledger, WHOLE), 11, last=True), token)
    await recorded(ledger, with_part(await row(ledger, PART), 21), token)
    await recorded(ledger, (await row(ledger, FAILED)).closed(DeliveryState.FAILED, "refused"), token)
    return planner


def told(found: Totals) -> tuple[int, int, int, int, bool]:
    """What an operator looks at."""
    return found.sent, found.failed, found.skipped, found.messages, found.taken_back


async def back(ledger: Deliveries, token: int, chat_id: int) -> None:
    """What stood in the chat is deleted."""
    found = await row(ledger, chat_id)
    for part in found.parts:
        found = found.without_part(part.name)
    await recorded(ledger, found.finished("another"), token)


async def test_a_broadcast_that_was_taken_back_half_way_had_come_to_those_it_had_come_to(
    database: Database, half_sent: Planner, ledger: Deliveries, token: int
) -> None:
    broadcasts = Broadcasts(database)
    assert await broadcasts.under_way(SLUG, Aim.SEND)
    assert await half_sent.retract(SLUG, NOON) == 2
    assert not await broadcasts.under_way(SLUG, Aim.SEND)
    assert await broadcasts.under_way(SLUG, Aim.RETRACT)
    assert told(await broadcasts.totals(SLUG, Aim.SEND)) == (2, 1, 2, 2, True)
    for chat_id in (WHOLE, PART):
        await back(ledger, token, chat_id)
    assert told(await broadcasts.totals(SLUG, Aim.SEND)) == (2, 1, 2, 0, True)


async def test_a_row_that_was_read_before_it_was_taken_back_is_of_the_broadcast_that_ended(
    database: Database, half_sent: Planner, ledger: Deliveries
) -> None:
    read = await row(ledger, LATE)
    await half_sent.retract(SLUG, NOON + timedelta(minutes=1))
    assert await Broadcasts(database).begun_at(read) == NOON


async def test_it_is_taken_back_from_those_alone_who_had_any_of_it(
    database: Database, half_sent: Planner, ledger: Deliveries, token: int
) -> None:
    broadcasts = Broadcasts(database)
    await half_sent.retract(SLUG, NOON)
    for chat_id in (NOTHING, LATE):
        ended = await row(ledger, chat_id)
        assert (ended.aim, ended.state, ended.reason) == (Aim.RETRACT, DeliveryState.SKIPPED, NOT_SENT)
    for chat_id in (WHOLE, PART):
        await back(ledger, token, chat_id)
    await half_sent.resume(NOON)
    assert not await broadcasts.under_way(SLUG, Aim.RETRACT)
    assert told(await broadcasts.totals(SLUG, Aim.RETRACT)) == (2, 0, 0, 0, False)


async def test_what_is_on_its_way_when_an_issue_is_taken_back_is_not_forgotten(
    database: Database, half_sent: Planner, ledger: Deliveries, token: int
) -> None:
    await recorded(ledger, (await row(ledger, LATE)).departing(), token)
    assert await half_sent.retract(SLUG, NOON) == 3
    assert (await row(ledger, LATE)).is_open
    assert told(await Broadcasts(database).totals(SLUG, Aim.SEND)) == (3, 1, 1, 2, True)


async def test_an_issue_published_anew_is_not_told_as_taken_back(
    database: Database, half_sent: Planner, ledger: Deliveries, token: int
) -> None:
    await half_sent.retract(SLUG, NOON)
    for chat_id in (WHOLE, PART):
        await back(ledger, token, chat_id)
    await half_sent.resume(NOON)
    await half_sent.push(SLUG, NOON)
    for chat_id in (WHOLE, PART, NOTHING, LATE):
        await recorded(ledger, with_part(await row(ledger, chat_id), 9, last=True), token)
    assert told(await Broadcasts(database).totals(SLUG, Aim.SEND)) == (4, 1, 0, 4, False)


async def test_who_had_it_when_it_was_corrected_on_its_way_was_sent_it(
    database: Database, half_sent: Planner, issues: Issues, ledger: Deliveries, token: int
) -> None:
    broadcasts = Broadcasts(database)
    await issues.update_text(SLUG, build.correction(), even_if_under_way=True)
    assert await half_sent.correct(SLUG, NOON) == 1
    for chat_id in (PART, NOTHING, LATE):
        await recorded(ledger, with_part(await row(ledger, chat_id), 9, last=True), token)
    assert not await broadcasts.under_way(SLUG, Aim.SEND)
    assert told(await broadcasts.totals(SLUG, Aim.SEND)) == (4, 1, 0, 5, False)


async def test_a_correction_that_was_taken_back_half_way_had_come_to_those_it_had_come_to(
    database: Database, half_sent: Planner, issues: Issues, ledger: Deliveries, token: int
) -> None:
    broadcasts = Broadcasts(database)
    for chat_id in (PART, NOTHING):
        await recorded(ledger, with_part(await row(ledger, chat_id), 9, last=True), token)
    await ledger.skip_all_of_chat(LATE, "stopped", NOON)
    new = build.correction()
    await issues.update_text(SLUG, new, even_if_under_way=True)
    assert await half_sent.correct(SLUG, NOON) == 3
    await recorded(ledger, (await row(ledger, WHOLE)).finished(new.checksum[:EDITION]), token)
    await half_sent.retract(SLUG, NOON)
    assert not await broadcasts.under_way(SLUG, Aim.CORRECT)
    assert told(await broadcasts.totals(SLUG, Aim.CORRECT))[:3] == (1, 0, 2)
    for chat_id in (WHOLE, PART, NOTHING):
        await back(ledger, token, chat_id)
    assert told(await broadcasts.totals(SLUG, Aim.CORRECT)) == (1, 0, 2, 0, True)


async def test_many_that_were_planned_together_begin_when_that_was_and_one_by_itself_is_none_of_them(
    database: Database, half_sent: Planner, issues: Issues, subscribers: Subscribers, ledger: Deliveries
) -> None:
    broadcasts, later = Broadcasts(database), NOON + timedelta(hours=1)
    await subscribers.join(Destination(9), Cut(), later)
    await half_sent.plan_one(to=Destination(9), issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=later)
    assert await broadcasts.begun_at(await row(ledger, NOTHING)) == NOON
    assert await broadcasts.begun_at(await row(ledger, 9)) is None
    await issues.update_text(SLUG, build.correction(), even_if_under_way=True)
    await half_sent.correct(SLUG, later)
    assert await broadcasts.begun_at(await row(ledger, WHOLE)) == later


@pytest.mark.usefixtures("half_sent")
async def test_what_reads_as_the_issue_does_and_is_opened_again_is_no_correction(
    database: Database, issues: Issues, ledger: Deliveries
) -> None:
    record = await issues.get(SLUG)
    assert record is not None
    found = replace(await row(ledger, WHOLE), aim=Aim.CORRECT, edition=record.checksum[:EDITION])
    await Subscribers(database).set_state(
        Destination(WHOLE), SubscriberState.ACTIVE, NOON + timedelta(hours=1)
    )
    assert await Broadcasts(database).begun_at(found) is None
    assert await Broadcasts(database).begun_at(replace(found, edition="before")) == NOON
