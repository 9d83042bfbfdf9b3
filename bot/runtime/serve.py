"""The running bot: what is started in which order, and stopped in the reverse.

=========== ===================================================================
storage     the database, waited for, its schema up to date; what expired is skipped
telegram    the bot's name; a wrong token ends here, a lost network is waited for
schedule    the jobs run
lease       one of several processes continues, the others stand by
 worker     delivers what the ledger holds
 updates    people get answers
editorial   beside the others: the folder is read, what is due is planned, the index made where it must be
=========== ===================================================================
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from bot.delivery import Worker
from bot.errors import JianbaoError
from bot.handlers import Desks, Identity
from bot.model import Delivery
from bot.publishing.indexing import Indexer
from bot.runtime.application import TelegramApplication, build_application, connect, present
from bot.runtime.broadcasts import BroadcastWatch
from bot.runtime.channel_pins import ChannelPins, make_channel_pins
from bot.runtime.clock import Now, utc_now
from bot.runtime.clock_jumps import FollowedClock
from bot.runtime.clocks import follow_for, keep_jumps_of
from bot.runtime.databases import open_storage, until_reached
from bot.runtime.editorial import Editorial, make_editorial
from bot.runtime.followers import settle_followers
from bot.runtime.former_chats import FormerChats
from bot.runtime.hearing import door, hearing
from bot.runtime.inbox import Inbox
from bot.runtime.jobs import Jobs, expire_and_prune
from bot.runtime.leadership import Lease
from bot.runtime.left_over import note_held, note_left
from bot.runtime.limits import LimitKeeper
from bot.runtime.memory import give_back
from bot.runtime.metrics import Meter, due_figures, process_figures, sending_figures, storage_figures
from bot.runtime.newsroom import Newsroom, make_newsroom
from bot.runtime.operators import make_desk, make_former_chats, make_telling
from bot.runtime.pauses import Pauses, pause_store
from bot.runtime.schedule import Schedule
from bot.runtime.sending import Sending, make_dispatcher, make_leadership, make_sending
from bot.runtime.tasks import cancelled, completed, first_done, first_of
from bot.runtime.telegram_client import client_of
from bot.runtime.telling import Telling
from bot.runtime.thread_news import ThreadNews, make_thread_news
from bot.runtime.watch import TICKS, Watch
from bot.runtime.watching import listening, look_out, make_watch
from bot.settings import Configuration, Settings, read_token
from bot.storage import Access, Storage
from bot.telegram_api import Chats, Client, Sender

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bot:
    """What the process with the lease works with."""

    client: Client
    application: TelegramApplication
    identity: Identity
    inbox: Inbox
    sending: Sending
    watch: Watch
    broadcasts: BroadcastWatch
    pauses: Pauses
    limits: LimitKeeper
    telling: Telling
    newsroom: Newsroom
    thread_news: ThreadNews
    pins: ChannelPins
    former_chats: FormerChats

    def started(self, delivery: Delivery) -> None:
        """Note that a delivery was begun."""
        self.watch.moved()
        self.broadcasts.started(delivery)


async def serve(
    configuration: Configuration,
    stopping: asyncio.Event,
    *,
    on_running: Callable[[], None] = lambda: None,
    now: Now = utc_now,
) -> None:
    """Run until ``stopping`` is set. Raises BadInput if the configuration does not work.

    ``on_running`` is called when all is built and the folder was read or is away. ``now``: for all but jobs.
    """
    settings = configuration.settings
    read_token(settings)  # without one nothing begins
    async with AsyncExitStack() as stack:
        watch = make_watch(settings, clock := FollowedClock(now, time.monotonic))
        meter = Meter()
        meter.add(process_figures(watch))
        pushed = asyncio.Event()
        await stack.enter_async_context(listening(settings, watch, meter, pushed.set))
        if not await completed(stopping, until_reached(settings, watch.wrote)):
            return
        storage = await stack.enter_async_context(open_storage(settings, Access.MIGRATE))
        storage.database.tell = watch.wrote
        meter.add(due_figures(watch, storage, now), storage_figures(storage, settings, now))
        await stack.enter_async_context(_background(keep_jumps_of(watch, storage, now)))
        await stack.enter_async_context(_background(look_out(watch, settings, storage, now)))
        editorial = await _editorial(stack, configuration, storage)
        await expire_and_prune(settings, storage, now())
        await settle_followers(configuration.topics, storage, now())
        await note_held(storage.holds)
        bot = await _build(stack, configuration, storage, editorial, watch, now)
        await stack.enter_async_context(door(settings, bot.inbox))
        meter.add(sending_figures(bot.sending))
        if not await completed(stopping, connect(bot.application, bot.identity, watch.reached)):
            return
        jobs = _jobs(settings, editorial, bot)
        schedule = Schedule(jobs.table(), settings.schedule.zone, watch.troubles)
        watch.read_by = partial(schedule.tick_after, "read", ticks=TICKS)
        await stack.enter_async_context(_scheduled(schedule))
        await stack.enter_async_context(_background(follow_for(schedule, clock)))
        leadership = make_leadership(storage, partial(_report, bot), watch.took_role)
        leading = await stack.enter_async_context(_background(leadership.lead(partial(_work, bot))))
        give_back()
        log.info("bot_running", issues=await editorial.archive.count(), folder=settings.issues_place)
        await stack.enter_async_context(_background(present(bot.client, configuration)))
        await stack.enter_async_context(_background(jobs.fetch_when(pushed)))
        editing = await stack.enter_async_context(_background(_edit(jobs, editorial.indexer, on_running)))
        await first_done(stopping, leading, editing)
        log.info("bot_stopping")
        await note_left(storage.statistics)


async def _editorial(stack: AsyncExitStack, configuration: Configuration, storage: Storage) -> Editorial:
    editorial = make_editorial(configuration, storage)
    await editorial.intake.check()
    stack.callback(editorial.intake.stop)
    return editorial


async def _build(
    stack: AsyncExitStack,
    configuration: Configuration,
    storage: Storage,
    editorial: Editorial,
    watch: Watch,
    now: Now,
) -> _Bot:
    """The way to Telegram and all that goes it; closed with the stack."""
    settings = configuration.settings
    pauses = await stack.enter_async_context(pause_store(storage.timestamps, now))
    dispatcher = make_dispatcher(settings, pauses.note)

    def answered(method: str) -> None:
        watch.answered(method)
        dispatcher.answered_elsewhere()

    client = client_of(settings, answered, watch)
    stack.push_async_callback(client.shutdown)
    gateway = Sender(client, paid=settings.delivery.allow_paid_broadcast)
    sending = make_sending(settings, storage, editorial, gateway, dispatcher, now=now)
    watch.slowness = sending.slowness
    broadcasts = BroadcastWatch(
        storage.broadcasts, now=now, sleep=asyncio.sleep, steady_time=storage.kept_jumps.steady_time
    )
    await stack.enter_async_context(_background(broadcasts.run()))
    desk = make_desk(configuration, storage, editorial, watch, now=now)
    telling = make_telling(client, configuration, sending, editorial, desk, watch)
    broadcasts.subscribe(telling.broadcasts.heard)
    newsroom = make_newsroom(client, configuration, sending, editorial)
    broadcasts.subscribe(newsroom.bars.heard)
    desks = Desks(admin=desk, editors=newsroom.desk)
    application = build_application(client, configuration, sending, editorial, editorial.identity, desks)
    return _Bot(
        client=client,
        application=application,
        identity=editorial.identity,
        inbox=Inbox(application, storage.updates, now),
        sending=sending,
        watch=watch,
        broadcasts=broadcasts,
        pauses=pauses,
        limits=_limits(sending),
        telling=telling,
        newsroom=newsroom,
        thread_news=make_thread_news(client, sending, editorial),
        pins=make_channel_pins(client, sending, editorial, configuration.profile.language),
        former_chats=make_former_chats(client, configuration, sending, editorial, desks),
    )


def _limits(sending: Sending) -> LimitKeeper:
    kept = sending.storage.learnt_limits
    return LimitKeeper(dispatcher=sending.dispatcher, kept=kept, now=sending.now, seconds=time.monotonic)


def _jobs(settings: Settings, editorial: Editorial, bot: _Bot) -> Jobs:
    return Jobs(
        settings=settings,
        editorial=editorial,
        sending=bot.sending,
        warm=partial(Chats(bot.client).warm, settings.delivery.in_flight_limit),
        now=bot.sending.now,
        seconds=time.monotonic,
        on_read=bot.watch.read,
    )


def _report(bot: _Bot) -> str:
    """What this process says of itself in its lease."""
    return bot.sending.report(bot.watch.troubles.present)


async def _work(bot: _Bot, lease: Lease) -> None:
    """What one process at a time does, until it is cancelled: deliver, and answer people."""
    sending, settings = bot.sending, bot.sending.settings
    pause = await bot.pauses.left()  # which Telegram may have asked of another process
    sending.dispatcher.pause(pause)
    await bot.limits.resume(pause=pause)
    worker = sending.worker(lease, bot.started)
    await note_left(sending.storage.statistics)
    await sending.storage.kept_jumps.forget_later(sending.now())
    await Chats(bot.client).warm(settings.delivery.in_flight_limit)
    async with (
        _background(sending.brake.watch(asyncio.sleep, sending.wake_up.set)),
        _background(bot.limits.run()),
        _background(bot.telling.run()),
        _background(bot.newsroom.run()),
        _background(bot.thread_news.run()),
        _background(bot.pins.run()),
        _background(bot.former_chats.run()),
        _delivering(worker) as delivery,
        hearing(
            bot.application,
            bot.client,
            settings,
            bot.inbox,
            inline=bot.identity.inline,
            heard=bot.watch.heard,
            rest=bot.watch.comeback.rest,
        ) as updates,
    ):
        try:
            with bot.watch.listening():
                await first_of(delivery, updates)
        finally:
            bot.broadcasts.forget()
            worker.stop()  # begin no new part while the rest ends


async def _edit(jobs: Jobs, indexer: Indexer, on_running: Callable[[], None]) -> None:
    """Read the folder for the first time, and make the index anew where it must be; ends never."""
    await jobs.begin()
    on_running()
    try:
        await indexer.run()
    except JianbaoError as error:
        log.error("index_failed", reason=str(error))  # noqa: TRY400  # the reason says it all
    await asyncio.Event().wait()


@asynccontextmanager
async def _background(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(work)
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
