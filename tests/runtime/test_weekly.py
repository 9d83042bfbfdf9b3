"""What readers did is told once a week, on Monday at nine in the digest's zone, and never of few."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SendError, TryLater, Uncertain
from bot.handlers import KnownChat
from bot.messages import Message, Renderer
from bot.model import Deed, Destination
from bot.runtime.weekly import WeeklyReports
from bot.storage import Database, Storage
from bot.storage.weekly import FEW
from tests.messages.names import FixedNames

BERLIN = ZoneInfo("Europe/Berlin")
GROUP = -4001
WEEK = date(2026, 3, 23)  # on its Sunday clocks go forward
MONDAY = datetime(2026, 3, 30, 9, tzinfo=BERLIN)


class Chat:
    """A chat that takes messages, and once fails as told."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.fault: SendError | None = None

    async def send(self, to: Destination, message: Message) -> int:
        assert to == Destination(GROUP)
        fault, self.fault = self.fault, None
        if fault:
            raise fault
        self.got.append(message.html)
        return len(self.got)


class Clock:
    now = MONDAY


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await storage.editors_chats.offer("digest", MONDAY + timedelta(days=99))
        await storage.editors_chats.claim("digest", GROUP, "en", MONDAY)
        yield storage


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def process(storage: Storage, chat: Chat, clock: Clock) -> WeeklyReports:
    """One that begins now."""
    return WeeklyReports(
        storage=storage,
        place=KnownChat(storage.editors_chats, named=None, now=lambda: clock.now),
        gateway=chat,
        renderer=Renderer(FixedNames()),
        names=FixedNames(),
        language="zh",
        zone=BERLIN,
        now=lambda: clock.now,
    )


async def opened(storage: Storage, week: date, *, readers: int = FEW) -> None:
    for person in range(readers):
        topics = ("quantization",) if person < FEW else ()
        await storage.weekly.note(person, week, Deed.OPENED, topics)


async def test_a_week_is_told_at_nine_on_monday_and_once_whoever_looks(
    storage: Storage, chat: Chat, clock: Clock
) -> None:
    await opened(storage, WEEK, readers=2 * FEW)
    await storage.weekly.note(1, WEEK, Deed.SAVED, ("quantization",))
    clock.now = MONDAY - timedelta(seconds=1)
    await process(storage, chat, clock).look()
    assert chat.got == []
    assert await storage.weekly.unsettled(WEEK + timedelta(days=7)) == [WEEK]
    clock.now = MONDAY
    for _ in range(2):
        ours = process(storage, chat, clock)
        for _ in range(2):
            await ours.look()
        clock.now += timedelta(days=2)
    (told,) = chat.got
    assert "The week of the readers</b> (2026-03-23 to 2026-03-29)" in told
    assert "opened 10 · saved under five readers; 0 items came out" in told
    assert "<b>Quantization</b>: 50 % of opened, saved by under five; 0 % of items" in told


async def test_the_hour_is_that_of_the_zone_before_and_after_clocks_change(
    storage: Storage, chat: Chat, clock: Clock
) -> None:
    for week, hour in ((date(2026, 3, 16), 8), (WEEK, 7)):  # nine in Berlin, in UTC
        await opened(storage, week)
        after = week + timedelta(days=7)
        at, before = datetime(after.year, after.month, after.day, hour, tzinfo=UTC), len(chat.got)
        clock.now = at - timedelta(minutes=1)
        await process(storage, chat, clock).look()
        assert len(chat.got) == before
        clock.now = at
        await process(storage, chat, clock).look()
        assert len(chat.got) == before + 1


async def test_what_could_not_be_told_is_told_later_and_what_may_have_come_is_not_told_twice(
    storage: Storage, chat: Chat, clock: Clock
) -> None:
    await opened(storage, WEEK)
    chat.fault = TryLater("away", after=0)
    await process(storage, chat, clock).look()
    await process(storage, chat, clock).look()
    assert len(chat.got) == 1
    await opened(storage, WEEK + timedelta(days=7))
    clock.now += timedelta(days=7)
    chat.fault = Uncertain("no answer")
    for _ in range(2):
        await process(storage, chat, clock).look()
    assert len(chat.got) == 1


async def test_after_weeks_away_all_are_counted_and_the_last_is_told(
    storage: Storage, chat: Chat, clock: Clock
) -> None:
    for ago in (3, 2, 1):
        await opened(storage, WEEK - timedelta(weeks=ago - 1))
    await process(storage, chat, clock).look()
    assert ["2026-03-23" in told for told in chat.got] == [True]
    assert await storage.weekly.unsettled(WEEK + timedelta(days=7)) == []
    assert len(await storage.weekly.counts(WEEK - timedelta(weeks=2))) == 2


async def test_where_nobody_did_anything_or_nobody_is_there_nothing_is_told(
    storage: Storage, chat: Chat, clock: Clock
) -> None:
    await process(storage, chat, clock).look()
    clock.now += timedelta(days=7)
    await opened(storage, WEEK + timedelta(days=7))
    await storage.editors_chats.forget()
    await process(storage, chat, clock).look()
    await storage.editors_chats.offer("again", clock.now + timedelta(hours=1))
    await storage.editors_chats.claim("again", GROUP, "en", clock.now)
    await process(storage, chat, clock).look()
    assert chat.got == []
