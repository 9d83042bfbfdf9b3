"""The parts of the bot, built from the configuration; each command takes what it needs."""

import asyncio
import random
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.archive import Archive
from bot.cuts import CutCache
from bot.delivering import Courier, Deliverer
from bot.digest.names import DigestNames
from bot.digest.reader import IssueReader
from bot.errors import BadInput, StoreError
from bot.messages import Renderer
from bot.model import Issue
from bot.pacing import Pacing
from bot.planner import Calendar
from bot.publishing import Publishing
from bot.settings import Configuration, Settings
from bot.sources import FolderSource
from bot.storage import Database, Deliveries, Issues, Subscribers
from bot.telegram_api import Chats


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """The database and what it holds."""

    database: Database
    issues: Issues
    subscribers: Subscribers
    deliveries: Deliveries


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncIterator[Storage]:
    """The database, its schema up to date; closed at the end. Errors name the setting, not its value."""
    database = await _opened(settings.database_url.get_secret_value())
    try:
        yield Storage(
            database=database,
            issues=Issues(database),
            subscribers=Subscribers(database),
            deliveries=Deliveries(database),
        )
    finally:
        await database.close()


async def _opened(url: str) -> Database:
    try:
        database = Database(url)
        await database.migrate()
    except BadInput as error:
        raise BadInput(error.reason, where="JIANBAO_DATABASE_URL") from None
    except StoreError as error:
        raise StoreError(f"JIANBAO_DATABASE_URL: {error}") from None
    return database


@dataclass(frozen=True, slots=True, kw_only=True)
class Editorial:
    """Everything between an issue's file and its messages."""

    archive: Archive
    publishing: Publishing
    renderer: Renderer
    names: DigestNames


def make_editorial(configuration: Configuration, storage: Storage) -> Editorial:
    """Reader, archive, publisher and renderer of the configured digest."""
    settings = configuration.settings
    reader = IssueReader(configuration.profile, configuration.topics)
    names = DigestNames(configuration.profile, configuration.topics)

    def read(slug: str, text: str) -> Issue:
        return reader.read(text, slug=slug)

    publishing = Publishing(
        source=FolderSource(
            path=settings.issues,
            pattern=re.compile(configuration.profile.files),
            settle=settings.publishing.settle,
        ),
        issues=storage.issues,
        ledger=storage.deliveries,
        parse=read,
        calendar=Calendar(
            zone=ZoneInfo(settings.schedule.timezone), hold_until_date=settings.publishing.hold_until_date
        ),
    )
    return Editorial(
        archive=Archive(storage.issues, read), publishing=publishing, renderer=Renderer(names), names=names
    )


def make_pacing(settings: Settings) -> Pacing:
    """One budget for all that the bot sends."""
    return Pacing(
        rate=settings.delivery.rate,
        per_chat=settings.delivery.per_chat,
        now=time.monotonic,
        sleep=asyncio.sleep,
    )


def make_deliverer(
    settings: Settings, storage: Storage, editorial: Editorial, chats: Chats, pacing: Pacing
) -> Deliverer:
    """The sender of what the ledger holds."""
    cuts = CutCache(editorial.archive, editorial.renderer, most=settings.delivery.cached_cuts)
    courier = Courier(
        ledger=storage.deliveries,
        readers=storage.subscribers,
        render=cuts.messages,
        send=chats.send,
        turns=pacing,
        now=utc_now,
        sleep=asyncio.sleep,
        chance=random.SystemRandom().random,
    )
    return Deliverer(courier, open_chats=settings.delivery.open_chats)
