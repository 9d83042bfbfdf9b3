"""The parts of the bot, built from the configuration; each command takes what it needs."""

import asyncio
import os
import random
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.delivery import (
    BatchWriter,
    DeliveryJob,
    FailureHandler,
    InFlight,
    MessageGateway,
    Withdrawals,
    Worker,
)
from bot.delivery.job import Finish, as_rendered
from bot.delivery.last_row import LastRow
from bot.delivery.render_cache import RenderCache
from bot.digest.fingerprint import fingerprint_of
from bot.digest.names import DigestNames
from bot.digest.reader import IssueReader
from bot.errors import BadInput, StoreError
from bot.messages import Renderer
from bot.messages.wording import Wording
from bot.model import Issue
from bot.pacing import Dispatcher
from bot.publishing.decisions import Calendar
from bot.publishing.dividing import DividedFiles
from bot.publishing.indexing import Indexer
from bot.publishing.intake import Intake, Reading, Source
from bot.publishing.publisher import Publisher
from bot.readers.archive import Archive
from bot.readers.parsed_issues import ParsedIssues
from bot.reports.forecast import Forecaster
from bot.reports.sender import write_report
from bot.runtime.clock import boot_time, utc_now
from bot.runtime.leadership import Leadership, Lease
from bot.settings import Configuration, Settings
from bot.sources import FolderSource
from bot.storage import SENDER, Access, Database, Storage, open_database

_DATABASE_URL = "JIANBAO_DATABASE_URL"
UNPAID_RATE = 30.0  # messages a second that Telegram takes from a bot without Stars


@asynccontextmanager
async def open_storage(settings: Settings, access: Access) -> AsyncIterator[Storage]:
    """The configured database; closed at the end. Errors name the setting, not its value.

    Raises BadInput if it has another revision than this program needs and ``access`` is not MIGRATE.
    """
    with _setting_named():
        database = await open_database(settings.database_url.get_secret_value(), access)
    try:
        yield Storage.of(database)
    finally:
        await database.close()


async def migrate_database(settings: Settings) -> str | None:
    """Make the configured database, or bring it up to date; returns the revision before, if it had one."""
    with _setting_named():
        database = Database(settings.database_url.get_secret_value())
        try:
            return await database.migrate()
        finally:
            await database.close()


@contextmanager
def _setting_named() -> Iterator[None]:
    try:
        yield
    except BadInput as error:
        raise BadInput(error.reason, where=_DATABASE_URL) from None
    except StoreError as error:
        raise type(error)(f"{_DATABASE_URL}: {error}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Editorial:
    """The parts between an issue's file and its messages."""

    archive: Archive
    parsed: ParsedIssues
    indexer: Indexer
    intake: Intake
    publisher: Publisher
    renderer: Renderer
    names: DigestNames


def make_editorial(configuration: Configuration, storage: Storage) -> Editorial:
    """Reader, archive, publisher and renderer of the configured digest."""
    settings = configuration.settings
    reader = IssueReader(configuration.profile, configuration.topics)
    names = DigestNames(configuration.profile, configuration.topics)

    def read(slug: str, text: str) -> Issue:
        return reader.read(text, slug=slug)

    fingerprint = fingerprint_of(configuration.profile, configuration.topics)
    indexer = Indexer(storage.entry_index, storage.issues, read, fingerprint)
    calendar, edits = make_calendar(settings), settings.delivery.edits
    parsed = ParsedIssues(storage.issues, read)
    return Editorial(
        archive=Archive(storage.listed_issues, parsed),
        parsed=parsed,
        indexer=indexer,
        intake=Intake(
            source=_source(configuration, reader),
            issues=storage.issues,
            timestamps=storage.timestamps,
            reading=Reading(
                parse=lambda file, text: reader.read(text, slug=file.slug, name=file.name),
                index=indexer.indexed,
            ),
            calendar=calendar,
            edits=edits,
        ),
        publisher=Publisher(issues=storage.issues, planner=storage.planner, calendar=calendar, edits=edits),
        renderer=Renderer(names, configuration.profile.messages.habit, rows=settings.reading.buttons),
        names=names,
    )


def _source(configuration: Configuration, reader: IssueReader) -> Source:
    """The folder of issues; its files divided where one may hold several."""
    settings, profile = configuration.settings, configuration.profile
    folder = FolderSource(
        path=settings.issues, pattern=profile.file_pattern, settle=settings.publishing.settle
    )
    if profile.issues.each == "file":
        return folder
    return DividedFiles(folder, lambda file, text: reader.divided(text, slug=file.slug))


def make_calendar(settings: Settings) -> Calendar:
    """Which day it is in the editor's time zone, and which issues may be published on it."""
    return Calendar(
        zone=ZoneInfo(settings.schedule.timezone),
        hold_until_date=settings.publishing.hold_until_date,
        expires_after=timedelta(days=settings.delivery.expires_after),
    )


def make_forecaster(settings: Settings, storage: Storage, editorial: Editorial) -> Forecaster:
    """What forecasts sending an issue, at the configured rate."""
    return Forecaster(
        storage=storage,
        intake=editorial.intake,
        parsed=editorial.parsed,
        renderer=editorial.renderer,
        calendar=make_calendar(settings),
        rate=settings.delivery.rate,
        per_chat=settings.delivery.per_chat,
    )


def make_dispatcher(settings: Settings, on_pause: Callable[[float], None]) -> Dispatcher:
    """One dispatcher for all that the bot sends.

    ``on_pause`` gets the seconds that Telegram asked the bot to wait.
    """
    delivery = settings.delivery
    return Dispatcher(
        rate=delivery.rate,
        per_chat=delivery.per_chat,
        unpaid_rate=UNPAID_RATE if delivery.allow_paid_broadcast else None,
        now=time.monotonic,
        sleep=asyncio.sleep,
        on_pause=on_pause,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What sending needs besides the lease: made once, used by each worker."""

    settings: Settings
    storage: Storage
    cache: RenderCache
    gateway: MessageGateway
    dispatcher: Dispatcher
    wake_up: asyncio.Event
    finish: Finish = as_rendered
    withdrawals: Withdrawals = field(default_factory=Withdrawals)

    def report(self) -> str:
        """Rate, limit and counts as JSON, which ``jianbao status`` shows of the process that sends."""
        return write_report(self.dispatcher.report)

    def worker(self, lease: Lease) -> Worker:
        """A worker that delivers the ledger's rows while this process has the lease."""
        delivery, storage = self.settings.delivery, self.storage
        in_flight = InFlight(most=delivery.in_flight_limit)
        writer = BatchWriter(
            storage.deliveries, token=lease.token, now=utc_now, seconds=time.monotonic, sleep=asyncio.sleep
        )
        failures = FailureHandler(
            deliveries=storage.deliveries,
            subscribers=storage.subscribers,
            writer=writer,
            in_flight=in_flight,
            now=utc_now,
            sleep=asyncio.sleep,
            jitter=random.SystemRandom().random,
            on_uncertain=delivery.uncertain,
        )
        job = DeliveryJob(
            deliveries=storage.deliveries,
            writer=writer,
            render=self.cache.render,
            gateway=self.gateway,
            dispatcher=self.dispatcher,
            lease=lease,
            in_flight=in_flight,
            failures=failures,
            sleep=asyncio.sleep,
            on_uncertain=delivery.uncertain,
            finish=self.finish,
            withdrawals=self.withdrawals,
        )
        return Worker(
            job,
            storage.deliveries,
            in_flight=in_flight,
            writer=writer,
            now=utc_now,
            sleep=asyncio.sleep,
            wake_up=self.wake_up,
            open_chats=delivery.chats_at_once,
        )


def make_sending(
    settings: Settings,
    storage: Storage,
    editorial: Editorial,
    gateway: MessageGateway,
    dispatcher: Dispatcher,
) -> Sending:
    """Everything that a worker needs but its lease."""
    cache = RenderCache(
        editorial.parsed, editorial.renderer, most=settings.delivery.cached_cuts, now=time.monotonic
    )
    return Sending(
        settings=settings,
        storage=storage,
        cache=cache,
        gateway=gateway,
        dispatcher=dispatcher,
        wake_up=asyncio.Event(),
        finish=LastRow(editorial.archive, Wording()),
    )


def make_leadership(storage: Storage, report: Callable[[], str]) -> Leadership:
    """What lets one of all processes that share the database send; ``report`` is stored with its lease."""
    return Leadership(
        storage.leases,
        role=SENDER,
        holder=f"{socket.gethostname()[:60]} {os.getpid()}",
        now=boot_time,
        sleep=asyncio.sleep,
        report=report,
    )
