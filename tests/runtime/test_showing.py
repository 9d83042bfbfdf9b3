"""What stands in the editors' chat is shown one after the other; what fails is tried again later."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import ChatGone, ChatMoved, StoreError, TryLater
from bot.handlers import KnownChat
from bot.runtime.showing import AFTER_FAILURE, Tries, keep_looking
from bot.storage import Database, Storage
from tests.builders import NOON

GROUP = -4001


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await storage.editors_chats.offer("digest", NOON + timedelta(hours=1))
        await storage.editors_chats.claim("digest", GROUP, "en", NOON)
        yield storage


class Clock:
    seconds = 0.0


def tries(storage: Storage, clock: Clock) -> Tries:
    place = KnownChat(storage.editors_chats, named=None, now=lambda: NOON)
    return Tries(place, storage.subscribers, lambda: NOON, lambda: clock.seconds)


def raising(error: Exception) -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        raise error

    return act


async def nothing() -> None:
    """Go well."""


async def test_what_fails_is_tried_again_later_and_keeps_no_other_back(storage: Storage) -> None:
    clock = Clock()
    ours = tries(storage, clock)
    with capture_logs() as logs:
        assert not await ours.run("one", "2026-03-02", GROUP, raising(TryLater("away", after=0)))
        assert not await ours.run("two", "2026-03-02", GROUP, raising(KeyError("a fault")))
        assert await ours.run("three", "2026-03-02", GROUP, nothing)
    assert [one["event"] for one in logs] == ["card_not_shown", "card_failed"]
    assert [ours.is_due(key) for key in ("one", "two", "three")] == [False, False, True]
    clock.seconds += AFTER_FAILURE
    assert [ours.is_due(key) for key in ("one", "two")] == [True, True]


async def test_what_telegram_asks_to_wait_for_is_tried_when_it_says(storage: Storage) -> None:
    clock = Clock()
    ours = tries(storage, clock)
    assert not await ours.run("one", "2026-03-02", GROUP, raising(TryLater("a pause", after=3)))
    clock.seconds += 2.9
    assert not ours.is_due("one")
    clock.seconds += 0.1
    assert ours.is_due("one")


async def test_what_is_asked_for_while_it_is_done_is_done_once_more_without_rest(storage: Storage) -> None:
    clock = Clock()
    ours = tries(storage, clock)

    async def ends_meanwhile() -> None:
        ours.at_once("one")
        ours.rest("one", 60)

    async def goes_on() -> None:
        ours.rest("one", 60)

    assert await ours.run("one", "2026-03-02", GROUP, ends_meanwhile)
    assert ours.is_due("one")
    assert await ours.run("one", "2026-03-02", GROUP, goes_on)
    assert not ours.is_due("one")


async def test_a_group_that_moved_is_followed_and_one_that_is_gone_is_the_editors_no_more(
    storage: Storage,
) -> None:
    ours = tries(storage, Clock())
    assert not await ours.run("one", "2026-03-02", GROUP, raising(ChatMoved("moved", chat_id=-9)))
    assert ours.is_due("one")
    moved = await storage.editors_chats.get(None)
    assert moved is not None
    assert moved.chat_id == -9
    assert not await ours.run("one", "2026-03-02", -9, raising(ChatGone("put out")))
    assert await storage.editors_chats.get(None) is None


async def test_looking_goes_on_whatever_happens() -> None:
    errors: list[Exception] = [KeyError("a fault"), StoreError("away")]
    wake_up, seen = asyncio.Event(), asyncio.Event()

    async def look() -> None:
        wake_up.set()
        if errors:
            raise errors.pop()
        seen.set()

    with capture_logs() as logs:
        looking = asyncio.create_task(keep_looking("cards", look, 3600, wake_up))
        await seen.wait()
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
    assert [one["event"] for one in logs if one["log_level"] != "debug"] == ["desk_failed"]
