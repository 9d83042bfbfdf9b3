"""What waits and was not begun comes as its reader wants it by now, whatever it was planned as."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from bot.model import Cut, DeliveryState, Destination, HeldPushes, Hours, Interests, Language, Mode, Purpose
from bot.storage import Database, Deliveries, ImportRow, Issues, Planner, Subscribers
from bot.storage.hours_due import HoursDue
from bot.storage.reader_hours import ReaderHours
from bot.storage.schema import deliveries, plans
from tests.builders import NOON
from tests.nightly import on_either
from tests.storage.rows import add_issue, recorded, row, with_part

FIRST, SECOND = "2026-03-02", "2026-03-03"
EIGHT = NOON + timedelta(hours=8)
PRUNING = Cut(language="en", mode=Mode.HEADLINES, topics=("pruning",))
RICH = Cut(mode=Mode.RICH)


@pytest.fixture(autouse=True)
async def _readers_and_issues(issues: Issues, subscribers: Subscribers, database: Database) -> None:
    for slug in (FIRST, SECOND):
        await add_issue(issues, slug)
    for chat_id in (1, 2):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    evening = Hours(zone="UTC", at=time(20))
    await ReaderHours(database).change(Destination(2), lambda _: evening, NOON)


async def wish(subscribers: Subscribers, to: Destination, cut: Cut) -> None:
    await subscribers.change_cut(to, lambda _: cut, NOON)


@on_either
@pytest.mark.parametrize("chat_id", [1, 2])
async def test_what_waits_for_its_turn_or_its_hour_comes_by_the_changed_cut(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, chat_id: int
) -> None:
    await planner.push(FIRST, NOON)
    planned = await row(ledger, chat_id)
    await wish(subscribers, Destination(chat_id), PRUNING)
    moved = await row(ledger, chat_id)
    assert moved == replace(planned, cut=PRUNING, version=planned.version + 1)
    assert (await row(ledger, 3 - chat_id)).cut == Cut()


async def test_a_topic_of_a_forum_changes_what_waits_for_it_alone(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers
) -> None:
    general, topic = Destination(-5), Destination(-5, 7)
    for to in (general, topic):
        await subscribers.join(to, Cut(), NOON)
    await planner.push(FIRST, NOON)
    await wish(subscribers, topic, PRUNING)
    found = [await ledger.get(FIRST, to, Purpose.PUSH) for to in (general, topic)]
    assert [one.cut for one in found if one] == [Cut(), PRUNING]


@on_either
async def test_what_waits_comes_by_an_imported_cut(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers
) -> None:
    await planner.push(FIRST, NOON)
    followed = Interests(topics=PRUNING.topics)
    changed = ImportRow(chat_id=1, language="en", mode=PRUNING.mode, followed=followed)
    await subscribers.import_rows([changed, ImportRow(chat_id=2, language="zh")], NOON)
    assert [(await row(ledger, one)).cut for one in (1, 2)] == [PRUNING, Cut()]
    assert (await row(ledger, 2)).version == 0


async def test_what_was_begun_is_brought_to_its_end_as_it_began(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, token: int
) -> None:
    await planner.push(FIRST, NOON)
    await recorded(ledger, with_part(await row(ledger), 11), token)
    await recorded(ledger, (await row(ledger, 2)).departing(), token)
    for chat_id in (1, 2):
        await wish(subscribers, Destination(chat_id), PRUNING)
    assert [(await row(ledger, one)).cut for one in (1, 2)] == [Cut(), Cut()]


async def test_what_a_reader_asked_for_comes_as_it_was_asked_for(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers
) -> None:
    await planner.push(FIRST, NOON)
    to, rest = Destination(1), replace(PRUNING, rest=True)
    await planner.plan_one(to=to, issue_slug=FIRST, purpose=Purpose.REST, cut=rest, now=NOON)
    await wish(subscribers, to, RICH)
    asked = await ledger.get(FIRST, to, Purpose.REST)
    assert asked is not None
    assert asked.cut == rest


@pytest.mark.parametrize("language", ["zh", "zh-Hant"])
async def test_an_issue_that_says_why_it_is_in_full_says_it_still(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, language: Language
) -> None:
    rich = replace(RICH, language=language)
    await wish(subscribers, Destination(1), rich)
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    instead, whole = replace(rich, mode=Mode.FULL, instead=True), replace(rich, mode=Mode.FULL)
    await ledger.change_cut(await row(ledger), instead, NOON)
    await wish(subscribers, Destination(1), whole)
    assert [(await row(ledger, 1, slug)).cut for slug in (FIRST, SECOND)] == [instead, whole]


async def test_what_was_to_be_told_with_a_newer_issue_comes_by_the_changed_cut_if_that_is_taken_back(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, database: Database, token: int
) -> None:
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    due, nothing = await ledger.due(EIGHT, limit=9), HeldPushes()
    await HoursDue(database).gather(due, held=nothing, token=token, now=EIGHT)
    assert (await row(ledger, 2)).state is DeliveryState.SKIPPED
    await wish(subscribers, Destination(2), PRUNING)
    await planner.retract(SECOND, EIGHT)
    again = await row(ledger, 2)
    assert (again.state, again.cut) == (DeliveryState.PLANNED, PRUNING)


async def test_what_failed_and_is_tried_again_comes_by_the_changed_cut(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, token: int
) -> None:
    await planner.push(FIRST, NOON)
    await recorded(ledger, with_part(await row(ledger), 11), token)
    for chat_id in (1, 2):
        await ledger.fail_all_of_chat(chat_id, "forbidden", NOON)
        await wish(subscribers, Destination(chat_id), PRUNING)
    assert await planner.retry(FIRST, NOON) == 2
    assert [(await row(ledger, one)).cut for one in (1, 2)] == [Cut(), PRUNING]


async def test_a_change_that_planning_overlooked_counts_once_everybody_is_planned(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, database: Database
) -> None:
    await planner.push(FIRST, NOON)
    await wish(subscribers, Destination(1), PRUNING)
    async with database.writing() as connection:  # as a chunk that read the subscribers before
        await connection.execute(sa.update(deliveries).values(cut=Cut().signature))
        begun = {"issue_slug": FIRST, "aim": "send", "after": 9, "swept": False, "begun_at": NOON}
        await connection.execute(sa.insert(plans).values(begun))
    await planner.resume(NOON)
    assert (await row(ledger)).cut == PRUNING
