"""The admin chat is told an end only where it was told the beginning, whatever became of the messages."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.digest.names import DigestNames
from bot.errors import Uncertain
from bot.messages import Message, Renderer
from bot.model import Destination
from bot.reports.troubles import Troubles
from bot.runtime.editorial import make_editorial
from bot.runtime.operators import make_desk
from bot.runtime.slowness import CALM, RATE
from bot.runtime.telling import MOST_DOUBTFUL, SETTLED, Telling
from bot.runtime.voice import Voice
from bot.runtime.watch import Bounds, Watch
from bot.settings import load
from bot.settings.sections import AdminSettings
from bot.storage import SENDER, Database, Leases, Storage
from tests.delivery.world import StillClock

CHAT = -7
WHY = "at most 5.0 of 30 messages a second, for Telegram refused more (429)"


@dataclass
class Chat:
    """Takes what it is told; each of the ``faults`` is raised instead, in turn."""

    told: list[str] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, to: Destination, message: Message) -> int:
        assert to.chat == CHAT
        if self.faults:
            raise self.faults.pop(0)
        self.told.append(message.html)
        self.heard.set()
        return len(self.told)

    async def show(self, chat_id: int) -> None:
        """Nobody looks at the menu."""

    async def hide(self, chat_id: int) -> None:
        """As above."""


@dataclass
class World:
    """An admin chat, and processes that tell it things, one after the other."""

    storage: Storage
    clock: StillClock = field(default_factory=StillClock)
    chat: Chat = field(default_factory=Chat)

    def process(self) -> tuple[Troubles, Telling]:
        shipped = load()
        settings = shipped.settings.model_copy(update={"admin": AdminSettings(chat=CHAT)})
        configuration = replace(shipped, settings=settings)
        editorial = make_editorial(configuration, self.storage)
        troubles = Troubles(self.clock.now, calm=CALM)
        bounds = Bounds(due=timedelta(minutes=15), poll=timedelta(minutes=3))
        watch = Watch(troubles, bounds=bounds, now=self.clock.now)
        names = DigestNames(configuration.profile, configuration.topics)
        telling = Telling(
            storage=self.storage,
            approving=editorial.approving,
            desk=make_desk(configuration, self.storage, editorial, watch, now=self.clock.now),
            troubles=troubles,
            gateway=self.chat,
            menus=self.chat,
            voice=Voice(renderer=Renderer(names), language="en", zone=ZoneInfo("UTC"), clean=str),
            asks=False,
            kept_back=tuple,
            unreadable=tuple,
            stood_by=lambda: None,
            topics=(),
            now=self.clock.now,
        )
        return troubles, telling

    async def leading(self) -> "asyncio.Task[None]":
        """A process that leads, and has told its first trouble."""
        leases = Leases(self.storage.database)
        if held := await leases.current(SENDER):
            await leases.release(SENDER, token=held.token)
        await leases.acquire(SENDER, holder="one 1", seconds=30)
        troubles, telling = self.process()
        troubles.begin(f"trouble {len(self.chat.told)}", "anything")
        self.chat.heard.clear()
        process = asyncio.create_task(telling.run())
        await self.chat.heard.wait()
        return process


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        yield World(Storage.of(database))


async def test_the_end_of_what_may_never_have_been_told_tells_its_beginning_too(world: World) -> None:
    troubles, telling = world.process()
    world.chat.faults = [Uncertain("no answer")] * MOST_DOUBTFUL
    troubles.begin("source", "the folder is gone")
    for _ in range(MOST_DOUBTFUL):
        await telling.look()
    world.clock.advance(120)
    troubles.end("source")
    await telling.look()
    (end,) = world.chat.told
    assert ", and over now\n" in end
    assert "the folder is gone" in end
    await telling.look()
    assert len(world.chat.told) == 1


async def test_a_slow_rate_that_was_told_is_told_to_end_by_the_process_after_it(world: World) -> None:
    troubles, telling = world.process()
    troubles.begin(RATE, WHY)
    await telling.look()
    world.clock.advance(60)
    troubles, telling = world.process()
    troubles.begin(RATE, WHY)
    await telling.look()
    world.clock.advance(CALM[RATE].total_seconds())
    for _ in range(2):
        troubles.end(RATE)
        await telling.look()
        world.clock.advance(SETTLED.total_seconds())
    began, ended = world.chat.told
    assert WHY in began
    assert ended.startswith("✅ Over: ")


async def stopped_while_telling(world: World) -> None:
    """A process meets a slow rate and is stopped before the chat is told."""
    troubles, telling = world.process()
    world.chat.faults = [asyncio.CancelledError()]
    troubles.begin(RATE, WHY)
    with pytest.raises(asyncio.CancelledError):
        await telling.look()
    world.clock.advance(60)


async def test_what_was_on_its_way_as_the_process_stopped_is_told_by_the_next_while_it_lasts(
    world: World,
) -> None:
    await stopped_while_telling(world)
    troubles, telling = world.process()
    troubles.begin(RATE, WHY)
    for _ in range(2):
        await telling.look()
    (began,) = world.chat.told
    assert began.startswith("⚠️")
    world.clock.advance(CALM[RATE].total_seconds())
    troubles.end(RATE)
    await telling.look()
    world.clock.advance(SETTLED.total_seconds())
    await telling.look()
    assert world.chat.told[1].startswith("✅ Over: ")


async def test_what_was_on_its_way_as_the_process_stopped_and_is_over_is_told_with_its_end(
    world: World,
) -> None:
    await stopped_while_telling(world)
    world.clock.advance(103.278059)
    troubles, telling = world.process()
    with capture_logs() as logs:
        for _ in range(3):
            troubles.end(RATE)
            await telling.look()
            world.clock.advance(CALM[RATE].total_seconds())
    (told,) = world.chat.told
    assert told.startswith("⚠️ ")
    assert ", and over now\n" in told
    (ended,) = (one for one in logs if one["event"] == "trouble_ended")
    assert (ended["trouble"], ended["reason"]) == (RATE, WHY)
    assert ended["seconds"] == round(ended["seconds"], 1) > 100


async def test_a_database_that_is_away_is_told_at_once_and_noted_once_it_is_back(tmp_path: Path) -> None:
    file = tmp_path / "jianbao.db"
    async with Database(f"sqlite:///{file}") as database:
        await database.migrate()
        world = World(Storage.of(database))
        troubles, telling = world.process()
        await telling.look()
        file.rename(tmp_path / "away.db")
        troubles.begin("database", "it was moved")
        await telling.look()
        (began,) = world.chat.told
        assert "it was moved" in began
        (tmp_path / "away.db").rename(file)
        world.clock.advance(30)
        troubles.end("database")
        await telling.look()
    assert world.chat.told[1].startswith("✅ Over: ")


async def test_that_a_process_could_not_store_its_end_is_told_by_the_next(tmp_path: Path) -> None:
    """Of the troubles that it told nobody may know any more, so that their end would never be told."""
    file, away = tmp_path / "jianbao.db", tmp_path / "away.db"
    async with Database(f"sqlite:///{file}") as database:
        await database.migrate()
        world = World(Storage.of(database))
        await ended(await world.leading())
        last = await world.leading()
        assert len(world.chat.told) == 2  # nothing but the trouble of each
        file.rename(away)
        await ended(last)
        away.rename(file)
        process = await world.leading()
        while len(world.chat.told) < 4:
            world.chat.heard.clear()
            await world.chat.heard.wait()
        await ended(process)
    assert "ended without a word" in world.chat.told[3]


async def ended(process: asyncio.Task[None]) -> None:
    process.cancel()
    await asyncio.wait({process})
