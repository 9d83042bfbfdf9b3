"""A ledger on a real SQLite file, and small stand-ins for what lies around the deliverer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivering import Courier, Deliverer, Send, Turns
from bot.errors import StoreError
from bot.messages import Message
from bot.model import Cut, Delivery, Purpose
from bot.storage import Database, Deliveries, Issues, Subscribers
from tests.builders import NOON
from tests.storage.rows import add_issue

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

    async def turn(self, chat_id: int, *, urgent: bool) -> None:
        """At once."""


@dataclass
class Gate(Watched):
    """Lets ``free`` turns pass, and the others only when it is opened."""

    free: int = 0
    waiting: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def turn(self, *_: object, **__: object) -> None:
        if self.free:
            self.free -= 1
            return
        self.waiting += 1
        self.tell()
        await self.opened.wait()


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
class Post(Watched):
    """Takes messages; ``faults`` are raised, in turn, for the chat they stand under.

    ``begun`` counts the sends that began; a chat in ``held`` waits before it answers.
    """

    begun: int = 0

    sent: list[tuple[int, str]] = field(default_factory=list)
    faults: dict[int, list[Exception]] = field(default_factory=dict)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    on_sent: Callable[[], None] = lambda: None

    async def send(self, chat_id: int, message: Message) -> int:
        self.begun += 1
        self.tell()
        if chat_id in self.held:
            await self.held[chat_id].wait()
        if faults := self.faults.get(chat_id):
            raise faults.pop(0)
        self.sent.append((chat_id, message.html))
        self.on_sent()
        self.tell()
        return 100 + len(self.sent)

    def to(self, chat_id: int) -> list[str]:
        return [html for chat, html in self.sent if chat == chat_id]


async def parts(issue_slug: str, cut: Cut) -> tuple[Message, ...]:
    """Three parts; where the cut names topics, one."""
    if cut.topics:
        return (Message(f"{issue_slug} {','.join(cut.topics)}"),)
    return tuple(Message(f"{issue_slug} {number}/3") for number in (1, 2, 3))


@dataclass
class World:
    """Everything a test needs. ``restarted`` is the same file after the process was killed."""

    url: str
    database: Database
    clock: StillClock = field(default_factory=StillClock)
    post: Post = field(default_factory=Post)
    render: Callable[..., object] = parts
    turns: Turns = field(default_factory=NoQueue)
    chance: Callable[[], float] = lambda: 1.0

    @property
    def issues(self) -> Issues:
        return Issues(self.database)

    @property
    def subscribers(self) -> Subscribers:
        return Subscribers(self.database)

    @property
    def ledger(self) -> Deliveries:
        return Deliveries(self.database)

    def deliverer(
        self, *, open_chats: int = 32, ledger: Deliveries | None = None, send: Send | None = None
    ) -> Deliverer:
        courier = Courier(
            ledger=ledger or self.ledger,
            readers=self.subscribers,
            render=self.render,  # type: ignore[arg-type]  # a test's own has whatever it raises
            send=send or self.post.send,
            turns=self.turns,
            now=self.clock.now,
            sleep=self.clock.sleep,
            chance=self.chance,
        )
        return Deliverer(courier, open_chats=open_chats)

    async def publish(self, *chat_ids: int, slug: str = SLUG, cut: Cut | None = None) -> None:
        """An issue is out to these chats."""
        await add_issue(self.issues, slug)
        for chat_id in chat_ids:
            await self.subscribers.join(chat_id, cut or Cut(), self.clock.time)
        await self.ledger.plan_push(slug, self.clock.time)

    async def ask(self, chat_id: int, slug: str = SLUG) -> None:
        await self.ledger.plan_one(
            chat_id=chat_id,
            issue_slug=slug,
            purpose=Purpose.REQUEST,
            cut=Cut(topics=("asked",)),
            now=self.clock.time,
        )

    async def row(self, chat_id: int, slug: str = SLUG) -> Delivery:
        row = await self.ledger.get(slug, chat_id, Purpose.PUSH)
        assert row is not None
        return row


class FailingLedger(Deliveries):
    """The database refuses the next writes of a part."""

    def __init__(self, database: Database, refusals: int) -> None:
        super().__init__(database)
        self.refusals = refusals

    async def record_part(
        self, delivery: Delivery, message_id: int, *, last: bool, now: datetime
    ) -> Delivery | None:
        if self.refusals:
            self.refusals -= 1
            raise StoreError("database: disk full")
        return await super().record_part(delivery, message_id, last=last, now=now)
