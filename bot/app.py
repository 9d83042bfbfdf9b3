"""The running bot: what is started in which order, and stopped in the other.

=========== ===================================================================
storage     the database, its schema up to date
editorial   the folder read, what is due planned, the archive in memory
telegram    who we are; wrong tokens end here, a lost network is waited for
schedule    the clock wakes the jobs
lease       of several processes one goes on, the others stand by
 deliverer  goes on with what the ledger holds
 updates    people are heard
=========== ===================================================================
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Never

import structlog
from telegram import Update
from telegram.ext import Application, ApplicationBuilder

from bot.delivery import Deliverer
from bot.delivery.retry import LONGEST_TOLD
from bot.errors import SendError, StoreError
from bot.handlers import Desk, InOrderPerChat, Paced, register
from bot.leading import Leadership, Lease
from bot.messages.wording import Wording
from bot.model import LANGUAGES
from bot.readers.requests import Requesting
from bot.readers.subscriptions import Subscribing
from bot.schedule import Job, Schedule, Times
from bot.settings import Configuration, Settings, read_token
from bot.storage import PAUSED_UNTIL, Marks
from bot.telegram_api import Chats, Client, Poller, Sender, Timeouts, make_client
from bot.web import Health, HealthServer
from bot.wiring import (
    Editorial,
    Sending,
    Storage,
    make_dispatcher,
    make_editorial,
    make_leadership,
    make_sending,
    open_storage,
    utc_now,
)

log = structlog.get_logger()

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds between tries to reach Telegram at the start
_HOUSE_KEPT = 60.0  # seconds between two times that what is out of time is left out
_GOODBYE = 2.0  # seconds for what winds down
_UPDATES_KEPT = timedelta(days=2)  # twice as long as Telegram keeps them
_POLLS_MISSED = 4  # so many may go unanswered in a row before the bot calls itself unwell
_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]

Telegram = Application[Any, Any, Any, Any, Any, Any]


async def serve(
    configuration: Configuration, stopping: asyncio.Event, *, on_running: Callable[[], None] = lambda: None
) -> None:
    """Run until ``stopping`` is set. Raises BadInput where the configuration will not do.

    ``on_running`` is called when all is built.
    """
    settings = configuration.settings
    token = read_token(settings).get_secret_value()
    async with AsyncExitStack() as stack:
        storage = await stack.enter_async_context(open_storage(settings))
        health = Health(database=storage.database, now=time.monotonic, patience=_patience(settings))
        await stack.enter_async_context(_listening(settings, health))
        editorial = make_editorial(configuration, storage)
        reconciling = asyncio.create_task(_reconcile(settings, storage, editorial))
        if not await _done(stopping, reconciling):
            await _cancelled(reconciling)
            return
        client = make_client(
            token,
            api_url=settings.api_url,
            connections=settings.delivery.connections,
            timeouts=_timeouts(settings),
            on_answer=health.answered,
        )
        stack.push_async_callback(client.shutdown)
        pauses = await stack.enter_async_context(_remembering(storage.marks))
        dispatcher = make_dispatcher(settings, pauses.note)
        post = Sender(client, paid=settings.delivery.allow_paid_broadcast)
        sending = make_sending(settings, storage, editorial, post, dispatcher)
        application = _furnished(client, configuration, sending, editorial)
        warm = partial(Chats(client).warm, settings.delivery.ahead)
        schedule = Schedule(_jobs(settings, editorial, sending, warm), settings.schedule.zone)
        connecting = asyncio.create_task(_connect(application))
        if not await _done(stopping, connecting):
            await _cancelled(connecting)
            return
        await stack.enter_async_context(_ticking(schedule))
        work = partial(_work, application, client, sending, health, pauses)
        leading = await stack.enter_async_context(_leading(make_leadership(storage, sending.report), work))
        on_running()
        log.info("bot running", issues=len(editorial.archive.issues), folder=str(settings.issues))
        await _done(stopping, leading)
        log.info("bot stopping")


async def _work(  # each is a part of what the process with the lease does
    application: Telegram, client: Client, sending: Sending, health: Health, pauses: "_Pauses", lease: Lease
) -> None:
    """What one process at a time does, until it is cancelled: deliver, and hear what people say."""
    sending.dispatcher.pause(await pauses.left())  # that another process was told
    deliverer = sending.deliverer(lease)
    await Chats(client).warm(sending.settings.delivery.ahead)
    async with _delivering(deliverer) as delivery, _hearing(application, client, sending.settings) as hearing:
        health.listens(yes=True)
        try:
            await _first_of(delivery, hearing)
        finally:
            health.listens(yes=False)
            deliverer.stop()  # no part begins any more, while all the rest winds down


def _furnished(
    client: Client, configuration: Configuration, sending: Sending, editorial: Editorial
) -> Telegram:
    """The application with its handlers; they share the budget of the deliverer."""
    settings, storage = configuration.settings, sending.storage
    subscribing = Subscribing(
        storage.subscribers, storage.issues, storage.planning, storage.deliveries, utc_now
    )
    desk = Desk(
        digest=configuration.profile.name,
        written_in=configuration.profile.language,
        archive=editorial.archive,
        subscribing=subscribing,
        requesting=Requesting(storage.planning, storage.deliveries, utc_now),
        renderer=editorial.renderer,
        wording=Wording(),
        topics=configuration.topics,
        names=editorial.names,
        per_page=settings.reading.back_issues_per_page,
        newest=settings.reading.newest_items,
        wake=sending.asked.set,
    )
    builder = ApplicationBuilder().bot(client).updater(None).job_queue(None)
    application = builder.concurrent_updates(InOrderPerChat(storage.updates, utc_now)).build()
    register(application, desk, Paced(Chats(client), sending.dispatcher, asyncio.sleep))
    return application


def _patience(settings: Settings) -> float:
    return _POLLS_MISSED * (settings.telegram.poll_timeout + settings.telegram.request_timeout)


def _timeouts(settings: Settings) -> Timeouts:
    waits = settings.telegram
    return Timeouts(read=waits.request_timeout, write=waits.request_timeout, connect=waits.connect_timeout)


async def _reconcile(settings: Settings, storage: Storage, editorial: Editorial) -> None:
    """Everything as it ought to be: folder, plans, archive. What is out of time is left out first."""
    await _keep_house(settings, storage)
    await editorial.intake.read(utc_now())
    await editorial.publisher.publish_due(utc_now())
    await editorial.archive.refresh()


def _jobs(
    settings: Settings, editorial: Editorial, sending: Sending, warm: Callable[[], Awaitable[None]]
) -> dict[str, tuple[Times, Job]]:
    """All of them may run in several processes at once, and at any time."""
    storage, asked = sending.storage, sending.asked
    kept_at = time.monotonic()

    async def read() -> None:
        if (await editorial.intake.read(utc_now())).visible:
            await editorial.archive.refresh()

    async def publish() -> None:
        if await editorial.publisher.publish_due(utc_now()):
            await editorial.archive.refresh()
            await warm()
        asked.set()

    async def deliver() -> None:
        nonlocal kept_at
        if time.monotonic() - kept_at > _HOUSE_KEPT:
            kept_at = time.monotonic()
            await _keep_house(settings, storage)
        await editorial.archive.refresh()  # another process may have published
        asked.set()

    times = settings.schedule
    return {
        "read": (times.read, read),
        "publish": (times.publish, publish),
        "deliver": (times.deliver, deliver),
    }


async def _keep_house(settings: Settings, storage: Storage) -> None:
    """Leave out what did not arrive in time, and forget what nobody will ask for any more."""
    now = utc_now()
    expired = await storage.planning.expire(now - timedelta(days=settings.delivery.expires_after), now)
    if expired:
        log.warning("deliveries expired", deliveries=expired)
    await storage.updates.forget(now - _UPDATES_KEPT)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pauses:
    """Until when Telegram wants no message, kept where a restart finds it."""

    marks: Marks
    storing: set[asyncio.Task[None]] = field(default_factory=set)

    def note(self, seconds: float) -> None:
        """It wants to be left alone so long."""
        log.warning("telegram wants a pause", seconds=seconds)
        task = asyncio.create_task(self._store(utc_now() + timedelta(seconds=seconds)))
        self.storing.add(task)
        task.add_done_callback(self.storing.discard)

    async def left(self) -> float:
        """How many seconds of a pause are left; at most a day, and none below."""
        try:
            until = await self.marks.get(PAUSED_UNTIL)
        except StoreError as error:
            log.warning("pause not read", reason=str(error))
            until = None
        left = (until - utc_now()).total_seconds() if until else 0.0
        return min(max(left, 0.0), LONGEST_TOLD)

    async def _store(self, until: datetime) -> None:
        try:
            await self.marks.set(PAUSED_UNTIL, until)
        except StoreError as error:
            log.warning("pause not stored", reason=str(error))


@asynccontextmanager
async def _remembering(marks: Marks) -> AsyncIterator[_Pauses]:
    pauses = _Pauses(marks=marks)
    try:
        yield pauses
    finally:
        if pauses.storing:
            await asyncio.wait(pauses.storing, timeout=_GOODBYE)


@asynccontextmanager
async def _leading(
    leadership: Leadership, work: Callable[[Lease], Awaitable[None]]
) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(leadership.lead(work))
    try:
        yield task
    finally:
        await _cancelled(task)


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
        await _ended(application)


async def _ended(application: Telegram) -> None:
    """Let handlers come to their end, but not for long: an update cut short comes again."""
    stop = asyncio.create_task(application.stop())
    await asyncio.wait({stop}, timeout=_GOODBYE)
    if not stop.done():
        await _cancelled(stop)


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
    try:
        await _first_of(stop, *works)
    finally:
        stop.cancel()
    return any(work.done() for work in works)


async def _first_of(*works: asyncio.Task[Any]) -> None:
    """Wait for one of them to end, and raise what it raises."""
    done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    for work in done:
        work.result()


async def _cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has ended, however it ends."""
    task.cancel()
    await asyncio.wait({task})
