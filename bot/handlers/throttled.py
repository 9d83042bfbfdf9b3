"""Calls for replies, each in its slot: they share the dispatcher with broadcasts, in turns."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from bot.errors import TryLater
from bot.handlers.turns import end_turn
from bot.messages import Buttons, Message
from bot.model import Destination
from bot.pacing import Priority

T = TypeVar("T")

MOST_TRIES = 4
SOON = 2.0  # seconds; an answer that must wait longer holds up no other update of its chat
LONGEST_ANSWER = 70.0  # seconds; a group that has had its twenty may be written to within a minute
LONGEST_NEWS = 10.0  # seconds; what answers nobody is tried again by whoever has it to tell
FIRST_WAIT = 1.0  # seconds, if Telegram cannot be reached


class ChatGateway(Protocol):
    """Calls to Telegram. Every method raises SendError."""

    async def send(self, to: Destination, message: Message, *, reply_to: int | None = None) -> int: ...

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        """Rewrite a message; does nothing if it is the same already."""

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message; does nothing if it is gone already."""

    async def drop_buttons(self, chat_id: int, message_id: int) -> None: ...

    async def set_buttons(self, chat_id: int, message_id: int, buttons: Buttons) -> None:
        """Put other buttons under a message."""

    async def send_document(self, to: Destination, name: str, data: bytes) -> None: ...

    async def answer_tap(self, query_id: str, notice: str) -> None:
        """Tell Telegram that a tap was seen, with a notice that may be empty."""

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """The ids of those who administer a group."""

    async def is_member(self, chat_id: int, person: int) -> bool:
        """Whether somebody is in a group at this moment."""

    async def linked_chat(self, chat_id: int) -> int | None:
        """The channel whose posts are discussed in a group; None if there is none."""


class Dispatcher(Protocol):
    """Who may write when."""

    async def run(
        self,
        chat_id: int,
        call: Callable[[], Awaitable[T]],
        *,
        priority: Priority,
        paid: bool,
        patience: float,
    ) -> T:
        """Wait for a slot, and return or raise what the call does; TryLater if the wait is too long."""


class ThrottledGateway:
    """Makes each call in its slot, and repeats it a few times if it ends in TryLater.

    An answer waits until its chat may be written to, which in a group can take a minute, and goes before
    what nobody asked for. Meanwhile the chat's next updates are handled.

    Answers to taps and questions need no slot: Telegram does not count them, and they must not be late.
    """

    def __init__(
        self, telegram: ChatGateway, dispatcher: Dispatcher, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._telegram = telegram
        self._dispatcher = dispatcher
        self._sleep = sleep

    async def send(self, to: Destination, message: Message, *, reply_to: int | None = None) -> int:
        """Send a message; ``reply_to`` is the id of the one that it answers."""
        return await self._in_slot(to.chat, lambda: self._telegram.send(to, message, reply_to=reply_to))

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        """Rewrite a message in place."""
        await self._in_slot(chat_id, lambda: self._telegram.edit(chat_id, message_id, message))

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message."""
        await self._in_slot(chat_id, lambda: self._telegram.delete(chat_id, message_id))

    async def drop_buttons(self, chat_id: int, message_id: int) -> None:
        """Remove the buttons of a message."""
        await self._in_slot(chat_id, lambda: self._telegram.drop_buttons(chat_id, message_id))

    async def set_buttons(self, chat_id: int, message_id: int, buttons: Buttons) -> None:
        """Put other buttons under a message."""
        await self._in_slot(chat_id, lambda: self._telegram.set_buttons(chat_id, message_id, buttons))

    async def send_document(self, to: Destination, name: str, data: bytes) -> None:
        """Send a file."""
        await self._in_slot(to.chat, lambda: self._telegram.send_document(to, name, data))

    async def answer_tap(self, query_id: str, notice: str) -> None:
        """Tell Telegram that a tap was seen."""
        await self._telegram.answer_tap(query_id, notice)

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """The ids of those who administer a group."""
        return await self._telegram.administrators(chat_id)

    async def is_member(self, chat_id: int, person: int) -> bool:
        """Whether somebody is in a group at this moment."""
        return await self._telegram.is_member(chat_id, person)

    async def linked_chat(self, chat_id: int) -> int | None:
        """The channel whose posts are discussed in a group."""
        return await self._telegram.linked_chat(chat_id)

    async def _in_slot(self, chat_id: int, call: Callable[[], Awaitable[T]]) -> T:
        patience = SOON
        for number in range(1, MOST_TRIES):
            try:
                return await self._once(chat_id, call, patience)
            except TryLater as error:
                if error.after > patience:
                    patience = LONGEST_ANSWER if await end_turn() else LONGEST_NEWS
                if error.after > patience:
                    raise
                if not error.after:  # a 429 is waited out by the dispatcher
                    await self._sleep(FIRST_WAIT * number)
        return await self._once(chat_id, call, patience)

    async def _once(self, chat_id: int, call: Callable[[], Awaitable[T]], patience: float) -> T:
        return await self._dispatcher.run(
            chat_id, call, priority=Priority.REPLY, paid=False, patience=patience
        )
