"""Replies take their turn, and one that can be given later is."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import count
from typing import TypeVar

import pytest
from telegram import Chat, Update
from telegram import Message as Said

from bot.errors import ChatGone, SendError, TryLater
from bot.handlers import InOrderPerChat, ThrottledGateway
from bot.messages import Button, Buttons, Message
from bot.model import Destination
from bot.pacing import Priority
from bot.pacing.chats import GROUP_MESSAGES, GROUP_SPAN
from tests.builders import NOON
from tests.pacing.road import Road

T = TypeVar("T")
HELLO = Message("你好")


class Telegram:
    """Takes what it is sent, after the faults that it has."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.came: list[str] = []

    def _take(self, what: str) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.came.append(what)

    async def send(self, to: Destination, message: Message, *, reply_to: int | None = None) -> int:  # noqa: ARG002  # the signature is the gateway's
        self._take(f"send {to} {message.html}")
        return 7

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        self._take(f"edit {chat_id} {message_id} {message.html}")

    async def delete(self, chat_id: int, message_id: int) -> None:
        self._take(f"delete {chat_id} {message_id}")

    async def drop_buttons(self, chat_id: int, message_id: int) -> None:
        self._take(f"drop {chat_id} {message_id}")

    async def set_buttons(self, chat_id: int, message_id: int, buttons: Buttons) -> None:
        self._take(f"buttons {chat_id} {message_id} {len(buttons)}")

    async def send_document(self, to: Destination, name: str, data: bytes) -> None:
        self._take(f"document {to} {name} {len(data)}")

    async def answer_tap(self, query_id: str, notice: str) -> None:
        self._take(f"tap {query_id} {notice}")

    async def administrators(self, chat_id: int) -> frozenset[int]:
        self._take(f"administrators {chat_id}")
        return frozenset()

    async def is_member(self, chat_id: int, person: int) -> bool:
        self._take(f"member {chat_id} {person}")
        return False

    async def linked_chat(self, chat_id: int) -> int | None:
        self._take(f"linked {chat_id}")
        return None


class Turns:
    """Gives every turn at once, and notes for whom."""

    def __init__(self) -> None:
        self.given: list[tuple[int, bool]] = []

    async def run(
        self,
        chat_id: int,
        call: Callable[[], Awaitable[T]],
        *,
        priority: Priority,
        paid: bool,
        patience: float,
    ) -> T:
        assert priority is Priority.REPLY
        assert patience <= 10
        self.given.append((chat_id, paid))
        return await call()


class Naps:
    """Sleeps in no time."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def test_all_that_counts_as_a_message_takes_a_turn_and_the_answer_to_a_tap_does_not() -> None:
    telegram, turns = Telegram(), Turns()
    paced = ThrottledGateway(telegram, turns, Naps().sleep)
    assert await paced.send(Destination(1), HELLO) == 7
    await paced.edit(1, 7, HELLO)
    await paced.drop_buttons(1, 7)
    await paced.set_buttons(1, 7, ((Button("☆", data="save:"),),))
    await paced.send_document(Destination(1), "saved.md", b"# ")
    await paced.answer_tap("q", "好")
    came = ["send 1 你好", "edit 1 7 你好", "drop 1 7", "buttons 1 7 1", "document 1 saved.md 2", "tap q 好"]
    assert telegram.came == came
    assert turns.given == [(1, False)] * 5


async def test_a_reply_that_telegram_could_not_take_is_given_again() -> None:
    telegram, naps = Telegram(TryLater("502", after=0), TryLater("429", after=2)), Naps()
    assert await ThrottledGateway(telegram, Turns(), naps.sleep).send(Destination(1), HELLO) == 7
    assert naps.slept == [1.0]  # a 429 is waited out by the turns


@pytest.mark.parametrize("error", [ChatGone("blocked"), TryLater("429", after=3600)])
async def test_a_reply_that_nobody_will_get_soon_is_given_up(error: SendError) -> None:
    telegram = Telegram(error)
    with pytest.raises(type(error)):
        await ThrottledGateway(telegram, Turns(), Naps().sleep).send(Destination(1), HELLO)
    assert telegram.came == []


async def test_a_reply_that_fails_every_time_fails_in_the_end() -> None:
    faults = [TryLater("502", after=0)] * 9
    with pytest.raises(TryLater):
        await ThrottledGateway(Telegram(*faults), Turns(), Naps().sleep).send(Destination(1), HELLO)


GROUP, OTHER = -7, -8


class New:
    """Every update is one that nobody dealt with before; notes which were dealt with."""

    def __init__(self) -> None:
        self.noted: list[int] = []

    async def known(self, update_id: int) -> bool:
        return update_id in self.noted

    async def note(self, update_id: int, now: datetime) -> None:  # noqa: ARG002  # the signature is the store's
        self.noted.append(update_id)


class Asking:
    """A group that is asked things while an issue of many parts goes out there, on a virtual clock."""

    def __init__(self) -> None:
        self.road, self.telegram, self.updates = Road(), Telegram(), New()
        self.processor = InOrderPerChat(self.updates, lambda: NOON)
        self.gateway = ThrottledGateway(self.telegram, self.road.dispatcher, self.road.clock.sleep)
        self._numbers = count(1)

    async def part(self) -> None:
        """Another part of the issue."""

        async def call() -> None:
            self.telegram.came.append("part")

        await self.road.dispatcher.run(GROUP, call)

    async def asks(self, text: str, chat_id: int = GROUP) -> None:
        """A question, until it was answered."""
        await self._handled(self.gateway.send(Destination(chat_id), Message(text)), chat_id)

    async def taps(self, notice: str) -> None:
        """A tap on a button, until it was noticed."""
        await self._handled(self.gateway.answer_tap("q", notice), GROUP)

    async def _handled(self, work: Awaitable[object], chat_id: int) -> None:
        chat = Chat(id=chat_id, type="supergroup", title="读书组")
        number = next(self._numbers)
        update = Update(number, message=Said(message_id=number, date=NOON, chat=chat, text="剪枝"))
        await self.processor.do_process_update(update, work)

    async def used_up(self) -> None:
        """Until the group had what it may be sent in a minute, for which one more part waits."""
        for _ in range(GROUP_MESSAGES):
            await self.part()
        self.telegram.came.clear()


async def test_a_group_that_had_its_twenty_is_answered_before_the_issue_goes_on_there() -> None:
    asking = Asking()

    async def story() -> None:
        await asking.used_up()
        rest = [asyncio.create_task(asking.part()) for _ in range(2)]
        await asyncio.gather(asking.asks("剪枝"), asking.asks("蒸馏"), *rest)

    await asking.road.clock.run(story())
    assert asking.telegram.came == ["send -7 剪枝", "send -7 蒸馏", "part", "part"]
    assert asking.road.clock.now() == pytest.approx(GROUP_SPAN + 3, abs=0.1)


async def test_a_question_that_waits_for_its_group_holds_up_no_tap_and_no_other_chat() -> None:
    asking = Asking()

    async def story() -> None:
        await asking.used_up()
        began = asking.road.clock.now()
        question = asyncio.create_task(asking.asks("剪枝"))
        await asyncio.sleep(0)
        await asking.taps("星")
        await asking.asks("量化", OTHER)
        assert asking.road.clock.now() == pytest.approx(began, abs=1)
        assert asking.updates.noted == [2, 3]  # a process that ends now leaves the question to the next
        await question

    await asking.road.clock.run(story())
    assert asking.telegram.came == ["tap q 星", "send -8 量化", "send -7 剪枝"]
    assert not asking.processor.waiting_chats


async def test_the_last_of_a_groups_twenty_is_still_on_its_way_when_it_is_asked() -> None:
    asking, arrived = Asking(), asyncio.Event()

    async def slow() -> None:
        await arrived.wait()

    async def story() -> None:
        for _ in range(GROUP_MESSAGES - 1):
            await asking.part()
        last = asyncio.create_task(asking.road.dispatcher.run(GROUP, slow))
        await asking.road.clock.sleep(2)
        question = asyncio.create_task(asking.asks("剪枝"))
        await asyncio.sleep(0)
        await asking.taps("星")
        arrived.set()
        await asyncio.gather(last, question)

    async with asyncio.timeout(10):
        await asking.road.clock.run(story())
    assert asking.telegram.came[GROUP_MESSAGES - 1 :] == ["tap q 星", "send -7 剪枝"]


async def test_of_a_group_that_asks_without_end_twenty_answers_wait_and_then_further_questions() -> None:
    asking = Asking()

    async def story() -> None:
        await asking.used_up()
        await asyncio.gather(*(asking.asks(str(number)) for number in range(60)))

    await asking.road.clock.run(story())
    assert len(asking.telegram.came) == 40
    assert not asking.processor.waiting_chats


async def test_what_answers_nobody_does_not_wait_for_a_group_that_had_its_twenty() -> None:
    asking = Asking()

    async def story() -> None:
        await asking.used_up()
        with pytest.raises(TryLater):
            await asking.gateway.send(Destination(GROUP), HELLO)

    await asking.road.clock.run(story())
