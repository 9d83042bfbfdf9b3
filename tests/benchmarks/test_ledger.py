"""The measurements of the ledger in small, on both databases."""

from benchmarks.effort import Effort
from benchmarks.ledger.by_message import PARTS, plan_by_message
from benchmarks.ledger.databases import DATABASES, sqlite
from benchmarks.ledger.filling import JOINED, SLUG, fill
from benchmarks.ledger.measure import ledger
from benchmarks.ledger.memory import peak
from benchmarks.ledger.planning import by_delivery, planned
from benchmarks.ledger.recording import recorded
from benchmarks.measured import Direction, Unit
from bot.model import DeliveryState
from bot.storage import Database, Statistics, Subscribers
from tests.nightly import nightly
from tests.storage.rows import pushed

TINY = Effort(subscribers=(30,), sets=7, pairs=1, by_message=30, recorded=12)


async def filled(database_url: str, readers: int) -> None:
    async with Database(database_url) as database:
        await fill(database, readers)


async def test_what_is_filled_in_are_subscribers_like_any_other(database_url: str) -> None:
    await filled(database_url, 3)

    async with Database(database_url) as database:
        found = [one async for one in Subscribers(database).all()]

    assert len({one.chat_id for one in found}) == 3
    assert all(one.joined_at == JOINED for one in found)


async def test_planning_makes_a_row_for_each_subscriber(database_url: str) -> None:
    await filled(database_url, 30)

    told = await planned(database_url, by_delivery)

    assert told.rows == 30
    assert told.seconds > 0
    async with Database(database_url) as database:
        assert await pushed(Statistics(database)) == {SLUG: {DeliveryState.PLANNED: 30}}


async def test_what_it_is_compared_with_makes_a_row_for_each_message(database_of_its_own: str) -> None:
    await filled(database_of_its_own, 30)

    assert (await planned(database_of_its_own, plan_by_message)).rows == 30 * PARTS


async def test_every_message_is_recorded_with_one_note_and_with_two(database_url: str) -> None:
    told = await recorded(database_url, (1, 3), messages=36)

    assert [(one.group, one.notes, one.messages) for one in told] == [
        (1, 1, 36), (1, 2, 36), (3, 1, 36), (3, 2, 36),
    ]  # fmt: skip
    async with Database(database_url) as database:
        counts = await Statistics(database).counts_of(SLUG)
    assert counts.parts == {DeliveryState.SENT: 4 * 36}


def test_the_memory_of_a_process_is_some_megabytes() -> None:
    assert 10 < peak() / 1_000_000 < 10_000


@nightly("it starts the processes that are measured, and is none of the bot")
def test_a_database_is_measured_in_processes_of_its_own_and_has_goals() -> None:
    groups = {1: "a commit a row", 3: "3 rows a commit"}

    measured = list(ledger(TINY, groups, databases={"SQLite": sqlite}))

    assert all(one.value > 0 for one in measured)
    assert len({(one.group, one.what, one.unit) for one in measured}) == len(measured)
    assert [(one.unit, one.goal, one.direction) for one in measured if one.goal] == [
        (Unit.MEGABYTES, 200, Direction.AT_MOST),
        (Unit.AT_ONCE, 1.5, Direction.AT_MOST),
        (Unit.A_SECOND, 10_000, Direction.AT_LEAST),
    ]


def test_both_databases_are_measured_unless_told_otherwise() -> None:
    assert list(DATABASES) == ["SQLite", "PostgreSQL"]


async def test_readers_of_many_hours_are_planned_for_as_many_moments(database_url: str) -> None:
    async with Database(database_url) as database:
        await fill(database, 30, sets=7)
        found = [one async for one in Subscribers(database).all()]
    assert len({one.hours for one in found}) == 7
    assert (await planned(database_url, by_delivery)).rows == 30
