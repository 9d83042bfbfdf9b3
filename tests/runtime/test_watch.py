"""The watch knows what is wrong, also where nobody reports it; monitoring and the log hear the same."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import WebhookTaken
from bot.model import Cut, Destination
from bot.runtime.comeback import LEAST, Comeback
from bot.runtime.watch import CHECKS
from bot.storage import Database, Storage
from tests.builders import NOON
from tests.delivery.world import SLUG
from tests.runtime.watched import AWAY, TAKEN, TICK, World, world
from tests.storage.rows import add_issue

__all__ = ["world"]


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


async def test_a_webhook_that_another_program_took_is_told_though_it_was_put_right_and_ends_a_minute_later(
    world: World,
) -> None:
    world.watch.heard(WebhookTaken("another program removed the webhook; ours is set again", after=0))
    world.watch.heard(None)
    assert (world.failing, world.told) == (["updates"], ["updates!"])
    world.clock.advance(60)
    world.watch.heard(None)
    assert (world.failing, world.told) == ([], ["updates!", "updates"])


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
