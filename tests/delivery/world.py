"""A ledger on a real SQLite file, and small stand-ins for what lies around the deliverer."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from bot.delivery import (
    BatchWriter,
    Brake,
    DeliveryJob,
    FailureHandler,
    InFlight,
    LossBrake,
    ReaderHours,
    Withdrawals,
    Worker,
)
from bot.delivery import MessageGateway as Gateway
from bot.delivery.failures import OnUncertain
from bot.delivery.job import Dispatcher, Finish, Render, as_rendered
from bot.delivery.on_topics import Wanted
from bot.delivery.reconcile import RenderedIssue
from bot.errors import MessageGone, MessageRefused, StoreError, ThreadClosed
from bot.messages import Message
from bot.model import Cut, Delivery, Destination, Key, Purpose
from bot.pacing import Priority
from bot.storage import SENDER, Database, Deliveries, Issues, Leases, Planner, Statistics, Subscribers
from bot.storage.hours_due import HoursDue
from bot.storage.threads import Threads
from tests.builders import NOON
from tests.storage.rows import add_issue

T = TypeVar("T")
SLUG = "2026-03-02"
PATIENCE = 10.0  # seconds; a test that waits so long has failed


@dataclass
class Watched:
    """Something that a test can wait for, through real I/O."""

    _news: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def tell(self) -> None:
        self._news.set()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._news.clear()
                await self._news.wait()


@dataclass
class StillClock(Watched):
    """Stands at noon until it is moved."""

    time: datetime = NOON
    alarms: list[tuple[datetime, asyncio.Event]] = field(default_factory=list)

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        rings = asyncio.Event()
        self.alarms.append((self.time + timedelta(seconds=seconds), rings))
        self.tell()
        await rings.wait()

    async def until_alarm(self, seconds: float) -> None:
        """Until somebody sleeps for just so long from now."""
        at = self.time + timedelta(seconds=seconds)
        await self.until(lambda: at in [alarm for alarm, _ in self.alarms])

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        for at, rings in self.alarms:
            if at <= self.time:
                rings.set()


class NoQueue:
    """Everybody's turn is now."""

    async def rested(self, chat_id: int, *, priority: Priority) -> None:
        """At once."""

    async def run(
        self,
        chat_id: int,  # noqa: ARG002  # the signature is the dispatcher's
        call: Callable[[], Awaitable[T]],
        *,
        priority: Priority,  # noqa: ARG002  # as above
        paid: bool,  # noqa: ARG002  # as above
    ) -> T:
        return await call()


@dataclass
class Gate(Watched):
    """Lets ``free`` turns pass, and the others only when it is opened; ``late``: at the slot itself."""

    free: int = 0
    late: bool = False
    waiting: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def rested(self, *_: object, **__: object) -> None:
        if not self.late:
            await self._pass()

    async def run(self, chat_id: int, call: Callable[[], Awaitable[T]], **_: object) -> T:  # noqa: ARG002  # the signature is the dispatcher's
        if self.late:
            await self._pass()
        return await call()

    async def _pass(self) -> None:
        if self.free:
            self.free -= 1
            return
        self.waiting += 1
        self.tell()
        await self.opened.wait()


@dataclass
class Held(Watched):
    """The lease is had, until it is lost; it is ``unsure`` until this is set."""

    lost: bool = False
    unsure: asyncio.Event | None = None
    waiting: int = 0

    async def held(self) -> bool:
        if self.unsure:
            self.waiting += 1
            self.tell()
            await self.unsure.wait()
        return not self.lost


@dataclass
class Chances:
    """Breaks so many times before it gives a chance."""

    faults: int

    def draw(self) -> float:
        if self.faults:
            self.faults -= 1
            raise OSError("no randomness")
        return 1.0


@dataclass
class MessageGateway(Watched):
    """Takes messages; ``faults`` are raised, in turn, for the chat they stand under.

    ``lost_answers`` are raised so too, of edits and deletions after they were carried out.

    ``begun`` counts the calls that began; a chat in ``held`` waits before it answers. ``chats`` is
    what stands in each; messages that are ``too_old`` cannot be deleted.
    """

    begun: int = 0

    sent: list[tuple[int, str]] = field(default_factory=list)
    places: list[Destination] = field(default_factory=list)
    closed: dict[Destination, str] = field(default_factory=dict)
    silent: list[bool] = field(default_factory=list)
    faults: dict[int, list[Exception]] = field(default_factory=dict)
    lost_answers: dict[int, list[Exception]] = field(default_factory=dict)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    chats: dict[int, dict[int, str]] = field(default_factory=dict)
    replies: dict[int, int] = field(default_factory=dict)
    edits: int = 0
    too_old: bool = False
    on_sent: Callable[[], None] = lambda: None

    async def send(self, to: Destination, message: Message, *, reply_to: int | None = None) -> int:
        chat_id = to.chat
        await self._arrive(chat_id)
        if closed := self.closed.get(to):
            raise ThreadClosed(closed)
        message_id = 101 + len(self.sent)
        self.sent.append((chat_id, message.html))
        self.places.append(to)
        self.silent.append(message.silent)
        self.chats.setdefault(chat_id, {})[message_id] = message.html
        if reply_to is not None:
            self.replies[message_id] = reply_to
        self.on_sent()
        self.tell()
        return message_id

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        await self._arrive(chat_id)
        if message_id not in self.chats.get(chat_id, {}):
            raise MessageGone("message to edit not found")
        self.chats[chat_id][message_id] = message.html
        self.edits += 1
        self._answer(chat_id)

    async def delete(self, chat_id: int, message_id: int) -> None:
        await self._arrive(chat_id)
        if self.too_old:
            raise MessageRefused("message can't be deleted for everyone")
        self.chats.get(chat_id, {}).pop(message_id, None)
        self._answer(chat_id)

    def _answer(self, chat_id: int) -> None:
        self.tell()
        if lost := self.lost_answers.get(chat_id):
            raise lost.pop(0)

    async def _arrive(self, chat_id: int) -> None:
        self.begun += 1
        self.tell()
        if chat_id in self.held:
            await self.held[chat_id].wait()
        if faults := self.faults.get(chat_id):
            raise faults.pop(0)

    def to(self, chat_id: int) -> list[str]:
        return [html for chat, html in self.sent if chat == chat_id]

    def standing(self, chat_id: int) -> list[str]:
        """What the chat shows, in order."""
        return list(self.chats.get(chat_id, {}).values())


NOTICE = Message("taken back")


def edition(*names: str, text: str = SLUG, name: str = "c1") -> RenderedIssue:
    """An edition of parts with these names; each reads as the text and its name."""
    messages = tuple(Message(f"{text} {one}", name=one) for one in names)
    return RenderedIssue(edition=name, messages=messages, notice=NOTICE)


async def parts(slug: str, cut: Cut, *, private: bool = False, fresh: bool = False) -> RenderedIssue:  # noqa: ARG001  # as Render asks
    """Three parts; where the cut names topics, one."""
    names = (",".join(cut.topics),) if cut.topics else ("1/3", "2/3", "3/3")
    return edition(*names, text=slug)


@dataclass
class World:
    """Everything a test needs. ``restarted`` is the same file after the process was killed."""

    url: str
    database: Database
    clock: StillClock = field(default_factory=StillClock)
    gateway: MessageGateway = field(default_factory=MessageGateway)
    render: Render = parts
    dispatcher: Dispatcher = field(default_factory=NoQueue)
    lease: Held = field(default_factory=Held)
    on_uncertain: OnUncertain = "resend"
    jitter: Callable[[], float] = lambda: 0.5
    wake_up: asyncio.Event = field(default_factory=asyncio.Event)
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
    brake: Brake = field(default_factory=Brake.off)
    losses: LossBrake = field(default_factory=LossBrake.off)
    finish: Finish = as_rendered
    _commits: Iterator[int] = field(default_factory=count)

    @property
    def issues(self) -> Issues:
        return Issues(self.database)

    @property
    def subscribers(self) -> Subscribers:
        return Subscribers(self.database)

    @property
    def ledger(self) -> Deliveries:
        return Deliveries(self.database)

    @property
    def planner(self) -> Planner:
        return Planner(self.database)

    @property
    def statistics(self) -> Statistics:
        return Statistics(self.database)

    async def worker(
        self, *, open_chats: int = 32, ledger: Deliveries | None = None, gateway: Gateway | None = None
    ) -> Worker:
        """One of this process, which takes the lease from whoever has it."""
        leases = Leases(self.database)
        if held := await leases.current(SENDER):
            await leases.release(SENDER, token=held.token)
        token = await leases.acquire(SENDER, holder="test", seconds=30)
        assert token is not None
        ledger = ledger or self.ledger
        in_flight = InFlight(most=8)
        writer = BatchWriter(
            ledger, token=token, now=self.clock.now, seconds=self.commits, sleep=self.clock.sleep
        )
        failures = FailureHandler(
            deliveries=ledger,
            subscribers=self.subscribers,
            threads=Threads(self.database),
            writer=writer,
            in_flight=in_flight,
            now=self.clock.now,
            sleep=self.clock.sleep,
            jitter=self.jitter,
            on_uncertain=self.on_uncertain,
        )
        job = DeliveryJob(
            deliveries=ledger,
            writer=writer,
            render=self.render,
            gateway=gateway or self.gateway,
            dispatcher=self.dispatcher,
            lease=self.lease,
            in_flight=in_flight,
            failures=failures,
            sleep=self.clock.sleep,
            on_uncertain=self.on_uncertain,
            withdrawals=self.withdrawals,
            brake=self.brake,
            losses=self.losses,
            finish=self.finish,
        )
        return Worker(
            job,
            ledger,
            in_flight=in_flight,
            writer=writer,
            now=self.clock.now,
            sleep=self.clock.sleep,
            wake_up=self.wake_up,
            open_chats=open_chats,
            brake=self.brake,
            hours=ReaderHours(HoursDue(self.database), token=token, wanted=Wanted(self.render)),
        )

    def commits(self) -> float:
        """A steady clock on which no commit ever has to wait for the one before."""
        return next(self._commits)

    async def publish(self, *chat_ids: int, slug: str = SLUG, cut: Cut | None = None) -> None:
        """An issue is out to these chats."""
        await add_issue(self.issues, slug)
        for chat_id in chat_ids:
            await self.subscribers.join(Destination(chat_id), cut or Cut(), self.clock.time)
        await self.planner.push(slug, self.clock.time)

    async def ask(self, chat_id: int, slug: str = SLUG, purpose: Purpose = Purpose.REQUEST) -> None:
        await self.planner.plan_one(
            to=Destination(chat_id),
            issue_slug=slug,
            purpose=purpose,
            cut=Cut(topics=("asked",)),
            now=self.clock.time,
        )

    async def row(self, chat_id: int, slug: str = SLUG) -> Delivery:
        row = await self.ledger.get(slug, Destination(chat_id), Purpose.PUSH)
        assert row is not None
        return row


class FailingLedger(Deliveries):
    """The database refuses so many writes of what became of a part."""

    def __init__(self, database: Database, refusals: int) -> None:
        super().__init__(database)
        self.refusals = refusals

    async def record(self, changed: Sequence[Delivery], *, token: int, now: datetime) -> frozenset[Key]:
        if self.refusals and any(one.parts for one in changed):
            self.refusals -= 1
            raise StoreError("database: disk full")
        return await super().record(changed, token=token, now=now)
