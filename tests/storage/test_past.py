"""A restored database is of a past moment: nothing that it has still to do is done by itself."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import Aim, Cut, DeliveryState, Destination, HeldBy, Hold, Purpose
from bot.storage import (
    EVERYTHING,
    SENDER,
    Database,
    Deliveries,
    Holds,
    Issues,
    Leases,
    OpenPushes,
    Planner,
    Subscribers,
    Updates,
    hold_past,
)
from bot.storage.backup import back_up, restore
from bot.storage.broadcasts import Broadcasts
from tests import builders as build
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row, with_part

SLUG, NEXT = "2026-03-02", "2026-03-09"
RESTORED_AT = NOON + timedelta(days=2)
WHY = "restored at 2026-03-04 12:00 UTC from a backup of 2026-03-02 12:00 UTC"


async def test_a_part_that_was_corrected_is_sent_the_rest_if_an_operator_says_so(
    under_way: Database, issues: Issues, planner: Planner, ledger: Deliveries
) -> None:
    lease = await Leases(under_way).current(SENDER)
    assert lease is not None
    await OpenPushes(under_way).skip(RESTORED_AT)
    await issues.update_text(SLUG, build.correction(), even_if_under_way=True)
    await planner.correct(SLUG, RESTORED_AT)
    await recorded(ledger, (await row(ledger, 2)).finished("c2"), lease.token)
    assert await planner.retry(SLUG, RESTORED_AT) == 0
    assert await planner.retry(SLUG, RESTORED_AT, left_out=True) == 2
    again = await row(ledger, 2)
    assert (again.aim, again.message_ids, again.is_part) == (Aim.SEND, (21,), False)


@pytest.fixture
async def under_way(
    database: Database, issues: Issues, planner: Planner, subscribers: Subscribers, ledger: Deliveries
) -> Database:
    """An issue that came to one chat, stands with one part of two in another, and is to come to a third."""
    for chat in (1, 2, 3):
        await subscribers.join(Destination(chat), Cut(), NOON)
    await add_issue(issues)
    await planner.push(SLUG, NOON)
    token = await Leases(database).acquire(SENDER, holder="one", seconds=30)
    assert token is not None
    await recorded(ledger, with_part(await row(ledger, 1), 11, last=True), token)
    await recorded(ledger, with_part(await row(ledger, 2), 21), token)
    return database


async def restored(database: Database, url: str, folder: Path) -> Database:
    made = await back_up(database, folder / "backup", NOON)
    new = Database(url)
    await restore(new, folder / "backup", then=lambda one: hold_past(one, made.made_at, RESTORED_AT))
    return new


async def test_everything_is_held_with_what_was_open_and_when_the_backup_was_made(
    under_way: Database, new_url: str, tmp_path: Path
) -> None:
    async with await restored(under_way, new_url, tmp_path) as new:
        held = await Holds(new).get(EVERYTHING)
        due = await Deliveries(new).due(RESTORED_AT, limit=9, held=await Holds(new).pushes())
    why = f"{WHY}; 2 pushes of {SLUG} were open in it and may have gone out since"
    assert held == Hold(by=HeldBy.RESTORED, why=why, at=RESTORED_AT)
    assert due == ()


async def test_the_hold_of_a_backup_is_replaced(under_way: Database, new_url: str, tmp_path: Path) -> None:
    await Holds(under_way).hold_everything(Hold(by=HeldBy.OPERATOR, why="wait", at=NOON))
    async with await restored(under_way, new_url, tmp_path) as new:
        held = await Holds(new).get(EVERYTHING)
    assert held is not None
    assert held.by is HeldBy.RESTORED


async def test_what_readers_had_asked_for_and_sent_before_is_not_answered_once_more(
    under_way: Database, new_url: str, tmp_path: Path
) -> None:
    asked = {"issue_slug": SLUG, "purpose": Purpose.REQUEST, "cut": Cut(), "now": NOON}
    assert await Planner(under_way).plan_one(to=Destination(1), **asked)  # type: ignore[arg-type]  # by name
    await Updates(under_way).keep(7, "{}", NOON)
    async with await restored(under_way, new_url, tmp_path) as new:
        assert await Deliveries(new).due(RESTORED_AT, limit=9, held=await Holds(new).pushes()) == ()
        assert await Updates(new).waiting() == []
        assert await Planner(new).plan_one(to=Destination(1), **asked)  # type: ignore[arg-type]  # as above


async def test_skipped_pushes_are_counted_and_keep_the_parts_that_stand(
    under_way: Database, issues: Issues, planner: Planner, ledger: Deliveries
) -> None:
    await add_issue(issues, NEXT)
    await planner.push(NEXT, NOON)
    pushes = OpenPushes(under_way, chunk=2)
    assert await pushes.skip(RESTORED_AT) == {SLUG: 2, NEXT: 3}
    assert await pushes.skip(RESTORED_AT) == {}
    assert [(await row(ledger, chat)).state for chat in (1, 2, 3)] == [
        DeliveryState.SENT,
        *[DeliveryState.SKIPPED] * 2,
    ]
    assert (await row(ledger, 2)).message_ids == (21,)
    assert (await row(ledger, 3)).reason == "left out by an operator"


async def test_it_is_counted_who_has_a_part_of_what_was_left_out(under_way: Database) -> None:
    await OpenPushes(under_way).skip(RESTORED_AT)
    totals = await Broadcasts(under_way).totals(SLUG, Aim.SEND)
    assert (totals.sent, totals.skipped, totals.partly, totals.left_out) == (1, 2, 1, 2)


async def test_a_part_that_stands_is_corrected_once_by_each_correction_and_the_rest_stays_left_out(
    under_way: Database, issues: Issues, planner: Planner, ledger: Deliveries
) -> None:
    lease = await Leases(under_way).current(SENDER)
    assert lease is not None
    await OpenPushes(under_way).skip(RESTORED_AT)
    for number, later in enumerate((RESTORED_AT, RESTORED_AT + timedelta(hours=1))):
        await issues.update_text(SLUG, build.correction(checksum=f"new{number}"), even_if_under_way=True)
        assert await planner.correct(SLUG, later) == 2
        assert (await row(ledger, 2)).is_part
        assert not (await row(ledger, 1)).is_part
        for chat in (1, 2):
            await recorded(ledger, (await row(ledger, chat)).finished(f"new{number}"), lease.token)
        assert await planner.resume(later + timedelta(minutes=1)) == 0
        totals = await Broadcasts(under_way).totals(SLUG, Aim.CORRECT)
        assert (totals.sent, totals.skipped) == (2, 0)
        totals = await Broadcasts(under_way).totals(SLUG, Aim.SEND)
        assert (totals.sent, totals.skipped, totals.partly) == (1, 2, 1)


async def test_what_was_sent_is_corrected_and_taken_back_after_open_pushes_were_skipped(
    under_way: Database, issues: Issues, planner: Planner, ledger: Deliveries
) -> None:
    await OpenPushes(under_way).skip(RESTORED_AT)
    assert await issues.update_text(SLUG, build.correction(), even_if_under_way=True)
    assert await planner.correct(SLUG, RESTORED_AT) == 2
    assert await planner.retract(SLUG, RESTORED_AT) == 2
    assert await OpenPushes(under_way).skip(RESTORED_AT) == {}
    due = await ledger.due(RESTORED_AT, limit=9)
    assert {one.chat_id for one in due} == {1, 2}


async def test_what_only_came_too_late_is_not_taken_for_left_out_by_an_operator(
    under_way: Database, issues: Issues, planner: Planner, ledger: Deliveries
) -> None:
    assert await planner.expire(RESTORED_AT, RESTORED_AT) == 2
    assert (await row(ledger, 2)).message_ids == (21,)
    await issues.update_text(SLUG, build.correction(), even_if_under_way=True)
    await planner.correct(SLUG, RESTORED_AT)
    assert not (await row(ledger, 2)).is_part
    assert await planner.retry(SLUG, RESTORED_AT) == 2
    assert (await Broadcasts(under_way).totals(SLUG, Aim.SEND)).left_out == 0
