"""What a stranger sees of the bot before START: its name, its description, the short one in its profile."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import telegram

from bot.telegram_api.failures import done


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTexts:
    """Telegram takes 64, 512 and 120 characters (https://core.telegram.org/bots/api#setmyname)."""

    name: str
    description: str
    short_description: str


class PublicProfile:
    """Calls about the bot itself. All raise SendError, or BadInput if the token is wrong."""

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot

    async def bring_to(self, texts: Mapping[str, PublicTexts]) -> None:
        """Set the texts by language; "" is for people whose Telegram has none of the others.

        Only what differs is set: Telegram allows few changes a day.
        """
        for language, wanted in texts.items():
            for field, get, put in self._fields():
                known = await done(get(language_code=language or None))
                text = getattr(wanted, field)
                if getattr(known, field) != text:
                    await done(put(text, language_code=language or None))

    def _fields(self) -> tuple[tuple[str, Callable[..., Awaitable[Any]], Callable[..., Awaitable[Any]]], ...]:
        bot = self._bot
        return (
            ("name", bot.get_my_name, bot.set_my_name),
            ("description", bot.get_my_description, bot.set_my_description),
            ("short_description", bot.get_my_short_description, bot.set_my_short_description),
        )
