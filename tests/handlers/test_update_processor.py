"""Each update is dealt with once, whoever repeats it, and those of a chat in their order."""

import asyncio
import inspect
from datetime import datetime

import pytest
from telegram import Chat, Message, Update

from bot.errors import StoreError
from bot.handlers import InOrderPerChat
from bot.storage import Database, Updates
from tests.builders import NOON

LIN, ADA = 1, 2
FIRST, HERS = 1, 99  # updates


def update(number: int, chat_id: int = LIN) -> Update:
    chat = Chat(id=chat_id, type="private", first_name="小林")
    return Update(number, message=Message(message_id=number, date=NOON, chat=chat, text="/help"))


class Handler:
    """Notes what it was called for."""

    def __init__(self) -> None:
        self.handled: list[int] = []

    async def handle(self, one: Update) -> None:
        self.handled.append(one.update_id)


async def processed(processor: InOrderPerChat, handler: Handler, *numbers: int) -> None:
    for number in numbers:
        await processor.do_process_update(update(number), handler.handle(update(number)))


async def test_an_update_that_comes_again_is_not_dealt_with_again(database_url: str) -> None:
    async with Database(database_url) as database:
        handler = Handler()
        await processed(InOrderPerChat(Updates(database), lambda: NOON), handler, 7, 8)
        after_a_restart = InOrderPerChat(Updates(database), lambda: NOON)
        await processed(after_a_restart, handler, 7, 8, 9)
        assert handler.handled == [7, 8, 9]


async def test_what_waits_when_the_process_ends_is_dropped_without_a_warning() -> None:
    handler, processor = Handler(), InOrderPerChat(New(), lambda: NOON)
    never = asyncio.Event()

    async def waits() -> None:
        await never.wait()

    first = asyncio.create_task(processor.do_process_update(update(FIRST), waits()))
    waiting = handler.handle(update(2))
    second = asyncio.create_task(processor.do_process_update(update(2), waiting))
    await asyncio.sleep(0)
    for task in (second, first):
        task.cancel()
    await asyncio.wait({first, second})
    assert inspect.getcoroutinestate(waiting) == inspect.CORO_CLOSED


async def test_one_whose_handling_broke_off_is_dealt_with_when_it_comes_again(database_url: str) -> None:
    class Broken(Handler):
        async def handle(self, one: Update) -> None:
            await super().handle(one)
            raise ConnectionError

    async with Database(database_url) as database:
        processor, broken, handler = InOrderPerChat(Updates(database), lambda: NOON), Broken(), Handler()
        with pytest.raises(ConnectionError):
            await processed(processor, broken, 7)
        await processed(processor, handler, 7)
        assert handler.handled == [7]


class Away:
    """A database that does not answer."""

    async def known(self, update_id: int) -> bool:
        raise StoreError(f"no answer about {update_id}")

    async def note(self, update_id: int, now: datetime) -> None:
        raise StoreError(f"no answer about {update_id} at {now}")


async def test_people_are_answered_while_the_database_is_away() -> None:
    handler = Handler()
    await processed(InOrderPerChat(Away(), lambda: NOON), handler, 7)
    assert handler.handled == [7]


class New:
    """Every update is one that nobody dealt with before."""

    async def known(self, update_id: int) -> bool:
        return not update_id

    async def note(self, update_id: int, now: datetime) -> None:
        """Nobody asks afterwards."""


class Slow(Handler):
    """Is done with the first update only once Ada had hers."""

    def __init__(self) -> None:
        super().__init__()
        self._ada_had_hers = asyncio.Event()

    async def handle(self, one: Update) -> None:
        if one.update_id == FIRST:
            await self._ada_had_hers.wait()
        await super().handle(one)
        if one.update_id == HERS:
            self._ada_had_hers.set()


async def at_once(processor: InOrderPerChat, handler: Handler, *numbers: int) -> None:
    """All are Lin's, but for one that comes after them."""
    updates = (*(update(number) for number in numbers), update(HERS, ADA))
    async with asyncio.timeout(10):
        await asyncio.gather(*(processor.do_process_update(one, handler.handle(one)) for one in updates))


async def test_a_chats_updates_keep_their_order_and_hold_up_no_other_chat() -> None:
    handler = Slow()
    await at_once(InOrderPerChat(New(), lambda: NOON), handler, FIRST, 2, 3)
    assert handler.handled == [HERS, FIRST, 2, 3]


async def test_what_was_dropped_counts_as_dealt_with(database_url: str) -> None:
    """Else a flood that a process ended in would begin anew with the next."""
    async with Database(database_url) as database:
        updates, handler = Updates(database), Slow()
        for number in range(FIRST, FIRST + 21):
            await updates.keep(number, "{}", NOON)
        await at_once(InOrderPerChat(updates, lambda: NOON), handler, *range(FIRST, FIRST + 21))
        assert FIRST + 20 not in handler.handled
        assert await updates.waiting() == []


async def test_a_chat_has_twenty_updates_waiting_at_most_and_is_heard_again_when_they_are_done() -> None:
    processor, handler = InOrderPerChat(New(), lambda: NOON), Slow()
    await at_once(processor, handler, *range(FIRST, FIRST + 25))
    assert handler.handled == [HERS, *range(FIRST, FIRST + 20)]
    await processed(processor, handler, 26)
    assert handler.handled[-1] == 26
