"""What a person sees of the bot besides issues: replies, rewritten messages, notices, the menu."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

import telegram

from bot.errors import MessageRefused
from bot.model import Destination
from bot.telegram_api.failures import PINNED_ALREADY, SAME_ALREADY, done
from bot.telegram_api.payloads import Sendable
from bot.telegram_api.sender import Sender
from bot.telegram_api.transport import Transport

#: How Telegram calls those who are in a group; who may do less there may be in it or not.
_PRESENT = frozenset({"creator", "administrator", "member"})
_NO_BUTTONS = telegram.InlineKeyboardMarkup(())
#: The language of the menu for people whose Telegram has none of our languages.
_DEFAULT_MENU = "en"

Menu = tuple[tuple[str, str], ...]  #: (command, what it does)


class MenuTexts(Protocol):
    """Where the names and descriptions of commands come from."""

    def menu(self, language: Any, /) -> Menu:
        """The commands of a language."""


class Button(Protocol):
    """A button that knows what the Bot API calls it."""

    def as_parameter(self) -> dict[str, object]:
        """The Bot API's InlineKeyboardButton."""


class Chats:
    """Calls about chats. All but ``warm`` raise SendError, or BadInput if the token is wrong."""

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot
        self._sender = Sender(bot)

    async def send(self, to: Destination, message: Sendable, *, reply_to: int | None = None) -> int:
        """Send a message, as Sender does; returns Telegram's id of it."""
        return await self._sender.send(to, message, reply_to=reply_to)

    async def edit(self, chat_id: int, message_id: int, message: Sendable) -> None:
        """Rewrite a message and its buttons; does nothing if it is the same already."""
        await self._sender.edit(chat_id, message_id, message)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message; does nothing if it is gone already."""
        await self._sender.delete(chat_id, message_id)

    async def drop_buttons(self, chat_id: int, message_id: int) -> None:
        """Remove the buttons of a message."""
        await done(
            self._bot.edit_message_reply_markup(
                chat_id=chat_id, message_id=message_id, reply_markup=_NO_BUTTONS
            ),
            already=SAME_ALREADY,
        )

    async def set_buttons(self, chat_id: int, message_id: int, buttons: Sequence[Sequence[Button]]) -> None:
        """Put other buttons under a message."""
        rows = [[button.as_parameter() for button in row] for row in buttons]
        await done(
            self._bot.edit_message_reply_markup(
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=telegram.InlineKeyboardMarkup.de_json({"inline_keyboard": rows}, self._bot),
            ),
            already=SAME_ALREADY,
        )

    async def send_document(self, to: Destination, name: str, data: bytes) -> None:
        """Send a file."""
        thread = to.thread or None
        await done(self._bot.send_document(to.chat, data, filename=name, message_thread_id=thread))

    async def pin(self, chat_id: int, message_id: int) -> None:
        """Put a message on top of its chat without a sound; does nothing if it is there already."""
        await done(
            self._bot.pin_chat_message(chat_id, message_id, disable_notification=True), already=PINNED_ALREADY
        )

    async def unpin(self, chat_id: int, message_id: int) -> None:
        """Take a message down from the top of its chat; does nothing if it is not there."""
        await done(self._bot.unpin_chat_message(chat_id, message_id), already=PINNED_ALREADY)

    async def answer_tap(self, query_id: str, notice: str) -> None:
        """Answer a tap on a button; at most 200 characters of the notice are shown."""
        await done(self._bot.answer_callback_query(query_id, text=notice[:200] or None))

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """The ids of those who administer a group."""
        members = await done(self._bot.get_chat_administrators(chat_id))
        return frozenset(member.user.id for member in members or ())

    async def is_member(self, chat_id: int, person: int) -> bool:
        """Whether somebody is in a group at this moment."""
        try:
            member = await done(self._bot.get_chat_member(chat_id, person))
        except MessageRefused:  # so Telegram says that nobody of this id was ever there
            return False
        if isinstance(member, telegram.ChatMemberRestricted):
            return member.is_member
        return member is not None and member.status in _PRESENT

    async def linked_chat(self, chat_id: int) -> int | None:
        """The channel whose posts are discussed in a group; None if there is none."""
        chat = await done(self._bot.get_chat(chat_id))
        return chat.linked_chat_id if chat else None

    async def title(self, chat_id: int) -> str:
        """What a group is called; empty if Telegram does not say."""
        chat = await done(self._bot.get_chat(chat_id))
        return (chat.title if chat else None) or ""

    async def listen_by_polling(self) -> None:
        """Remove a webhook: while there is one, updates cannot be fetched."""
        await done(self._bot.delete_webhook())

    async def introduce(self, wording: MenuTexts, languages: tuple[str, ...]) -> None:
        """Set the command menu in each language."""
        for language in languages:
            commands = wording.menu(language)
            await done(self._bot.set_my_commands(commands, language_code=language))
            if language == _DEFAULT_MENU:
                await done(self._bot.set_my_commands(commands))

    async def warm(self, connections: int) -> None:
        """Open connections, so that a broadcast need not wait for them; at most as many as there may be.

        Each is opened by a getMe, all at once, and stays open for 30 seconds without use. Never raises:
        sending messages will show what is wrong.
        """
        request = self._bot.request
        most = request.connections if isinstance(request, Transport) else 1
        ask = f"{self._bot.base_url}/getMe"
        calls = (request.post(ask) for _ in range(min(connections, most)))
        await asyncio.gather(*calls, return_exceptions=True)
