"""Floods, by one and by many: memory stays bounded, and others are answered."""

import asyncio
from datetime import timedelta
from itertools import count

from structlog.testing import capture_logs
from telegram import Chat, Message, Update

from bot.handlers import InOrderPerChat, OncePerDay
from bot.readers.allowance import Allowance
from tests.builders import NOON
from tests.handlers.test_update_processor import New

MANY = 1500
FLOODS, ASKS = 1, 2


def update(number: int, chat_id: int) -> Update:
    chat = Chat(id=chat_id, type="private")
    return Update(number, message=Message(message_id=number, date=NOON, chat=chat, text="/help"))


class Held:
    """A processor whose handlers wait until they are let go."""

    def __init__(self) -> None:
        self.processor = InOrderPerChat(New(), lambda: NOON)
        self.go = asyncio.Event()
        self.begun: list[int] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._numbers = count(1)

    async def gets(self, chat_id: int, *, at_once: bool = False) -> None:
        async def handle() -> None:
            self.begun.append(chat_id)
            if not at_once:
                await self.go.wait()

        number = next(self._numbers)
        work = self.processor.do_process_update(update(number, chat_id), handle())
        self.tasks.append(asyncio.create_task(work))
        await asyncio.sleep(0)

    async def settle(self) -> None:
        while any(not task.done() for task in self.tasks) and not self.go.is_set():
            before = sum(task.done() for task in self.tasks)
            for _ in range(9):
                await asyncio.sleep(0)
            if sum(task.done() for task in self.tasks) == before:
                return


async def test_who_floods_has_twenty_waiting_and_others_are_answered_meanwhile() -> None:
    held = Held()
    with capture_logs():
        for _ in range(MANY):
            await held.gets(FLOODS)
        await held.gets(ASKS, at_once=True)
        await held.settle()
        waiting = sum(not task.done() for task in held.tasks)
        assert (waiting, held.begun) == (20, [FLOODS, ASKS])
        held.go.set()
        await asyncio.gather(*held.tasks)
    assert held.begun.count(FLOODS) == 20


async def test_when_many_flood_256_are_handled_at_a_time_and_nothing_of_them_is_kept() -> None:
    held = Held()
    for chat in range(10, 10 + MANY):
        await held.gets(chat)
    await held.settle()
    assert len(held.begun) == 256
    held.go.set()
    await asyncio.gather(*held.tasks)
    assert sorted(held.begun) == list(range(10, 10 + MANY))
    assert not held.processor.waiting_chats


def test_what_is_remembered_of_chats_is_bounded_however_many_there_are() -> None:
    times = count()
    allowance = Allowance(4, lambda: NOON + timedelta(seconds=next(times)))
    once = OncePerDay(lambda: NOON)
    for chat in range(30_000):
        allowance.note(chat)
        once.first(chat)
    for _ in range(1000):
        allowance.note(1)
    assert max(allowance.remembered, once.remembered) <= 10_000
