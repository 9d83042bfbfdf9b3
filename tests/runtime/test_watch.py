"""The watch knows what is wrong, also where nobody reports it; monitoring and the log hear the same."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import BadInput, StoreError, TryLater, UpdatesTaken
from bot.model import Cut, Destination
from bot.reports.troubles import Troubles
from bot.runtime.comeback import LEAST, Comeback
from bot.runtime.leadership import Role
from bot.runtime.watch import CALM, CHECKS, Bounds, Watch
from bot.storage import Database, Storage
from tests.builders import NOON
from tests.delivery.world import SLUG, StillClock
from tests.storage.rows import add_issue

TICK = timedelta(seconds=10)
AWAY = TryLater("no connection", after=0)
TAKEN = UpdatesTaken("Conflict: terminated by other getUpdates request", after=0)


@dataclass
class Facts:
    """A database and a ledger in the test's hand."""

    fault: StoreError | None = None
    oldest: datetime | None = None

    async def set(self, name: str, at: datetime) -> None:  # noqa: ARG002  # the signature is the store's
        if self.fault is not None:
            raise self.fault

    async def oldest_due(self, now: datetime) -> datetime | None:  # noqa: ARG002  # as above
        return self.oldest


@dataclass
class World:
    """A process that has begun, and leads."""

    clock: StillClock = field(default_factory=StillClock)
    facts: Facts = field(default_factory=Facts)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        troubles = Troubles(self.clock.now, calm=CALM)
        troubles.subscribe(lambda change: self.told.append(change.trouble.name + "!" * (not change.ended)))
        bounds = Bounds(due=timedelta(minutes=15), poll=timedelta(minutes=3))
        self.watch = Watch(troubles, bounds=bounds, now=self.clock.now, read_by=lambda at: at + 3 * TICK)

    async def begin(self) -> None:
        self.watch.reached(None)
        self.watch.read(None)
        self.watch.wrote(None)
        self.watch.took_role(Role.LEADS)
        self.watch.listens(yes=True)

    async def look(self) -> None:
        await self.watch.look(self.facts, self.facts)

    @property
    def failing(self) -> list[str]:
        """The checks that keep the process from being ready."""
        return [check.name for check in self.watch.checks() if check.trouble]


@pytest.fixture
async def world() -> World:
    world = World()
    await world.begin()
    assert world.failing == []
    return world


def test_a_process_that_has_only_begun_is_not_ready_and_nothing_is_logged_of_that() -> None:
    world = World()
    assert world.failing == ["telegram", "updates", "source", "database", "lease", "deliveries"]
    assert world.told == []


async def test_a_telegram_that_was_never_reached_is_told_at_once(world: World) -> None:
    world.watch.reached(AWAY)
    assert (world.failing, world.told) == (["telegram"], ["telegram!"])


async def test_one_request_for_updates_that_fails_is_no_trouble_and_two_are(world: World) -> None:
    world.watch.heard(AWAY)
    world.watch.heard(None)
    world.watch.heard(AWAY)
    assert world.told == []
    for _ in range(3):
        world.watch.heard(AWAY)
    assert (world.failing, world.told) == (["telegram"], ["telegram!"])
    world.watch.heard(None)
    assert (world.failing, world.told) == ([], ["telegram!", "telegram"])


async def test_two_programs_with_the_token_are_told_though_some_requests_of_both_are_answered(
    world: World,
) -> None:
    for _ in range(3):
        world.watch.heard(TAKEN)
        world.watch.heard(None)
        world.clock.advance(2)
    assert (world.failing, world.told) == (["updates"], ["updates!"])
    world.clock.advance(60)
    world.watch.heard(None)
    assert (world.failing, world.told) == ([], ["updates!", "updates"])


async def test_what_ends_the_process_is_not_over_and_what_a_process_that_stands_by_met_is(
    world: World,
) -> None:
    for error, failing in ((BadInput("no such token"), ["telegram"]), (StoreError("the lease moved"), [])):
        with pytest.raises(type(error)), world.watch.listening():  # noqa: PT012  # what happens meanwhile
            world.watch.heard(AWAY)
            world.watch.heard(AWAY)
            raise error
        assert world.failing == failing


async def test_one_refusal_is_what_a_restart_costs(world: World) -> None:
    world.watch.heard(TAKEN)
    world.clock.advance(120)
    world.watch.heard(TAKEN)
    assert world.told == []


async def test_who_waits_for_telegram_tries_again_once_another_call_was_answered(world: World) -> None:
    for _ in range(2):
        world.watch.heard(AWAY)
    resting = asyncio.create_task(world.watch.comeback.rest(0))
    world.watch.answered("sendMessage")
    await resting
    assert world.told == ["telegram!"]  # it is over when updates come again
    world.watch.heard(None)
    assert world.told == ["telegram!", "telegram"]


async def test_a_wait_for_telegram_ends_with_the_first_answer_but_not_within_a_second() -> None:
    slept: list[float] = []
    rests = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if seconds > LEAST:
            rests.set()
            await asyncio.Event().wait()

    comeback = Comeback(sleep)
    await comeback.rest(LEAST)
    assert slept == [LEAST]
    resting = asyncio.create_task(comeback.rest(30))
    await rests.wait()
    comeback.answered()
    await resting
    assert slept == [LEAST, LEAST, 30 - LEAST]


async def test_a_second_bot_with_the_token_is_one_trouble_though_some_requests_succeed(world: World) -> None:
    for _ in range(5):
        world.watch.heard(TAKEN)
        world.watch.heard(TAKEN)
        world.clock.advance(20)
        world.watch.heard(None)
    assert (world.failing, world.told) == (["updates"], ["updates!"])
    world.clock.advance(60)
    world.watch.heard(None)
    assert (world.failing, world.told) == ([], ["updates!", "updates"])


async def test_a_silent_telegram_is_found_though_no_request_ends(world: World) -> None:
    world.clock.advance(181)
    world.watch.read(None)
    await world.look()
    assert world.failing == ["telegram"]


async def test_a_folder_that_is_gone_is_told_at_once_and_counts_after_three_ticks(world: World) -> None:
    for _ in range(3):
        world.clock.advance(TICK.total_seconds())
        world.watch.read("the folder is gone")
    assert (world.failing, world.told) == ([], ["source!"])
    world.clock.advance(1)
    assert world.failing == ["source"]
    world.watch.read(None)
    assert (world.failing, world.told) == ([], ["source!", "source"])


async def test_a_reading_that_does_not_end_is_found(world: World) -> None:
    world.clock.advance(40)
    await world.look()
    assert world.told == []
    world.clock.advance(1)
    await world.look()
    assert (world.failing, world.told) == (["source"], ["source!"])


async def test_a_database_that_takes_no_writes_is_one_trouble_until_it_has_taken_them_for_a_while(
    world: World,
) -> None:
    for _ in range(4):
        world.watch.wrote("database: database or disk is full")
        world.watch.wrote(None)
        world.clock.advance(5)
    assert (world.failing, world.told) == (["database"], ["database!"])
    world.clock.advance(15)
    world.watch.wrote(None)
    assert (world.failing, world.told) == ([], ["database!", "database"])


async def test_a_delivery_that_has_been_due_for_long_is_trouble_unless_others_are_being_made(
    world: World,
) -> None:
    world.facts.oldest = world.clock.now()
    for _ in range(4):
        world.clock.advance(600)
        world.watch.moved()
        world.watch.heard(None)
        world.watch.read(None)
        await world.look()
        assert world.failing == []
    world.clock.advance(901)
    world.watch.heard(None)
    world.watch.read(None)
    await world.look()
    assert world.failing == ["deliveries"]
    world.facts.oldest = None
    await world.look()
    assert world.failing == []


async def test_who_stands_by_is_ready_without_updates_and_whatever_is_due(world: World) -> None:
    world.watch.heard(TAKEN)
    world.watch.heard(TAKEN)
    world.facts.oldest = world.clock.now()
    world.clock.advance(901)
    world.watch.read(None)
    world.watch.heard(TAKEN)
    await world.look()
    assert world.failing == ["updates", "deliveries"]
    world.watch.listens(yes=False)
    world.watch.took_role(Role.STANDS_BY)
    await world.look()
    assert world.failing == []


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with Database(database_url) as database:
        yield Storage.of(database)


async def test_the_oldest_due_delivery_is_that_of_the_ledger(storage: Storage) -> None:
    assert await storage.deliveries.oldest_due(NOON) is None
    await add_issue(storage.issues, SLUG)
    for chat_id in (1, 2):
        await storage.subscribers.join(Destination(chat_id), Cut(), NOON)
    await storage.planner.push(SLUG, NOON)
    assert await storage.deliveries.oldest_due(NOON + timedelta(hours=1)) == NOON


async def test_the_database_says_itself_whether_it_takes_writes(storage: Storage, world: World) -> None:
    storage.database.tell = world.watch.wrote
    await world.watch.look(storage.timestamps, storage.deliveries)
    assert {check.name for check in world.watch.checks()} == set(CHECKS)
    assert world.failing == []
    assert world.watch.database_seconds is not None


async def test_a_file_moved_away_from_a_bot_that_has_nothing_to_do_is_a_trouble_until_it_is_back(
    world: World, tmp_path: Path
) -> None:
    file = tmp_path / "moved.db"
    async with Database(f"sqlite:///{file}") as database:
        storage, away = Storage.of(database), tmp_path / "away.db"
        database.tell = world.watch.wrote
        await world.watch.look(storage.timestamps, storage.deliveries)
        file.rename(away)
        await world.watch.look(storage.timestamps, storage.deliveries)
        assert world.failing == ["database"]
        assert "put the same file back" in str([one.trouble for one in world.watch.checks()])
        away.rename(file)
        await world.watch.look(storage.timestamps, storage.deliveries)
        world.clock.advance(16)
        await world.watch.look(storage.timestamps, storage.deliveries)
        assert world.failing == []


def test_how_long_a_process_stood_by_before_it_led_is_known(world: World) -> None:
    assert world.watch.stood_by is None
    world.watch.took_role(Role.STANDS_BY)
    world.clock.advance(12)
    world.watch.took_role(Role.LEADS)
    assert world.watch.stood_by == timedelta(seconds=12)
