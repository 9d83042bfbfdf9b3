"""A thread of a chat is a destination of its own."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.model import AT_ONCE, Aim, Cut, DeliveryState, Destination, Interests, Purpose, SubscriberState
from bot.storage import (
    Database,
    Deliveries,
    Forgetting,
    Issues,
    KeptRows,
    MissedIssues,
    Planner,
    Retention,
    Statistics,
    Subscribers,
)
from bot.storage.missed_issues import declined_by
from bot.storage.schema import marks
from bot.storage.schema import subscribers as table
from bot.storage.threads import ParkedThread, Threads
from tests.builders import NOON
from tests.storage.rows import add_issue

FORUM, SLUG = -1009, "2026-03-02"
GENERAL, PAPERS, NEWS = (Destination(FORUM, thread) for thread in (0, 7, 9))
LIN = Destination(5)
QUANTIZATION = Cut().about(Interests(topics=("quantization",)), excluded=Interests())


@pytest.fixture
def threads(database: Database) -> Threads:
    return Threads(database)


@pytest.fixture
async def pushed(subscribers: Subscribers, planner: Planner, issues: Issues) -> None:
    """An issue on its way to a person, to a forum and to two of its topics."""
    for to in (LIN, GENERAL, NEWS):
        await subscribers.join(to, Cut(), NOON)
    await subscribers.join(PAPERS, QUANTIZATION, NOON)
    await add_issue(issues, SLUG)
    assert await planner.push(SLUG, NOON) == 4


async def states(ledger: Deliveries) -> dict[Destination, DeliveryState]:
    rows = [await ledger.get(SLUG, to, Purpose.PUSH) for to in (LIN, GENERAL, PAPERS, NEWS)]
    return {row.destination: row.state for row in rows if row is not None}


async def test_each_thread_has_a_cut_and_a_state_of_its_own(subscribers: Subscribers) -> None:
    assert await subscribers.join(GENERAL, Cut(), NOON)
    assert await subscribers.join(PAPERS, QUANTIZATION, NOON)
    await subscribers.set_state(GENERAL, SubscriberState.STOPPED, NOON)
    general, papers = await subscribers.of_chat(FORUM)
    assert (general.destination, general.state, general.cut) == (GENERAL, SubscriberState.STOPPED, Cut())
    assert (papers.destination, papers.state) == (PAPERS, SubscriberState.ACTIVE)
    assert papers.cut == QUANTIZATION == (await subscribers.get(PAPERS) or general).cut


@pytest.mark.usefixtures("pushed")
async def test_an_issue_is_planned_for_each_thread_by_its_own_cut(ledger: Deliveries) -> None:
    rows = {
        row.destination: row.cut
        for to in (GENERAL, PAPERS)
        if (row := await ledger.get(SLUG, to, Purpose.PUSH))
    }
    assert rows == {GENERAL: Cut(), PAPERS: QUANTIZATION}


@pytest.mark.usefixtures("pushed")
async def test_one_row_of_a_chat_is_due_at_a_time_whatever_its_threads(ledger: Deliveries) -> None:
    due = await ledger.due(NOON, limit=9)
    assert sorted(row.chat_id for row in due) == [FORUM, LIN.chat]


@pytest.mark.parametrize("chunk", [1, 2, 3])
async def test_no_thread_is_left_out_at_the_end_of_a_chunk(
    subscribers: Subscribers, database: Database, issues: Issues, chunk: int
) -> None:
    for to in (Destination(-2000), GENERAL, PAPERS, NEWS, LIN):
        await subscribers.join(to, Cut(), NOON)
    await add_issue(issues, SLUG)
    planner = Planner(database, chunk=chunk)
    assert await planner.push(SLUG, NOON) == 5


@pytest.mark.usefixtures("pushed")
async def test_a_stop_in_a_thread_skips_what_goes_there_and_nothing_else(ledger: Deliveries) -> None:
    assert await ledger.skip_open_sends(PAPERS, "stopped", NOON) == 1
    found = await states(ledger)
    assert [to for to, state in found.items() if state is DeliveryState.SKIPPED] == [PAPERS]


@pytest.mark.usefixtures("pushed")
async def test_what_nothing_reaches_is_the_whole_chat_and_it_comes_back_whole(
    subscribers: Subscribers,
) -> None:
    await subscribers.set_state(NEWS, SubscriberState.STOPPED, NOON)
    await subscribers.lose_chat(FORUM, SubscriberState.BLOCKED, NOON)
    assert [one.state.value for one in await subscribers.of_chat(FORUM)] == ["blocked", "blocked", "stopped"]
    await subscribers.regain_chat(FORUM, NOON)
    assert [one.state.value for one in await subscribers.of_chat(FORUM)] == ["active", "active", "stopped"]
    found = await subscribers.get(LIN)
    assert found is not None
    assert found.state is SubscriberState.ACTIVE


async def test_a_parked_thread_is_told_of_once_and_comes_back(
    subscribers: Subscribers, threads: Threads, planner: Planner, issues: Issues
) -> None:
    for to in (GENERAL, PAPERS):
        await subscribers.join(to, Cut(), NOON)
    await threads.set_up(PAPERS, person=5, name="Papers")
    assert await threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    assert not await threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    parked = ParkedThread(destination=PAPERS, set_up_by=5, reason="TOPIC_CLOSED", name="Papers")
    assert (await threads.untold(), await threads.reason(PAPERS)) == ((parked,), "TOPIC_CLOSED")
    assert await threads.mark_told(PAPERS)
    assert not await threads.mark_told(PAPERS)
    assert await threads.untold() == ()
    await add_issue(issues, SLUG)
    assert await planner.push(SLUG, NOON) == 1  # General goes on
    assert await threads.reopen(PAPERS, NOON)
    assert not await threads.reopen(PAPERS, NOON)
    assert await threads.reason(PAPERS) is None
    assert await threads.park(PAPERS, "TOPIC_DELETED", NOON)
    assert [one.reason for one in await threads.untold()] == ["TOPIC_DELETED"]


async def test_a_thread_keeps_the_name_that_it_got_last_whoever_sets_it_up_again(
    subscribers: Subscribers, threads: Threads
) -> None:
    await subscribers.join(PAPERS, Cut(), NOON)
    await threads.set_up(PAPERS, person=5)
    await threads.set_up(PAPERS, person=5, name="Papers")
    await threads.rename(PAPERS, "论文")
    await threads.set_up(PAPERS, person=6, name="Papers")  # Telegram repeats the name of the beginning
    await threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    assert [(one.set_up_by, one.name) for one in await threads.untold()] == [(6, "论文")]
    await threads.rename(GENERAL, "nobody set this one up")
    assert len(await threads.untold()) == 1


async def test_who_comes_back_by_subscribing_is_parked_no_more(
    subscribers: Subscribers, threads: Threads
) -> None:
    await subscribers.join(PAPERS, Cut(), NOON)
    await threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    await subscribers.join(PAPERS, Cut(), NOON)
    assert await threads.reason(PAPERS) is None
    assert await threads.untold() == ()


async def test_a_thread_that_stopped_or_never_was_subscribed_is_not_parked(
    subscribers: Subscribers, threads: Threads
) -> None:
    assert not await threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    await subscribers.join(PAPERS, Cut(), NOON)
    await subscribers.set_state(PAPERS, SubscriberState.STOPPED, NOON)
    assert not await threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    assert await threads.untold() == ()
    assert not await threads.reopen(PAPERS, NOON)


@pytest.mark.usefixtures("pushed")
async def test_a_chat_that_gets_another_id_takes_its_threads_along(
    subscribers: Subscribers, threads: Threads, ledger: Deliveries, database: Database
) -> None:
    new = -1002000
    missed = MissedIssues(database)
    await threads.set_up(PAPERS, person=5)
    await missed.decline(PAPERS, NOON)
    await subscribers.join(Destination(new, 9), QUANTIZATION, NOON)  # what is there already stays
    for _ in range(2):
        await subscribers.move(FORUM, new, NOON)
    assert await subscribers.of_chat(FORUM) == ()
    general, papers, news = await subscribers.of_chat(new)
    assert (general.cut, papers.cut, news.cut) == (Cut(), QUANTIZATION, QUANTIZATION)
    assert (await missed.declined_at(PAPERS), await missed.declined_at(Destination(new, 7))) == (None, NOON)
    rows = [await ledger.get(SLUG, Destination(new, thread), Purpose.PUSH) for thread in (0, 7, 9)]
    assert all(row is not None and row.is_open for row in rows)
    await threads.park(Destination(new, 7), "TOPIC_CLOSED", NOON)
    assert [one.set_up_by for one in await threads.untold()] == [5]


@pytest.mark.usefixtures("pushed")
async def test_a_group_that_forgets_forgets_its_threads(
    subscribers: Subscribers, threads: Threads, database: Database, ledger: Deliveries
) -> None:
    await threads.set_up(PAPERS, person=LIN.chat)
    await MissedIssues(database).decline(PAPERS, NOON)
    await Forgetting(database).forget(FORUM, NOON)
    assert await subscribers.of_chat(FORUM) == ()
    assert list(await states(ledger)) == [LIN]
    assert await KeptRows(database).of(FORUM) == {}
    async with database.reading() as connection:
        assert list(await connection.scalars(sa.select(marks.c.name).where(declined_by((FORUM,))))) == []


@pytest.mark.usefixtures("pushed")
async def test_all_that_is_kept_of_a_group_is_told_with_its_threads(
    threads: Threads, database: Database
) -> None:
    await threads.set_up(PAPERS, person=LIN.chat)
    kept = await KeptRows(database).of(FORUM)
    assert [row["thread"] for row in kept["subscribers"]] == [0, 7, 9]
    assert sorted(str(row["thread"]) for row in kept["deliveries"]) == ["0", "7", "9"]
    assert [row["set_up_by"] for row in (await KeptRows(database).of(LIN.chat))["threads"]] == [LIN.chat]


async def test_a_chat_is_not_forgotten_while_a_thread_of_it_gets_issues(
    subscribers: Subscribers, database: Database
) -> None:
    for to in (GENERAL, PAPERS):
        await subscribers.join(to, Cut(), NOON)
    await subscribers.set_state(GENERAL, SubscriberState.STOPPED, NOON)
    later = NOON + timedelta(days=1)
    assert await Retention(database).forget_away(later) == 0
    await subscribers.set_state(PAPERS, SubscriberState.STOPPED, NOON)
    assert await Retention(database).forget_away(later) == 1
    assert await subscribers.of_chat(FORUM) == ()


@pytest.mark.usefixtures("pushed")
async def test_a_thread_misses_what_did_not_come_there_whatever_came_to_the_chat(
    database: Database, ledger: Deliveries
) -> None:
    await ledger.skip_all_of(PAPERS, "closed", NOON)
    missed, until = MissedIssues(database), NOON + timedelta(hours=1)
    since = NOON - timedelta(days=1)
    async with database.writing() as connection:
        await connection.execute(sa.update(table).values(joined_at=since))
    assert (await missed.of(PAPERS, since=since, until=until, limit=9)).total == 1
    assert (await missed.of(GENERAL, since=since, until=until, limit=9)).total == 0


@pytest.mark.usefixtures("pushed")
async def test_a_parked_thread_is_neither_corrected_nor_counted_as_lost(
    subscribers: Subscribers, threads: Threads, database: Database
) -> None:
    await threads.park(PAPERS, "TOPIC_CLOSED", NOON)
    counts = await subscribers.counts()
    assert (counts[SubscriberState.PARKED], counts[SubscriberState.ACTIVE]) == (1, 3)
    reach = await Statistics(database).coverage(SLUG, since=NOON, states=tuple(DeliveryState))
    assert reach.chats == 2


@pytest.mark.usefixtures("pushed")
async def test_a_chat_that_must_wait_waits_in_all_its_threads(ledger: Deliveries, token: int) -> None:
    row = await ledger.get(SLUG, PAPERS, Purpose.PUSH)
    assert row is not None
    later = NOON + timedelta(minutes=5)
    deferred = row.deferred(later, "429", attempts=0, weight=0)
    assert await ledger.record([deferred], token=token, now=NOON) == {row.key}
    for to in (GENERAL, PAPERS, NEWS):
        found = await ledger.get(SLUG, to, Purpose.PUSH)
        assert found is not None
        assert found.not_before == later
    other = await ledger.get(SLUG, LIN, Purpose.PUSH)
    assert other is not None
    assert (other.not_before, other.aim) == (AT_ONCE, Aim.SEND)
