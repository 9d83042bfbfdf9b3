"""Chats that went away and old rows of the ledger are deleted, and nothing else; what they counted stays."""

from datetime import datetime, timedelta

import pytest

from bot.model import Cut, DeliveryState, Destination, Purpose, SavedItem, SubscriberState
from bot.storage import (
    Database,
    Deliveries,
    Issues,
    KeptRows,
    Planner,
    Retention,
    SavedItems,
    Statistics,
    Subscribers,
)
from tests.builders import NOON
from tests.storage.rows import add_issue, pushed

AWAY, ACTIVE, ASKED, SAVED, BLOCKED, LATELY = range(1, 7)
OLD, NEW = "2026-03-01", "2026-03-02"
LATER, BETWEEN = NOON + timedelta(days=200), NOON + timedelta(days=100)


@pytest.fixture
def retention(database: Database) -> Retention:
    return Retention(database, chats=1, rows=2)


async def subscribed(database: Database, issues: Issues) -> None:
    """Two issues, pushed to six chats at noon, where they were sent."""
    for chat in range(1, 7):
        await Subscribers(database).join(Destination(chat), Cut(), NOON)
    for slug in (OLD, NEW):
        await add_issue(issues, slug, checksum=slug)
        await Planner(database).push(slug, NOON)
    for chat in range(1, 7):
        await Deliveries(database).skip_all_of_chat(chat, "for the test", NOON)


async def asked_for(database: Database, chat_id: int, now: datetime) -> None:
    await Planner(database).plan_one(
        to=Destination(chat_id), issue_slug=OLD, purpose=Purpose.REQUEST, cut=Cut(), now=now
    )


async def test_who_went_away_long_ago_and_asked_for_nothing_since_is_forgotten(
    retention: Retention, database: Database, issues: Issues
) -> None:
    await subscribed(database, issues)
    for chat in (AWAY, ASKED, SAVED):
        await Subscribers(database).set_state(Destination(chat), SubscriberState.STOPPED, NOON)
    await Subscribers(database).set_state(Destination(BLOCKED), SubscriberState.BLOCKED, NOON)
    await Subscribers(database).set_state(Destination(LATELY), SubscriberState.STOPPED, LATER)
    await asked_for(database, ASKED, LATER)
    saved = SavedItem(issue_slug=OLD, item_id="one", title="One", url=None, saved_at=LATER)
    await SavedItems(database).save(SAVED, saved, most=9)
    counts = await pushed(Statistics(database))
    assert await retention.forget_away(BETWEEN) == 2
    assert await retention.forget_away(BETWEEN) == 0
    assert [chat for chat in range(1, 7) if not await KeptRows(database).of(chat)] == [AWAY, BLOCKED]
    assert await pushed(Statistics(database)) == counts


async def test_rows_of_old_issues_go_and_are_counted_still(
    retention: Retention, database: Database, issues: Issues
) -> None:
    await subscribed(database, issues)
    await asked_for(database, ACTIVE, NOON)  # and has not got it yet
    await asked_for(database, AWAY, LATER)
    await Deliveries(database).skip_all_of_chat(AWAY, "for the test", LATER)
    counts = await pushed(Statistics(database))
    assert counts[OLD] == {DeliveryState.SKIPPED: 6}
    assert await retention.drop_ledger(BETWEEN) == 6
    assert await retention.drop_ledger(BETWEEN) == 0
    assert [row.delivery.chat_id async for row in Statistics(database).rows(OLD)] == [
        AWAY,
        ACTIVE,
    ]  # what was asked for
    assert await pushed(Statistics(database)) == counts
    assert len([row async for row in Statistics(database).rows(NEW)]) == 6  # the newest issue keeps all
    assert await Planner(database).correct(NEW, LATER) is not None
