"""The running bot: what is started in which order, and stopped in the other.

=========== ===================================================================
storage     the database, its schema up to date
editorial   the folder read, what is due planned, the archive in memory
telegram    who we are; wrong tokens end here, a lost network is waited for
schedule    the clock wakes the jobs
lease       of several processes one goes on, the others stand by
 worker     goes on with what the ledger holds
 updates    people are answered
=========== ===================================================================
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import structlog

from bot.delivery import Worker
from bot.runtime.application import TelegramApplication, build_application, connect, polling
from bot.runtime.clock import utc_now
from bot.runtime.jobs import Jobs, reconcile
from bot.runtime.leadership import Leadership, Lease
from bot.runtime.pauses import Pauses, pause_store
from bot.runtime.schedule import Schedule
from bot.runtime.tasks import cancelled, first_done, first_of
from bot.runtime.wiring import (
    Sending,
    make_dispatcher,
    make_editorial,
    make_leadership,
    make_sending,
    open_storage,
)
from bot.settings import Configuration, Settings, read_token
from bot.storage import Access
from bot.telegram_api import Chats, Client, Sender, Timeouts, make_client
from bot.web import Health

log = structlog.get_logger()

_POLLS_MISSED = 4  # so many may go unanswered in a row before the bot calls itself unwell


async def serve(
    configuration: Configuration, stopping: asyncio.Event, *, on_running: Callable[[], None] = lambda: None
) -> None:
    """Run until ``stopping`` is set. Raises BadInput if the configuration does not do.

    ``on_running`` is called when all is built.
    """
    settings = configuration.settings
    token = read_token(settings).get_secret_value()
    async with AsyncExitStack() as stack:
        storage = await stack.enter_async_context(open_storage(settings, Access.MIGRATE))
        health = Health(database=storage.database, now=time.monotonic, patience=_patience(settings))
        await stack.enter_async_context(_listening(settings, health))
        editorial = make_editorial(configuration, storage)
        reconciling = asyncio.create_task(reconcile(settings, storage, editorial, utc_now))
        if not await first_done(stopping, reconciling):
            await cancelled(reconciling)
            return
        client = make_client(
            token,
            api_url=settings.api_url,
            connections=settings.delivery.connections,
            timeouts=_timeouts(settings),
            on_answer=health.answered,
        )
        stack.push_async_callback(client.shutdown)
        pauses = await stack.enter_async_context(pause_store(storage.timestamps, utc_now))
        dispatcher = make_dispatcher(settings, pauses.note)
        gateway = Sender(client, paid=settings.delivery.allow_paid_broadcast)
        sending = make_sending(settings, storage, editorial, gateway, dispatcher)
        application = build_application(client, configuration, sending, editorial)
        warm = partial(Chats(client).warm, settings.delivery.ahead)
        jobs = Jobs(
            settings=settings,
            editorial=editorial,
            sending=sending,
            warm=warm,
            now=utc_now,
            seconds=time.monotonic,
        )
        schedule = Schedule(jobs.table(), settings.schedule.zone)
        connecting = asyncio.create_task(connect(application))
        if not await first_done(stopping, connecting):
            await cancelled(connecting)
            return
        await stack.enter_async_context(_scheduled(schedule))
        work = partial(_work, application, client, sending, health, pauses)
        leading = await stack.enter_async_context(_leading(make_leadership(storage, sending.report), work))
        on_running()
        log.info("bot_running", issues=len(editorial.archive.issues), folder=str(settings.issues))
        await first_done(stopping, leading)
        log.info("bot_stopping")


async def _work(  # each is a part of what the process with the lease does
    application: TelegramApplication,
    client: Client,
    sending: Sending,
    health: Health,
    pauses: Pauses,
    lease: Lease,
) -> None:
    """What one process at a time does, until it is cancelled: deliver, and answer people."""
    sending.dispatcher.pause(await pauses.left())  # that another process was told
    worker = sending.worker(lease)
    await Chats(client).warm(sending.settings.delivery.ahead)
    async with _delivering(worker) as delivery, polling(application, client, sending.settings) as updates:
        health.listens(yes=True)
        try:
            await first_of(delivery, updates)
        finally:
            health.listens(yes=False)
            worker.stop()  # no part begins any more, while all the rest winds down


def _patience(settings: Settings) -> float:
    return _POLLS_MISSED * (settings.telegram.poll_timeout + settings.telegram.request_timeout)


def _timeouts(settings: Settings) -> Timeouts:
    waits = settings.telegram
    return Timeouts(read=waits.request_timeout, write=waits.request_timeout, connect=waits.connect_timeout)


@asynccontextmanager
async def _listening(settings: Settings, health: Health) -> AsyncIterator[None]:
    if settings.web.port == 0:
        yield
        return
    from bot.web.server import HealthServer  # noqa: PLC0415  # 1.5 MB that a bot without a port need not have

    server = HealthServer(health, host=settings.web.host, port=settings.web.port)
    await server.start()
    try:
        yield
    finally:
        await server.stop()


@asynccontextmanager
async def _leading(
    leadership: Leadership, work: Callable[[Lease], Awaitable[None]]
) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(leadership.lead(work))
    try:
        yield task
    finally:
        await cancelled(task)


@asynccontextmanager
async def _delivering(worker: Worker) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(worker.run())
    try:
        yield task
    finally:
        worker.stop()
        await task


@asynccontextmanager
async def _scheduled(schedule: Schedule) -> AsyncIterator[None]:
    schedule.start()
    try:
        yield
    finally:
        await schedule.stop()
