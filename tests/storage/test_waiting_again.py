"""What waited for who was away for a moment: it waits again once they may be written to."""

from datetime import datetime, time, timedelta

import pytest

from bot.model import (
    AT_ONCE,
    LEFT_OUT,
    STOPPED,
    Cut,
    DeliveryState,
    Destination,
    Hours,
    Purpose,
    SubscriberState,
)
from bot.storage import Database, Deliveries, Issues, MissedIssues, Planner, Subscribers
from bot.storage.reader_hours import ReaderHours
from bot.storage.threads import Threads
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row, with_part

ISSUE = "2026-03-02"
LIN, ADA, FORUM = Destination(1), Destination(2), Destination(-7, 70)
EVENING = Hours(zone="UTC", at=time(20))
EIGHT, SOON, LATE = (NOON + timedelta(hours=count) for count in (8, 1, 9))


@pytest.fixture
def hours(database: Database) -> ReaderHours:
    return ReaderHours(database)


@pytest.fixture(autouse=True)
async def _readers(issues: Issues, subscribers: Subscribers) -> None:
    await add_issue(issues, ISSUE)
    for to in (LIN, ADA, FORUM):
        await subscribers.join(to, Cut(), NOON - timedelta(days=1))


async def published(planner: Planner, hours: ReaderHours, *waiting: Destination) -> None:
    for to in waiting:
        await hours.change(to, lambda _: EVENING, NOON)
    await planner.push(ISSUE, NOON)


async def away(subscribers: Subscribers, ledger: Deliveries, now: datetime = NOON) -> None:
    await subscribers.lose_chat(LIN.chat, SubscriberState.BLOCKED, now)
    await ledger.skip_all_of_chat(LIN.chat, "blocked by the user", now)


async def finished(ledger: Deliveries, token: int, *others: Destination) -> None:
    for to in others:
        one = await ledger.get(ISSUE, to, Purpose.PUSH)
        assert one is not None
        assert await recorded(ledger, with_part(one, 100, last=True), token)


async def test_what_waited_for_an_hour_to_come_waits_again(
    planner: Planner,
    subscribers: Subscribers,
    ledger: Deliveries,
    hours: ReaderHours,
    database: Database,
    token: int,
) -> None:
    await published(planner, hours, LIN)
    await finished(ledger, token, ADA, FORUM)
    await away(subscribers, ledger)
    await subscribers.regain_chat(LIN.chat, SOON)
    again = await row(ledger, LIN.chat)
    assert (again.state, again.not_before, again.hours) == (DeliveryState.PLANNED, EIGHT, EVENING)
    assert again.reason is None
    page = await MissedIssues(database).of(LIN, since=NOON - timedelta(days=9), until=SOON, limit=9)
    assert page.total == 0


async def test_what_was_due_while_they_were_away_stays_missed(
    planner: Planner, subscribers: Subscribers, ledger: Deliveries, hours: ReaderHours, token: int
) -> None:
    await published(planner, hours, LIN)
    await finished(ledger, token, ADA, FORUM)
    await away(subscribers, ledger)
    await subscribers.regain_chat(LIN.chat, LATE)
    assert (await row(ledger, LIN.chat)).state is DeliveryState.SKIPPED


async def test_who_stops_and_begins_again_waits_for_the_hour_they_want_by_then(
    planner: Planner, subscribers: Subscribers, ledger: Deliveries, hours: ReaderHours
) -> None:
    await published(planner, hours, LIN)
    await subscribers.set_state(LIN, SubscriberState.STOPPED, NOON)
    await ledger.skip_open_sends(LIN, STOPPED, NOON)
    await hours.change(LIN, lambda _: Hours(zone="UTC", at=time(21)), NOON)
    english = Cut(language="en")
    await subscribers.change_cut(LIN, lambda _: english, NOON)
    assert not await subscribers.join(LIN, Cut(), SOON)
    again = await row(ledger, LIN.chat)
    assert (again.is_open, again.not_before, again.cut) == (True, LATE, english)


async def test_a_topic_that_is_opened_again_waits_on(
    planner: Planner, ledger: Deliveries, hours: ReaderHours, database: Database
) -> None:
    threads = Threads(database)
    await published(planner, hours, FORUM)
    await threads.park(FORUM, "closed", NOON)
    await ledger.skip_all_of(FORUM, "closed", NOON)
    assert await threads.reopen(FORUM, SOON)
    again = await ledger.get(ISSUE, FORUM, Purpose.PUSH)
    assert again is not None
    assert (again.is_open, again.not_before) == (True, EIGHT)


async def test_a_turn_in_a_broadcast_comes_again_while_it_runs(
    planner: Planner, subscribers: Subscribers, ledger: Deliveries, hours: ReaderHours, token: int
) -> None:
    await published(planner, hours, FORUM)
    await away(subscribers, ledger)
    await subscribers.regain_chat(LIN.chat, SOON)
    again = await row(ledger, LIN.chat)
    assert (again.is_open, again.not_before) == (True, AT_ONCE)
    await away(subscribers, ledger, SOON)
    await finished(ledger, token, ADA)  # the forum waits for its hour, the broadcast is over
    await subscribers.regain_chat(LIN.chat, SOON)
    assert not (await row(ledger, LIN.chat)).is_open


async def test_what_broke_off_in_the_middle_goes_on_with_what_is_missing_also_after_the_broadcast(
    planner: Planner, subscribers: Subscribers, ledger: Deliveries, hours: ReaderHours, token: int
) -> None:
    await published(planner, hours)
    assert await recorded(ledger, with_part(await row(ledger, LIN.chat), 100), token)
    await away(subscribers, ledger)
    await finished(ledger, token, ADA, FORUM)
    await subscribers.regain_chat(LIN.chat, LATE)
    again = await row(ledger, LIN.chat)
    assert (again.state, [part.message_id for part in again.parts]) == (DeliveryState.PLANNED, [100])


async def test_what_broke_off_long_ago_does_not_go_on_and_is_missed(
    planner: Planner,
    subscribers: Subscribers,
    ledger: Deliveries,
    hours: ReaderHours,
    database: Database,
    token: int,
) -> None:
    await published(planner, hours)
    assert await recorded(ledger, with_part(await row(ledger, LIN.chat), 100), token)
    await away(subscribers, ledger)
    months_later = NOON + timedelta(days=90)
    await subscribers.regain_chat(LIN.chat, months_later)
    assert not (await row(ledger, LIN.chat)).is_open
    page = await MissedIssues(database).of(LIN, since=NOON - timedelta(days=1), until=months_later, limit=9)
    assert [one.slug for one in page.issues] == [ISSUE]


async def test_what_was_ended_for_good_stays_so_also_in_part(
    planner: Planner, subscribers: Subscribers, ledger: Deliveries, hours: ReaderHours, token: int
) -> None:
    await published(planner, hours, ADA)
    assert await recorded(ledger, with_part(await row(ledger, LIN.chat), 100), token)
    for to in (ADA, LIN):
        await ledger.skip_all_of_chat(to.chat, LEFT_OUT, NOON)
        await subscribers.set_state(to, SubscriberState.STOPPED, NOON)
        await subscribers.set_state(to, SubscriberState.ACTIVE, SOON)
        assert not (await row(ledger, to.chat)).is_open


async def test_an_issue_that_was_taken_back_meanwhile_does_not_come(
    planner: Planner, subscribers: Subscribers, ledger: Deliveries, hours: ReaderHours
) -> None:
    await published(planner, hours, LIN)
    await away(subscribers, ledger)
    await planner.retract(ISSUE, NOON)
    await subscribers.regain_chat(LIN.chat, SOON)
    assert not (await row(ledger, LIN.chat)).is_open
