"""An issue for a hundred readers (at night three), Telegram's stand-in, and processes that can be killed."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from pydantic import SecretStr

from bot.model import Delivery
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.sandbox import Group, Limits, Person, Sandbox
from bot.settings import Configuration, load
from bot.settings.sections import DeliverySettings, PublishingSettings, TelegramSettings
from bot.storage import Access, ImportRow, Storage
from tests.acceptance.world import write_issue
from tests.apart import apart
from tests.chaos.process import deliver, engine
from tests.nightly import NIGHTLY

TOKEN = "717171:a-token-that-opens-nothing"
SLUG = "2026-03-02"
PARTS = 5  # of the issue
READERS = range(1, 301 if NIGHTLY else 101)
ALL = len(READERS) * PARTS  # messages
PATIENCE = 120.0  # seconds; a test that waits so long has failed
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.chaos.process"])


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Where everything is."""

    folder: Path
    telegram: Sandbox
    configuration: Configuration
    storage: Storage
    readers: range = READERS

    @contextmanager
    def process(self, *, host: str = "127.0.0.1", term: float = 1.0) -> Iterator[BaseProcess]:
        """A process that delivers whatever there is; it calls Telegram by the name of ``host``."""
        url = self.telegram.url.replace("127.0.0.1", host)
        settings = self.configuration.settings
        uncertain = settings.delivery.uncertain
        arguments = (settings.database_url.get_secret_value(), url, TOKEN, str(self.folder), uncertain, term)
        process = _PROCESSES.Process(target=deliver, args=arguments, daemon=True)
        process.start()
        try:
            yield process
        finally:
            if process.is_alive():
                os.kill(process.pid or 0, signal.SIGCONT)
                process.kill()
            process.join()

    async def until_sent(self, messages: int, *, within: float = PATIENCE) -> None:
        """Until so many messages stand in all chats together; TimeoutError where that takes too long."""
        await self.telegram.until(lambda: self.count() >= messages, timeout=within)

    def count(self) -> int:
        """How many messages stand in all chats together."""
        return sum(len(self.telegram.chat(chat_id).from_bot) for chat_id in self.readers)

    async def until_done(self) -> None:
        """Until no delivery is open."""
        async with asyncio.timeout(PATIENCE):
            while (await self.storage.statistics.counts_of(SLUG)).open:
                with suppress(TimeoutError):  # the last answers are recorded after all messages stand
                    await self.until_sent(self.count() + 1, within=0.2)

    async def rows(self) -> dict[int, Delivery]:
        """The ledger, by chat."""
        return {line.delivery.chat_id: line.delivery async for line in self.storage.statistics.rows(SLUG)}

    def texts(self, chat_id: int) -> list[str]:
        """What stands in a chat, in order."""
        return [message.html for message in self.telegram.chat(chat_id).from_bot]

    @asynccontextmanager
    async def engine(self) -> AsyncIterator[None]:
        """The same in this process, for as long as the block lasts."""
        running = asyncio.create_task(engine(self.configuration, self.storage, TOKEN, term=10))
        try:
            yield
        finally:
            running.cancel()
            await asyncio.wait({running})


def with_delivery(configuration: Configuration, **changes: object) -> Configuration:
    """The configuration with other settings of delivery."""
    settings = configuration.settings
    delivery = settings.delivery.model_copy(update=changes)
    return replace(configuration, settings=settings.model_copy(update={"delivery": delivery}))


@asynccontextmanager
async def make_world(
    folder: Path,
    database_url: str,
    *,
    limits: Limits | None = None,
    seed: int = 5,
    groups: tuple[Group, ...] = (),
    readers: range = READERS,
    **delivery: object,
) -> AsyncIterator[World]:
    """The issue is planned for everyone; nobody delivers it yet."""
    issues = folder / "issues"
    issues.mkdir()
    people = tuple(Person(id=chat_id, first_name=str(chat_id), started=True) for chat_id in readers)
    telegram = Sandbox(
        token=TOKEN,
        people=people,
        groups=groups,
        limits=limits or Limits.unhurried(),
        random=Random(seed),  # noqa: S311  # ids that look random, and which request is hit
    )
    shipped = load()
    async with telegram:
        settings = shipped.settings.model_copy(
            update={
                "api_url": telegram.url,
                "issues": issues,
                "database_url": SecretStr(database_url),
                "publishing": PublishingSettings(settle=0, outdated_after=36_500),
                "delivery": DeliverySettings(**{"rate": 1000, "per_chat": 0, "open_chats": 60} | delivery),  # type: ignore[arg-type]  # a test's own
                "telegram": TelegramSettings(poll_timeout=1, request_timeout=1, connect_timeout=2),
            }
        )
        configuration = Configuration(
            settings=settings, profile=apart(shipped.profile), topics=shipped.topics
        )
        async with open_storage(settings, Access.MIGRATE) as storage:
            world = World(
                folder=issues,
                telegram=telegram,
                configuration=configuration,
                storage=storage,
                readers=readers,
            )
            await publish(world)
            yield world


async def publish(world: World) -> None:
    """Everybody subscribes, and the issue comes out."""
    readers = [ImportRow(chat_id=chat_id, language="zh") for chat_id in world.readers]
    await world.storage.subscribers.import_rows(readers, utc_now())
    editorial = make_editorial(world.configuration, world.storage)
    await editorial.intake.read(utc_now())
    write_issue(world.folder, SLUG)
    await editorial.intake.read(utc_now())
    await editorial.publisher.publish_due(utc_now())
