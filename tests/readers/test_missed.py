"""Catching up after a long absence, on a real database."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest

from bot.model import Cut, Destination, Purpose, SubscriberState
from bot.readers.allowance import Allowance
from bot.readers.missed import DAYS as DAYS_BACK
from bot.readers.missed import MOST, CatchUp, Span
from bot.readers.requests import IssueRequests
from bot.storage import (
    AskedPushes,
    Database,
    Deliveries,
    Entries,
    EntryIndex,
    Issues,
    MissedIssues,
    MissedPage,
    NamedTexts,
    Planner,
    Subscribers,
)
from tests.builders import NOON
from tests.storage.indexed import indexed, made, titled
from tests.storage.rows import add_issue

LIN, OTHERS = 1, 2
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(MOST + OTHERS)]
SLUGS = [day.isoformat() for day in DAYS]
LATER = NOON + timedelta(hours=1)
SPAN = Span(since=LATER - timedelta(days=DAYS_BACK), until=LATER)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """One who had stopped, and missed more issues than are told; each has two items and a flash."""
    async with Database(database_url) as database:
        await Subscribers(database).join(Destination(LIN), Cut(), NOON - timedelta(days=1))
        await Subscribers(database).set_state(Destination(LIN), SubscriberState.STOPPED, NOON)
        for slug, day in zip(SLUGS, DAYS, strict=True):
            await add_issue(Issues(database), slug, checksum=slug)
            entries = made(titled("one"), titled("two"), slug=slug, day=day)
            assert await EntryIndex(database).replace(slug, indexed(entries))
            await Planner(database).push(slug, NOON)
        yield database


@pytest.fixture
def clock() -> list[datetime]:
    return [LATER]


@pytest.fixture
def requests(database: Database) -> IssueRequests:
    planner, ledger = Planner(database), Deliveries(database)

    def now() -> datetime:
        return LATER + timedelta(seconds=1)

    pushes, texts = AskedPushes(database), NamedTexts(database)
    return IssueRequests(planner, ledger, pushes, texts, now, allowance=Allowance(20, now))


@pytest.fixture
def catch_up(database: Database, requests: IssueRequests, clock: list[datetime]) -> CatchUp:
    return CatchUp(MissedIssues(database), Entries(database), requests, lambda: clock[0])


async def planned(database: Database) -> list[str]:
    ledger = Deliveries(database)
    return [slug for slug in SLUGS if await ledger.get(slug, Destination(LIN), Purpose.REQUEST)]


async def test_of_many_issues_the_newest_are_told_and_how_many_there_are(catch_up: CatchUp) -> None:
    missed = await catch_up.missed(Destination(LIN), Cut())
    assert (missed.total, missed.items, missed.selected) == (len(SLUGS), 2 * MOST, 2 * MOST)
    assert [issue.slug for issue in missed.issues] == SLUGS[:1:-1]


async def test_what_a_cut_selects_is_counted_and_listed_or_else_everything(catch_up: CatchUp) -> None:
    cut = Cut(keywords=("two",))
    assert (await catch_up.missed(Destination(LIN), cut)).selected == MOST
    assert {entry.title for entry in await catch_up.entries(Destination(LIN), cut, SPAN)} == {"two"}
    nowhere = Cut(keywords=("nowhere",))
    assert (await catch_up.missed(Destination(LIN), nowhere)).selected == 0
    assert len(await catch_up.entries(Destination(LIN), nowhere, SPAN)) == 2 * MOST


async def test_what_was_told_is_sent_once_and_nothing_else(
    catch_up: CatchUp, database: Database, clock: list[datetime]
) -> None:
    sent, entries = await catch_up.send(Destination(LIN), Cut(), SPAN)
    assert (sent, len(entries)) == (MOST, 2 * MOST)
    assert await planned(database) == SLUGS[OTHERS:]
    assert await catch_up.send(Destination(LIN), Cut(), SPAN) == (0, entries)
    assert await planned(database) == SLUGS[OTHERS:]
    assert await catch_up.entries(Destination(LIN), Cut(), SPAN) == entries
    clock[0] += timedelta(minutes=1)
    assert (await catch_up.missed(Destination(LIN), Cut())).total == OTHERS


async def test_what_was_declined_is_offered_to_nobody_again_but_told_to_who_asks(
    catch_up: CatchUp, database: Database, clock: list[datetime]
) -> None:
    await catch_up.decline(Destination(LIN), (await catch_up.missed(Destination(LIN), Cut())).span)
    clock[0] += timedelta(days=1)
    assert (await catch_up.missed_again(Destination(LIN), Cut())).total == 0
    assert (await catch_up.missed(Destination(LIN), Cut())).total == len(SLUGS)
    await add_issue(Issues(database), "2026-02-01", checksum="later")
    await Planner(database).push("2026-02-01", clock[0])
    again = await catch_up.missed_again(Destination(LIN), Cut())
    assert (again.total, again.again) == (1, True)
    assert await catch_up.send(Destination(LIN), Cut(), again.span) == (1, ())
    clock[0] += timedelta(days=DAYS_BACK)
    assert not (await catch_up.missed_again(Destination(LIN), Cut())).again


async def test_the_list_of_missed_issues_is_asked_once_to_send_them(
    database: Database, requests: IssueRequests
) -> None:
    class Counted(MissedIssues):
        asked = 0

        async def of(self, to: Destination, *, since: datetime, until: datetime, limit: int) -> MissedPage:
            self.asked += 1
            return await super().of(to, since=since, until=until, limit=limit)

    store = Counted(database)
    catch_up = CatchUp(store, Entries(database), requests, lambda: LATER)
    assert (await catch_up.send(Destination(LIN), Cut(), SPAN))[0] == MOST
    assert store.asked == 1
