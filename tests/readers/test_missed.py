"""Catching up after a long absence, on a real database."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from bot.model import Cut, Purpose, SubscriberState
from bot.readers.missed import MOST, CatchUp
from bot.readers.requests import IssueRequests
from bot.storage import (
    Database,
    Deliveries,
    Entries,
    EntryIndex,
    Issues,
    MissedIssues,
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


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """One who had stopped, and missed more issues than are told; each has two items and a flash."""
    async with Database(database_url) as database:
        await Subscribers(database).join(LIN, Cut(), NOON - timedelta(days=1))
        await Subscribers(database).set_state(LIN, SubscriberState.STOPPED, NOON)
        for slug, day in zip(SLUGS, DAYS, strict=True):
            await add_issue(Issues(database), slug, checksum=slug)
            entries = made(titled("one"), titled("two"), slug=slug, day=day)
            assert await EntryIndex(database).replace(slug, indexed(entries))
            await Planner(database).push(slug, NOON)
        yield database


@pytest.fixture
def catch_up(database: Database) -> CatchUp:
    planner, ledger = Planner(database), Deliveries(database)
    requests = IssueRequests(planner, ledger, NamedTexts(database), lambda: LATER + timedelta(seconds=1))
    return CatchUp(MissedIssues(database), Entries(database), requests, lambda: LATER)


async def planned(database: Database) -> list[str]:
    ledger = Deliveries(database)
    return [slug for slug in SLUGS if await ledger.get(slug, LIN, Purpose.REQUEST)]


async def test_of_many_issues_the_newest_are_told_and_how_many_there_are(catch_up: CatchUp) -> None:
    missed = await catch_up.missed(LIN, Cut())
    assert (missed.total, missed.items, missed.selected) == (len(SLUGS), 2 * MOST, 2 * MOST)
    assert [issue.slug for issue in missed.issues] == SLUGS[:1:-1]


async def test_what_a_cut_selects_is_counted_and_listed_or_else_everything(catch_up: CatchUp) -> None:
    cut = Cut(keywords=("two",))
    assert (await catch_up.missed(LIN, cut)).selected == MOST
    assert {entry.title for entry in await catch_up.entries(LIN, cut, LATER)} == {"two"}
    nowhere = Cut(keywords=("nowhere",))
    assert (await catch_up.missed(LIN, nowhere)).selected == 0
    assert len(await catch_up.entries(LIN, nowhere, LATER)) == 2 * MOST


async def test_what_was_told_is_sent_once_and_nothing_else(catch_up: CatchUp, database: Database) -> None:
    assert await catch_up.send(LIN, Cut(), LATER) == MOST
    assert await planned(database) == SLUGS[OTHERS:]
    assert await catch_up.send(LIN, Cut(), LATER) == 0
    assert await planned(database) == SLUGS[OTHERS:]
    assert len(await catch_up.entries(LIN, Cut(), LATER)) == 2 * MOST
    assert (await catch_up.missed(LIN, Cut())).total == OTHERS
