"""Replies take their turn, and one that can be given later is."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from bot.errors import ChatGone, SendError, TryLater
from bot.handlers import ThrottledGateway
from bot.messages import Button, Buttons, Message
from bot.model import Destination
from bot.pacing import Priority

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
