"""The command menu of one chat: that of all chats, and what can be said there alone."""

from typing import Any, Protocol

import telegram

from bot.telegram_api.chats import Menu
from bot.telegram_api.failures import done

_DEFAULT_MENU = "en"


class AdminMenus(Protocol):
    """Where the names and descriptions of commands come from."""

    def menu(self, language: Any, /) -> Menu:
        """The commands of everybody."""

    def admin_menu(self, language: Any, /) -> Menu:
        """Those of the admin chat."""


class ChatCommands:
    """Calls about the commands of one chat. All raise SendError, or BadInput if the token is wrong."""

    def __init__(self, bot: telegram.Bot, wording: AdminMenus, languages: tuple[str, ...]) -> None:
        self._bot = bot
        self._wording = wording
        self._languages = languages

    async def show(self, chat_id: int) -> None:
        """Let the chat show all commands, in each language."""
        scope = telegram.BotCommandScopeChat(chat_id)
        for language in self._languages:
            commands = (*self._wording.menu(language), *self._wording.admin_menu(language))
            await done(self._bot.set_my_commands(commands, scope, language_code=language))
            if language == _DEFAULT_MENU:
                await done(self._bot.set_my_commands(commands, scope))

    async def hide(self, chat_id: int) -> None:
        """Let the chat show what all chats show."""
        scope = telegram.BotCommandScopeChat(chat_id)
        for language in (None, *self._languages):
            await done(self._bot.delete_my_commands(scope, language_code=language))
