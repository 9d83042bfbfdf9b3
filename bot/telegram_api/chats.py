"""What a person sees of the bot besides the issues: replies, rewritten messages, notices, the menu."""

from collections.abc import Awaitable
from typing import Any, Protocol

import telegram
from telegram.error import BadRequest, TelegramError

from bot.telegram_api.failures import translate
from bot.telegram_api.sender import Sendable, Sender

_SAME_ALREADY = "message is not modified"
_NO_BUTTONS = telegram.InlineKeyboardMarkup(())
#: The menu for everybody whose Telegram speaks none of the other languages.
_DEFAULT_MENU = "en"

Menu = tuple[tuple[str, str], ...]  #: (command, what it does)


class Wording(Protocol):
    """The texts of the menu."""

    def menu(self, language: Any, /) -> Menu:
        """The commands of a language."""


class Chats:
    """The bot's way to its chats. Every method raises SendError, or BadInput for a wrong token."""

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot
        self._sender = Sender(bot)

    async def send(self, chat_id: int, message: Sendable) -> int:
        """Send a message; returns Telegram's id of it."""
        return await self._sender.send(chat_id, message)

    async def edit(self, chat_id: int, message_id: int, message: Sendable) -> None:
        """Rewrite a message in place, buttons included; nothing happens where it is the same already."""
        params = message.params(chat_id)
        given = {name: value for name, value in params.items() if name in _EDITABLE}
        await _unless_same(
            self._bot.edit_message_text(
                str(params["text"]), chat_id=chat_id, message_id=message_id, api_kwargs=given
            )
        )

    async def drop_buttons(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off a message."""
        await _unless_same(
            self._bot.edit_message_reply_markup(
                chat_id=chat_id, message_id=message_id, reply_markup=_NO_BUTTONS
            )
        )

    async def answer_tap(self, query_id: str, notice: str) -> None:
        """Tell Telegram that a tap was seen; at most 200 characters of the notice are shown."""
        await _unless_same(self._bot.answer_callback_query(query_id, text=notice[:200] or None))

    async def listen_by_polling(self) -> None:
        """Drop a webhook that somebody set: while there is one, nothing can be fetched."""
        await _unless_same(self._bot.delete_webhook())

    async def introduce(self, wording: Wording, languages: tuple[str, ...]) -> None:
        """Set the command menu in each language."""
        for language in languages:
            commands = wording.menu(language)
            await _unless_same(self._bot.set_my_commands(commands, language_code=language))
            if language == _DEFAULT_MENU:
                await _unless_same(self._bot.set_my_commands(commands))


_EDITABLE = frozenset({"parse_mode", "link_preview_options", "reply_markup"})


async def _unless_same(call: Awaitable[object]) -> None:
    try:
        await call
    except BadRequest as error:
        if _SAME_ALREADY not in error.message.casefold():
            raise translate(error) from None
    except TelegramError as error:
        raise translate(error) from None
