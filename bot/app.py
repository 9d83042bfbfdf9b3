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
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Never

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
from bot.telegram_api import Chats, Client, Poller, Timeouts, make_client
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
_POLLS_MISSED = 4  # so many may go unanswered in a row before the bot calls itself unwell
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
        stack.push_async_callback(client.shutdown)
        application = _application(client)
        deliverer = _furnish(application, configuration, storage, editorial)
        schedule = Schedule(_jobs(settings, editorial, deliverer), settings.schedule.zone)
        connecting = asyncio.create_task(_connect(application))
        if not await _done(stopping, connecting):
            await _cancelled(connecting)
            return
        delivery = await stack.enter_async_context(_delivering(deliverer))
        hearing = await stack.enter_async_context(_hearing(application, client, settings))
        await stack.enter_async_context(_ticking(schedule))
        log.info("bot running", issues=len(editorial.archive.issues), folder=str(settings.issues))
        await _done(stopping, delivery, hearing)
        log.info("bot stopping")
        deliverer.stop()  # no part begins any more, while all the rest winds down


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
        subscribing=Subscribing(storage.subscribers, storage.issues, storage.deliveries, utc_now),
        requesting=Requesting(storage.deliveries, utc_now),
        renderer=editorial.renderer,
        wording=Wording(),
        topics=configuration.topics,
        names=editorial.names,
        per_page=settings.reading.back_issues_per_page,
        newest=settings.reading.newest_items,
        wake=deliverer.wake,
    )
    register(application, desk, chats, pacing)
    return deliverer


def _application(client: Client) -> Telegram:
    builder = ApplicationBuilder().bot(client).updater(None).job_queue(None)
    return builder.concurrent_updates(InOrderPerChat()).build()


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
        if (await editorial.publishing.read(utc_now())).shows:
            await editorial.archive.refresh()

    async def publish() -> None:
        if await editorial.publishing.publish_due(utc_now()):
            await editorial.archive.refresh()
            deliverer.wake()

    async def deliver() -> None:
        await editorial.archive.refresh()  # another process may have published
        deliverer.wake()

    times = settings.schedule
    return {
        "read": (times.read, read),
        "publish": (times.publish, publish),
        "deliver": (times.deliver, deliver),
    }


async def _connect(application: Telegram) -> None:
    """Make ourselves known, again and again while Telegram cannot be reached."""
    wait = _FIRST_WAIT
    while True:
        try:
            await _introduced(application)
        except SendError as error:
            log.warning("telegram not reached", reason=error.reason, again_in=wait)
        else:
            log.info("telegram reached", bot=application.bot.username)
            return
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


async def _introduced(application: Telegram) -> None:
    """Ask Telegram who we are, and tell it how we listen and what we can do."""
    await application.initialize()
    chats = Chats(application.bot)
    await chats.listen_by_polling()
    await chats.introduce(Wording(), LANGUAGES)


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
async def _hearing(
    application: Telegram, client: Client, settings: Settings
) -> AsyncIterator[asyncio.Task[Never]]:
    poller = Poller(
        client,
        read=lambda raw: Update.de_json(raw, client),
        hand_on=application.update_queue.put,
        allowed=_UPDATES,
        timeout=settings.telegram.poll_timeout,
        sleep=asyncio.sleep,
    )
    await application.start()
    task = asyncio.create_task(poller.run())
    try:
        yield task
    finally:
        await _cancelled(task)
        await application.stop()


@asynccontextmanager
async def _ticking(schedule: Schedule) -> AsyncIterator[None]:
    schedule.start()
    try:
        yield
    finally:
        await schedule.stop()


async def _done(stopping: asyncio.Event, *works: asyncio.Task[Any]) -> bool:
    """Wait for one of ``works`` to end, and raise what it raises; False where ``stopping`` came first."""
    stop = asyncio.create_task(stopping.wait())
    await asyncio.wait({stop, *works}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    done = [work for work in works if work.done()]
    for work in done:
        work.result()
    return bool(done)


async def _cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has ended, however it ends."""
    task.cancel()
    await asyncio.wait({task})
