"""The running bot: what is started in which order, and stopped in the other.

=========== ===================================================================
storage     the database, its schema up to date
editorial   the folder read, what is due planned, the archive in memory
telegram    who we are; wrong tokens end here, a lost network is waited for
deliverer   goes on with what the ledger holds
updates     people are heard
schedule    the clock wakes the jobs
=========== ===================================================================
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import structlog
from telegram import Update
from telegram.ext import Application, ApplicationBuilder

from bot.delivering import Deliverer
from bot.errors import SendError
from bot.handlers import Desk, register
from bot.handlers.processor import InOrderPerChat
from bot.messages.wording import Wording
from bot.model import LANGUAGES
from bot.requesting import Requesting
from bot.schedule import Job, Schedule, Times
from bot.settings import Configuration, Settings, read_token
from bot.subscribing import Subscribing
from bot.telegram_api import Chats, Client, Timeouts, make_client
from bot.web import Health, HealthServer
from bot.wiring import (
    Editorial,
    Storage,
    make_deliverer,
    make_editorial,
    make_pacing,
    open_storage,
    utc_now,
)

log = structlog.get_logger()

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds between tries to reach Telegram at the start
_POLLS_MISSED = 4  # getUpdates that may fail in a row before the bot calls itself unwell
_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]

Telegram = Application[Any, Any, Any, Any, Any, Any]


async def serve(configuration: Configuration, stopping: asyncio.Event) -> None:
    """Run until ``stopping`` is set. Raises BadInput where the configuration will not do."""
    settings = configuration.settings
    token = read_token(settings).get_secret_value()
    async with AsyncExitStack() as stack:
        storage = await stack.enter_async_context(open_storage(settings))
        health = Health(
            database=storage.database.healthy,
            now=time.monotonic,
            patience=_POLLS_MISSED * (settings.telegram.poll_timeout + settings.telegram.request_timeout),
        )
        await stack.enter_async_context(_listening(settings, health))
        editorial = make_editorial(configuration, storage)
        await _reconcile(editorial)
        client = make_client(
            token, api_url=settings.api_url, timeouts=_timeouts(settings), on_answer=health.answered
        )
        application = _application(client)
        deliverer = _furnish(application, configuration, storage, editorial)
        stack.push_async_callback(client.shutdown)
        if not await _connected(application, stopping):
            return
        await _introduce(client)
        delivery = await stack.enter_async_context(_delivering(deliverer))
        await stack.enter_async_context(_hearing(application, settings))
        await stack.enter_async_context(_ticking(settings, _jobs(settings, editorial, deliverer)))
        log.info("bot running", issues=len(editorial.archive.issues), folder=str(settings.issues))
        await _done(delivery, stopping)
        log.info("bot stopping")


def _furnish(
    application: Telegram, configuration: Configuration, storage: Storage, editorial: Editorial
) -> Deliverer:
    """Give the application its handlers; the deliverer shares their budget."""
    settings = configuration.settings
    chats, pacing = Chats(application.bot), make_pacing(settings)
    deliverer = make_deliverer(settings, storage, editorial, chats, pacing)
    desk = Desk(
        digest=configuration.profile.name,
        written_in=configuration.profile.language,
        archive=editorial.archive,
        subscribing=Subscribing(storage.subscribers, storage.deliveries, utc_now, deliverer.wake),
        requesting=Requesting(storage.deliveries, utc_now, deliverer.wake),
        renderer=editorial.renderer,
        wording=Wording(),
        topics=configuration.topics,
        names=editorial.names,
        per_page=settings.reading.back_issues_per_page,
        newest=settings.reading.newest_items,
    )
    register(application, desk, chats, pacing)
    return deliverer


def _application(client: Client) -> Telegram:
    builder = ApplicationBuilder().bot(client).job_queue(None).concurrent_updates(InOrderPerChat())
    return builder.build()


def _timeouts(settings: Settings) -> Timeouts:
    waits = settings.telegram
    return Timeouts(read=waits.request_timeout, write=waits.request_timeout, connect=waits.connect_timeout)


async def _reconcile(editorial: Editorial) -> None:
    """Everything as it ought to be: folder, plans, archive."""
    await editorial.publishing.read(utc_now())
    await editorial.publishing.publish_due(utc_now())
    await editorial.archive.refresh()


def _jobs(settings: Settings, editorial: Editorial, deliverer: Deliverer) -> dict[str, tuple[Times, Job]]:
    async def read() -> None:
        await editorial.publishing.read(utc_now())
        await editorial.archive.refresh()

    async def publish() -> None:
        if await editorial.publishing.publish_due(utc_now()):
            await editorial.archive.refresh()
            deliverer.wake()

    async def deliver() -> None:
        deliverer.wake()

    times = settings.schedule
    return {
        "read": (times.read, read),
        "publish": (times.publish, publish),
        "deliver": (times.deliver, deliver),
    }


async def _connected(application: Telegram, stopping: asyncio.Event) -> bool:
    """Whether Telegram was reached before it was time to stop."""
    connecting = asyncio.create_task(_connect(application))
    if await _done(connecting, stopping):
        return True
    connecting.cancel()
    with suppress(asyncio.CancelledError):
        await connecting
    return False


async def _connect(application: Telegram) -> None:
    """Ask Telegram who we are, again and again while it cannot be reached."""
    wait = _FIRST_WAIT
    while True:
        try:
            await application.initialize()
        except SendError as error:
            log.warning("telegram not reached", reason=error.reason, again_in=wait)
        else:
            log.info("telegram reached", bot=application.bot.username)
            return
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


async def _introduce(client: Client) -> None:
    try:
        await Chats(client).introduce(Wording(), LANGUAGES)
    except SendError as error:
        log.warning("menu not set", reason=error.reason)


@asynccontextmanager
async def _listening(settings: Settings, health: Health) -> AsyncIterator[None]:
    if settings.web.port == 0:
        yield
        return
    server = HealthServer(health, host=settings.web.host, port=settings.web.port)
    await server.start()
    try:
        yield
    finally:
        await server.stop()


@asynccontextmanager
async def _delivering(deliverer: Deliverer) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(deliverer.run())
    try:
        yield task
    finally:
        deliverer.stop()
        await task


@asynccontextmanager
async def _hearing(application: Telegram, settings: Settings) -> AsyncIterator[None]:
    updater = application.updater
    assert updater is not None  # noqa: S101  # the builder makes one
    await application.start()
    await updater.start_polling(
        timeout=settings.telegram.poll_timeout,
        bootstrap_retries=-1,
        allowed_updates=_UPDATES,
        error_callback=lambda error: log.warning("updates not fetched", reason=str(error)),
    )
    try:
        yield
    finally:
        await updater.stop()
        await application.stop()
        await application.shutdown()


@asynccontextmanager
async def _ticking(settings: Settings, jobs: Mapping[str, tuple[Times, Job]]) -> AsyncIterator[None]:
    schedule = Schedule(jobs, settings.schedule.zone)
    schedule.start()
    try:
        yield
    finally:
        await schedule.stop()


async def _done(work: asyncio.Task[None], stopping: asyncio.Event) -> bool:
    """Wait for ``work`` to end, and raise what it raises; False where ``stopping`` came first."""
    stop = asyncio.create_task(stopping.wait())
    await asyncio.wait({stop, work}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if work.done():
        work.result()
    return work.done()
