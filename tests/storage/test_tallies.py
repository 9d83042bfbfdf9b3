"""What happened when is counted, on either database, and names nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Cut, Destination, Happening, Purpose, SubscriberState
from bot.storage import Database, Deliveries, ImportRow, Issues, Planner, Subscribers, Tallies
from bot.storage.tallies import quarter_of
from tests.builders import NOON
from tests.storage.revisions import at_revision
from tests.storage.rows import add_issue, recorded, row, with_part
from tests.storage.test_migrations import filled

DAY = timedelta(days=1)
ACTIVE, STOPPED, BLOCKED = SubscriberState.ACTIVE, SubscriberState.STOPPED, SubscriberState.BLOCKED


@pytest.fixture
def tallies(database: Database) -> Tallies:
    return Tallies(database)


def test_a_quarter_of_an_hour_begins_at_the_same_time_everywhere() -> None:
    at = datetime(2026, 3, 2, 12, 29, 59, 7, tzinfo=UTC)
    assert quarter_of(at) == NOON + timedelta(minutes=15)
    assert quarter_of(NOON) == NOON


async def test_who_comes_and_who_goes_is_counted_once(subscribers: Subscribers, tallies: Tallies) -> None:
    for chat_id in (1, 2, 3):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    await subscribers.join(Destination(3), Cut(), NOON)
    for _ in range(2):
        await subscribers.set_state(Destination(1), STOPPED, NOON + DAY)
        await subscribers.set_state(Destination(2), BLOCKED, NOON + DAY)
    await subscribers.set_state(Destination(1), BLOCKED, NOON + DAY)  # who had stopped is lost already
    await subscribers.set_state(Destination(2), ACTIVE, NOON + 2 * DAY)
    await subscribers.join(Destination(1), Cut(), NOON + 2 * DAY)
    assert await tallies.by_quarter(NOON) == {
        NOON: {Happening.JOINED: 3},
        NOON + DAY: {Happening.STOPPED: 1, Happening.BLOCKED: 1},
        NOON + 2 * DAY: {Happening.RETURNED: 2},
    }
    assert await tallies.by_quarter(NOON + 3 * DAY) == {}
    assert await tallies.counted_since() is None


async def test_a_loss_is_counted_with_the_last_issue_that_was_pushed_there(
    database: Database, issues: Issues, subscribers: Subscribers, ledger: Deliveries, token: int
) -> None:
    """The third was planned, and had not come when the block was found out."""
    planner, tallies = Planner(database), Tallies(database)
    for chat_id in (1, 2):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    days = {"2026-03-01": NOON, "2026-02-28": NOON + timedelta(hours=1), "2026-03-02": NOON + DAY}
    for slug, at in days.items():
        await add_issue(issues, slug, checksum=slug)
        await planner.push(slug, at)
    for slug in ("2026-03-01", "2026-02-28"):
        await recorded(ledger, with_part(await row(ledger, 1, slug), 11, last=True), token)
    await subscribers.set_state(Destination(1), BLOCKED, NOON + DAY)
    await subscribers.set_state(Destination(2), STOPPED, NOON + DAY)
    found = await tallies.by_issue(NOON)
    assert found["2026-02-28"] == {Happening.PUSHED: 2, Happening.BLOCKED: 1}
    assert found["2026-03-01"] == found["2026-03-02"] == {Happening.PUSHED: 2}
    assert found[""] == {Happening.JOINED: 2, Happening.STOPPED: 1}


async def test_who_comes_is_counted_with_the_newest_issue_out_and_no_later_one_changes_that(
    database: Database, issues: Issues, subscribers: Subscribers
) -> None:
    """In one quarter of an hour: before any issue, after the first, and after it was taken back."""
    planner, tallies = Planner(database), Tallies(database)
    minute = timedelta(minutes=1)
    await subscribers.join(Destination(1), Cut(), NOON)
    for slug, at in (("2026-03-01", NOON + minute), ("2026-03-02", NOON + 3 * minute)):
        await add_issue(issues, slug, checksum=slug)
        before = await tallies.by_issue(NOON)
        await planner.push(slug, at)
        after = await tallies.by_issue(NOON)
        assert {one: after[one] for one in before} == before
        await subscribers.join(Destination(at.minute + 1), Cut(), at + minute)
    await planner.retract("2026-03-02", NOON + 5 * minute)
    await subscribers.join(Destination(9), Cut(), NOON + 6 * minute)
    await subscribers.import_rows([ImportRow(chat_id=10, language="zh")], NOON + 6 * minute)
    assert await tallies.by_issue(NOON) == {
        "": {Happening.JOINED: 2},
        "2026-03-01": {Happening.JOINED: 2, Happening.PUSHED: 1},
        "2026-03-02": {Happening.JOINED: 1, Happening.PUSHED: 2},
    }


async def test_requests_are_counted_apart_from_pushes_and_an_operators_tests_are_neither(
    database: Database, issues: Issues, subscribers: Subscribers, tallies: Tallies
) -> None:
    planner = Planner(database, chunk=1)
    await add_issue(issues)
    for chat_id in (1, 2):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    await planner.push("2026-03-02", NOON)
    for purpose in (Purpose.REQUEST, Purpose.REQUEST, Purpose.REST, Purpose.PUSH):  # two are there already
        await planner.plan_one(
            to=Destination(1), issue_slug="2026-03-02", purpose=purpose, cut=Cut(), now=NOON
        )
    await planner.plan_one(
        to=Destination(3), issue_slug="2026-03-02", purpose=Purpose.TEST, cut=Cut(), now=NOON
    )
    assert (await tallies.by_issue(NOON))["2026-03-02"] == {Happening.PUSHED: 2, Happening.REQUESTED: 2}


async def test_an_import_counts_as_what_it_does(subscribers: Subscribers, tallies: Tallies) -> None:
    rows = [ImportRow(chat_id=1, language="zh"), ImportRow(chat_id=2, language="zh", state=STOPPED)]
    await subscribers.import_rows(rows, NOON)
    await subscribers.import_rows([ImportRow(chat_id=1, language="zh", state=BLOCKED), rows[1]], NOON + DAY)
    counted = {NOON: {Happening.JOINED: 1}, NOON + DAY: {Happening.BLOCKED: 1}}
    assert await tallies.by_quarter(NOON) == counted


async def test_of_an_older_database_is_counted_what_it_tells_and_since_when_losses_are(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0001")
        await connection.run_sync(filled)
        await connection.run_sync(at_revision, "0009")
        await connection.exec_driver_sql(
            "INSERT INTO subscribers VALUES (7, 'active', 'zh', 'full', '', '', 'zh|full|cut||',"
            " '2026-03-02 12:20:00.000000', '2026-03-02 12:20:00.000000')"
        )
    await database.migrate()
    tallies = Tallies(database)
    assert await tallies.by_quarter(NOON) == {
        NOON: {Happening.PUSHED: 3},
        NOON + timedelta(minutes=15): {Happening.JOINED: 1},
    }
    assert await tallies.counted_since() is not None
    await database.close()


async def test_what_an_older_database_counted_keeps_the_issue_that_it_was_told_with(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    early, later = "2026-03-02 12:00:00.000000", "2026-03-02 12:30:00.000000"
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0012")
        for at, what in ((early, "joined"), (later, "joined"), (later, "blocked")):
            await connection.exec_driver_sql(f"INSERT INTO tallies VALUES ('{at}', '{what}', '', 2)")  # noqa: S608  # our own words
        for slug, minute in (("one", 20), ("two", 44), ("notice:2026-03-02", 40), ("three", 45)):
            at = f"2026-03-02 12:{minute}:00.000000"
            await connection.exec_driver_sql(
                "INSERT INTO issues (slug, checksum, state, text, found_at, published_at)"  # noqa: S608  # as above
                f" VALUES ('{slug}', '', 'published', '', '{at}', '{at}')"
            )
    await database.migrate()
    assert await Tallies(database).by_issue(NOON) == {
        "": {Happening.JOINED: 2, Happening.BLOCKED: 2},
        "two": {Happening.JOINED: 2},
    }
    await database.close()
