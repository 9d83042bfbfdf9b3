"""What waits for its reader's hour: planned with its moment, gathered, and changed with the setting."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.model import (
    ANY_TIME,
    AT_ONCE,
    TOLD_WITH,
    Cut,
    Delivery,
    DeliveryState,
    Destination,
    HeldPushes,
    Hours,
    Purpose,
    Quiet,
)
from bot.storage import Database, Deliveries, ImportRow, Issues, MissedIssues, Planner, Subscribers
from bot.storage.hours_due import HoursDue
from bot.storage.reader_hours import ReaderHours
from bot.storage.schema import deliveries
from tests import builders as build
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row

FIRST, SECOND, THIRD = "2026-03-02", "2026-03-03", "2026-03-04"
EVENING = Hours(zone="UTC", at=time(20))
ASLEEP = Hours(zone="Asia/Shanghai", quiet=Quiet(begins=time(19), ends=time(7)))
EIGHT = NOON + timedelta(hours=8)
NOTHING_HELD = HeldPushes()


@pytest.fixture
def hours(database: Database) -> ReaderHours:
    return ReaderHours(database)


@pytest.fixture
def due(database: Database) -> HoursDue:
    return HoursDue(database)


@pytest.fixture(autouse=True)
async def _readers_and_issues(issues: Issues, subscribers: Subscribers, hours: ReaderHours) -> None:
    for slug in (FIRST, SECOND, THIRD):
        await add_issue(issues, slug)
    for chat_id, wanted in ((1, ANY_TIME), (2, EVENING), (3, ASLEEP)):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
        await hours.change(Destination(chat_id), lambda _, wanted=wanted: wanted, NOON)  # type: ignore[misc]


async def chats_due(ledger: Deliveries, now: datetime) -> list[int]:
    return [one.chat_id for one in await ledger.due(now, limit=9)]


async def gathered(
    ledger: Deliveries, due: HoursDue, token: int, now: datetime, held: HeldPushes = NOTHING_HELD
) -> tuple[Delivery, ...]:
    return await due.gather(await ledger.due(now, limit=9, held=held), held=held, token=token, now=now)


async def test_an_issue_is_planned_for_each_readers_hour(planner: Planner, ledger: Deliveries) -> None:
    assert await planner.push(FIRST, NOON) == 3
    planned = [await row(ledger, chat_id) for chat_id in (1, 2, 3)]
    assert [one.not_before for one in planned] == [AT_ONCE, EIGHT, NOON + timedelta(hours=11)]
    assert [one.hours for one in planned] == [ANY_TIME, EVENING, ASLEEP]
    assert await chats_due(ledger, NOON) == [1]
    assert await ledger.next_due_at(NOON) == EIGHT
    assert await chats_due(ledger, EIGHT) == [1, 2]


async def test_a_chunk_that_is_planned_after_the_hour_goes_at_it_still(
    database: Database, ledger: Deliveries, planner: Planner
) -> None:
    await planner.push(FIRST, NOON)
    async with database.writing() as connection:
        await connection.execute(sa.delete(deliveries))
        begun = {"slug": FIRST, "at": NOON}
        await connection.execute(
            sa.text(
                "INSERT INTO plans (issue_slug, aim, after, swept, begun_at)"
                " VALUES (:slug, 'send', NULL, false, :at)"
            ).bindparams(sa.bindparam("at", NOON, deliveries.c.planned_at.type)),
            begun,
        )
    assert await planner.resume(EIGHT + timedelta(minutes=1)) == 3
    assert (await row(ledger, 2)).not_before == EIGHT


async def test_what_waits_for_its_hour_keeps_no_request_waiting(planner: Planner, ledger: Deliveries) -> None:
    await planner.push(FIRST, NOON)
    to = Destination(2)
    await planner.plan_one(to=to, issue_slug=FIRST, purpose=Purpose.REQUEST, cut=Cut(), now=NOON)
    assert await chats_due(ledger, NOON) == [2, 1]


async def test_what_telegram_lets_wait_is_not_sent_earlier_for_an_hour(
    planner: Planner, ledger: Deliveries, token: int
) -> None:
    await planner.push(FIRST, NOON)
    until = EIGHT + timedelta(hours=1)
    deferred = (await row(ledger, 2)).deferred(until, "429", attempts=1, weight=0)
    assert await recorded(ledger, deferred, token)
    await planner.push(SECOND, NOON)
    assert (await row(ledger, 2, SECOND)).not_before == until
    assert (await row(ledger, 3, SECOND)).not_before == NOON + timedelta(hours=11)


async def test_what_waited_for_an_hour_comes_before_what_came_out_later(
    planner: Planner, ledger: Deliveries
) -> None:
    await planner.push(FIRST, NOON)
    await planner.push(SECOND, EIGHT + timedelta(seconds=1))
    found = await ledger.due(EIGHT + timedelta(minutes=1), limit=2)
    assert [(one.issue_slug, one.chat_id) for one in found] == [(FIRST, 1), (FIRST, 2)]


@pytest.mark.parametrize("wanted", [ANY_TIME, Hours(zone="UTC", at=time(13)), ASLEEP])
async def test_a_changed_setting_takes_effect_on_what_waits(
    planner: Planner, ledger: Deliveries, hours: ReaderHours, wanted: Hours
) -> None:
    await planner.push(FIRST, NOON)
    changed = await hours.change(Destination(2), lambda _: wanted, NOON)
    assert changed is not None
    assert changed.hours == wanted
    moved = await row(ledger, 2)
    kept = wanted if wanted.waits else EVENING  # by which several that waited go as one
    assert (moved.hours, moved.not_before) == (kept, wanted.not_before(NOON) or AT_ONCE)
    assert (await row(ledger, 1)).not_before == AT_ONCE


@pytest.mark.parametrize("wanted", [ANY_TIME, Hours(zone="UTC", at=time(13)), ASLEEP])
async def test_imported_hours_take_effect_on_what_waits(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers, wanted: Hours
) -> None:
    await planner.push(FIRST, NOON)
    rows = [ImportRow(chat_id=2, language="en", hours=wanted), ImportRow(chat_id=3, language="en")]
    await subscribers.import_rows(rows, NOON)
    moved, stays = await row(ledger, 2), await row(ledger, 3)
    kept = wanted if wanted.waits else EVENING  # by which several that waited go as one
    assert (moved.hours, moved.not_before) == (kept, wanted.not_before(NOON) or AT_ONCE)
    assert (stays.hours, stays.not_before) == (ASLEEP, ASLEEP.not_before(NOON))


async def test_what_is_due_is_not_put_off_by_a_choice_that_leaves_its_hour_as_it_was(
    planner: Planner, ledger: Deliveries, hours: ReaderHours, subscribers: Subscribers
) -> None:
    await planner.push(FIRST, NOON)
    later = EIGHT + timedelta(minutes=5)
    await hours.change(Destination(2), lambda one: replace(one, silent=True, on_topics=True), later)
    found = await row(ledger, 2)
    assert (found.hours.silent, found.not_before) == (True, EIGHT)
    await subscribers.import_rows([ImportRow(chat_id=2, language="en", hours=EVENING)], later)
    found = await row(ledger, 2)
    assert (found.hours, found.not_before) == (EVENING, EIGHT)


async def test_what_came_with_joining_waits_for_no_hour_that_is_chosen_right_after(
    planner: Planner, ledger: Deliveries, hours: ReaderHours, subscribers: Subscribers
) -> None:
    await planner.push(FIRST, NOON)
    joined, new = NOON + timedelta(hours=1), Destination(4)
    await subscribers.join(new, Cut(), joined)
    assert await planner.plan_one(to=new, issue_slug=FIRST, purpose=Purpose.PUSH, cut=Cut(), now=joined)
    await hours.change(new, lambda _: EVENING, joined)
    assert (await row(ledger, 4)).not_before == AT_ONCE


async def test_quiet_hours_switched_on_keep_what_is_on_its_way(
    planner: Planner, ledger: Deliveries, hours: ReaderHours
) -> None:
    await planner.push(FIRST, NOON)
    await hours.change(Destination(1), lambda _: ASLEEP, NOON)
    assert await chats_due(ledger, NOON) == []


async def test_who_never_subscribed_has_no_hours(hours: ReaderHours) -> None:
    assert await hours.change(Destination(9), lambda _: EVENING, NOON) is None


async def test_of_several_issues_the_newest_comes_and_names_the_others(
    planner: Planner, ledger: Deliveries, due: HoursDue, token: int, database: Database
) -> None:
    for slug in (FIRST, SECOND, THIRD):
        await planner.push(slug, NOON)
    found = {one.chat_id: one for one in await gathered(ledger, due, token, EIGHT)}
    assert (found[2].issue_slug, found[2].earlier) == (THIRD, (FIRST, SECOND))
    assert found[2] == await row(ledger, 2, THIRD)
    assert (found[1].issue_slug, found[1].earlier) == (FIRST, ())  # who waits for nothing gets each
    ended = await row(ledger, 2, FIRST)
    assert (ended.state, ended.reason) == (DeliveryState.SKIPPED, f"{TOLD_WITH}{THIRD}")
    missed = await MissedIssues(database).of(
        Destination(2), since=NOON - timedelta(days=1), until=EIGHT, limit=9
    )
    assert missed.total == 0
    assert await planner.retry(FIRST, EIGHT) == 0


@pytest.mark.parametrize("wanted", [Hours(silent=True), Hours(zone="UTC", on_topics=True)])
async def test_who_chose_no_hour_gets_each_issue_whole_beside_whoever_did(
    planner: Planner,
    ledger: Deliveries,
    due: HoursDue,
    hours: ReaderHours,
    token: int,
    wanted: Hours,
) -> None:
    await hours.change(Destination(1), lambda _: wanted, NOON)
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    found = [one for one in await gathered(ledger, due, token, EIGHT) if one.chat_id == 1]
    assert [(one.issue_slug, one.earlier) for one in found] == [(FIRST, ())]
    assert (await row(ledger, 1, SECOND)).is_open


async def test_an_issue_that_is_held_is_not_gathered(
    planner: Planner, ledger: Deliveries, due: HoursDue, token: int
) -> None:
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    held = HeldPushes(issues=frozenset({SECOND}))
    found = [one for one in await gathered(ledger, due, token, EIGHT, held) if one.chat_id == 2]
    assert [(one.issue_slug, one.earlier) for one in found] == [(FIRST, ())]


async def test_a_retracted_issue_never_goes_and_gives_back_what_it_was_to_tell(
    planner: Planner, ledger: Deliveries, due: HoursDue, token: int
) -> None:
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    await gathered(ledger, due, token, EIGHT)
    await planner.retract(SECOND, EIGHT)
    found = [one for one in await gathered(ledger, due, token, EIGHT) if one.chat_id == 2]
    assert [(one.issue_slug, one.earlier, one.is_open) for one in found] == [(FIRST, (), True)]


async def test_a_sender_that_lost_its_lease_gathers_nothing(
    planner: Planner, ledger: Deliveries, due: HoursDue, token: int
) -> None:
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    assert await gathered(ledger, due, token - 1, EIGHT) == ()
    assert (await row(ledger, 2)).is_open


async def test_a_row_is_put_off_and_no_other_of_its_chat(
    planner: Planner, ledger: Deliveries, due: HoursDue, token: int
) -> None:
    for slug in (FIRST, SECOND):
        await planner.push(slug, NOON)
    (one,) = [one for one in await ledger.due(EIGHT, limit=9) if one.chat_id == 2]
    await due.postpone([(one, EIGHT + timedelta(hours=1))], token=token, now=EIGHT)
    assert (await row(ledger, 2)).not_before == EIGHT + timedelta(hours=1)
    assert (await row(ledger, 2, SECOND)).not_before == EIGHT
    await due.postpone([(one, EIGHT)], token=token, now=EIGHT)  # of an older version
    assert (await row(ledger, 2)).not_before == EIGHT + timedelta(hours=1)


async def test_a_moment_that_a_zone_no_longer_has_is_set_anew(
    planner: Planner, ledger: Deliveries, hours: ReaderHours, database: Database
) -> None:
    await planner.push(FIRST, NOON)
    assert await hours.recompute(NOON) == 0
    before = EIGHT + timedelta(hours=1)  # as by an older tzdata
    async with database.writing() as connection:
        await connection.execute(
            sa.update(deliveries).where(deliveries.c.chat_id == 2).values(not_before=before)
        )
    assert await hours.recompute(NOON) == 1
    assert (await row(ledger, 2)).not_before == EIGHT
    assert (await row(ledger, 1)).not_before == AT_ONCE


async def test_a_start_between_an_hour_and_the_end_of_the_quiet_hours_over_it_puts_nothing_off(
    planner: Planner, ledger: Deliveries, hours: ReaderHours
) -> None:
    swallowed = replace(EVENING, day=0, quiet=Quiet(begins=time(19), ends=time(21)))
    await hours.change(Destination(2), lambda _: swallowed, NOON)
    await planner.push(FIRST, NOON)
    nine = (await row(ledger, 2)).not_before
    assert await hours.recompute(nine - timedelta(minutes=30)) == 0
    assert (await row(ledger, 2)).not_before == nine


async def test_what_waits_for_its_hour_keeps_no_correction_waiting_but_what_is_due_does(
    planner: Planner, ledger: Deliveries, issues: Issues, hours: ReaderHours
) -> None:
    await hours.change(Destination(1), lambda _: Hours(silent=True), NOON)
    await planner.push(FIRST, NOON)
    assert not await issues.update_text(FIRST, build.correction(), now=NOON)
    await ledger.skip_all_of_chat(1, "stopped", NOON)
    assert not await issues.update_text(FIRST, build.correction(), now=EIGHT)
    assert await issues.update_text(FIRST, build.correction(), now=NOON)


async def test_what_waits_for_its_hour_does_not_expire_before(planner: Planner, ledger: Deliveries) -> None:
    await planner.push(FIRST, NOON)
    assert await planner.expire(NOON + timedelta(hours=1), NOON + timedelta(hours=1)) == 1
    assert await chats_due(ledger, EIGHT) == [2]
    assert await planner.expire(EIGHT + timedelta(seconds=1), EIGHT) == 1


async def test_a_chat_that_moved_keeps_its_hours(
    planner: Planner, ledger: Deliveries, subscribers: Subscribers
) -> None:
    await planner.push(FIRST, NOON)
    await subscribers.move(2, -1002, NOON)
    moved = await subscribers.get(Destination(-1002))
    assert moved is not None
    assert moved.hours == EVENING
    assert (await row(ledger, -1002)).not_before == EIGHT
    assert replace(await row(ledger, -1002), chat_id=2, version=0).hours == EVENING
