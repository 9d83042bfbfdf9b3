"""What sends: dispatcher, workers and the lease, built from the configuration."""

import asyncio
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.delivery import (
    BatchWriter,
    Brake,
    DeliveryJob,
    FailureHandler,
    InFlight,
    LossBrake,
    MessageGateway,
    ReaderHours,
    Withdrawals,
    Worker,
)
from bot.delivery.changed_chats import ChangedChats
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.correction_note import CorrectionNote
from bot.delivery.earlier_issues import EarlierIssues
from bot.delivery.in_full import InFull
from bot.delivery.job import Finish, Render, as_rendered
from bot.delivery.last_row import LastRow
from bot.delivery.newcomers import Newcomers
from bot.delivery.notices import NoticesAndIssues
from bot.delivery.on_topics import OnTopics, Wanted
from bot.delivery.render_cache import RenderCache
from bot.messages.wording import Wording
from bot.model import Delivery
from bot.pacing import Dispatcher
from bot.reports.sender import Started, this_process, write_report
from bot.reports.slowness import slowness
from bot.reports.troubles import Trouble
from bot.runtime.clock import Now, boot_time, utc_now
from bot.runtime.editorial import Editorial
from bot.runtime.leadership import Leadership, Lease, Role
from bot.settings import Settings
from bot.settings.sections import UNPAID_RATE
from bot.storage import SENDER, Storage


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
    """What sending needs besides the lease: made once, used by each worker.

    ``parked`` is set whenever a thread was parked, ``changed`` names chats to which something was delivered,
    ``newcomers`` those to which nothing is yet.
    ``now`` is the clock of all that the bot does, ``started`` when it began and with which files.
    """

    settings: Settings
    storage: Storage
    render: Render
    gateway: MessageGateway
    dispatcher: Dispatcher
    wake_up: asyncio.Event
    finish: Finish = as_rendered
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
    brake: Brake = field(default_factory=Brake.off)
    losses: LossBrake = field(default_factory=LossBrake.off)
    parked: asyncio.Event = field(default_factory=asyncio.Event)
    changed: ChangedChats = field(default_factory=ChangedChats)
    newcomers: Newcomers = field(default_factory=Newcomers)
    now: Now = utc_now
    started: Started | None = None

    def report(self, troubles: Iterable[Trouble] = ()) -> str:
        """Rate, limit and counts as JSON, which ``jianbao status`` shows of the process that sends."""
        return write_report(self.dispatcher.report, self.started, troubles)

    def slowness(self) -> str | None:
        """Why sending is slow; None if it is not."""
        return slowness(self.dispatcher.report, self.settings.delivery.rate)

    def worker(self, lease: Lease, on_start: Callable[[Delivery], None] = lambda _: None) -> Worker:
        """A worker that delivers the ledger's rows while this process has the lease.

        ``on_start`` is told each delivery that begins.
        """
        delivery, storage = self.settings.delivery, self.storage
        in_flight = InFlight(most=delivery.in_flight_limit)
        writer = BatchWriter(
            storage.deliveries, token=lease.token, now=self.now, seconds=time.monotonic, sleep=asyncio.sleep
        )
        job = DeliveryJob(
            deliveries=storage.deliveries,
            writer=writer,
            render=self.render,
            gateway=self.gateway,
            dispatcher=self.dispatcher,
            lease=lease,
            in_flight=in_flight,
            failures=self._failures(writer, in_flight),
            sleep=asyncio.sleep,
            on_uncertain=delivery.uncertain,
            finish=self.finish,
            in_full=InFull(deliveries=storage.deliveries, subscribers=storage.subscribers, now=self.now),
            withdrawals=self.withdrawals,
            brake=self.brake,
            losses=self.losses,
        )
        return Worker(
            job,
            storage.deliveries,
            in_flight=in_flight,
            writer=writer,
            now=self.now,
            sleep=asyncio.sleep,
            wake_up=self.wake_up,
            open_chats=delivery.chats_at_once,
            on_start=on_start,
            on_end=self.changed.note,
            brake=self.brake,
            newcomers=self.newcomers,
            hours=ReaderHours(storage.hours_due, token=lease.token, wanted=Wanted(self.render)),
        )

    def _failures(self, writer: BatchWriter, in_flight: InFlight) -> FailureHandler:
        return FailureHandler(
            deliveries=self.storage.deliveries,
            subscribers=self.storage.subscribers,
            threads=self.storage.threads,
            writer=writer,
            in_flight=in_flight,
            now=self.now,
            sleep=asyncio.sleep,
            jitter=random.SystemRandom().random,
            on_uncertain=self.settings.delivery.uncertain,
            on_parked=self.parked.set,
        )


def make_sending(
    settings: Settings,
    storage: Storage,
    editorial: Editorial,
    gateway: MessageGateway,
    dispatcher: Dispatcher,
    *,
    now: Now = utc_now,
) -> Sending:
    """Everything that a worker needs but its lease."""
    cache = RenderCache(
        editorial.parsed, editorial.renderer, most=settings.delivery.cached_cuts, now=time.monotonic
    )
    brake = Brake(storage.holds.pushes)
    return Sending(
        settings=settings,
        storage=storage,
        render=NoticesAndIssues(storage.issues, editorial.renderer, cache.render).render,
        gateway=gateway,
        dispatcher=dispatcher,
        wake_up=asyncio.Event(),
        brake=brake,
        losses=LossBrake(storage.holds.hold, brake.look, now=now),
        now=now,
        started=Started(at=now(), files=editorial.files),
        finish=_finish(storage, editorial, cache),
    )


def _finish(storage: Storage, editorial: Editorial, cache: RenderCache) -> Finish:
    """What is added to the messages of each delivery, the line that tells of a correction last."""
    earlier = EarlierIssues(
        OnTopics(LastRow(editorial.archive, Wording())),
        editorial.archive,
        cache.render,
        editorial.renderer,
        Wording(),
    )
    posts = ChannelPosts(
        earlier,
        storage.channels,
        Wording(),
        issue_link=editorial.identity.issue_link,
        now=time.monotonic,
    )
    return CorrectionNote(
        finish=posts,
        told=storage.corrections_told,
        parsed=editorial.parsed,
        read=editorial.read,
        renderer=editorial.renderer,
        deliveries=storage.deliveries,
    )


def make_leadership(
    storage: Storage, report: Callable[[], str], on_role: Callable[[Role], None]
) -> Leadership:
    """What lets one of all processes that share the database send; ``report`` is stored with its lease.

    ``on_role`` is told whenever this one begins to lead or to stand by.
    """
    return Leadership(
        storage.leases,
        role=SENDER,
        holder=this_process(),
        now=boot_time,
        sleep=asyncio.sleep,
        report=report,
        on_role=on_role,
    )
