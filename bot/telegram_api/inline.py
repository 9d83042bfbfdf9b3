"""Answers to people who ask the bot inside another chat."""

from collections.abc import Iterable
from typing import Protocol

import orjson
import telegram

from bot.telegram_api.failures import done
from bot.telegram_api.payloads import Body


class Result(Protocol):
    """Something to pick."""

    def as_parameter(self) -> dict[str, object]:
        """The Bot API's InlineQueryResult."""


class InlineAnswers:
    """Answers inline queries as ``bot``. Telegram does not count them as messages."""

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot

    async def answer(
        self, query_id: str, results: Iterable[Result], *, seconds: int, next_offset: str, button: str
    ) -> None:
        """Show the results, and further ones by ``next_offset`` unless that is empty. Raises SendError.

        Telegram may keep the answer for so many ``seconds``, for this person alone: it is in their language.
        ``button`` leads into the chat with the bot.
        """
        body = {
            "inline_query_id": query_id,
            "results": [result.as_parameter() for result in results],
            "cache_time": seconds,
            "is_personal": True,
            "next_offset": next_offset,
            "button": {"text": button, "start_parameter": "inline"},
        }
        request = self._bot.request
        await done(request.post(f"{self._bot.base_url}/answerInlineQuery", Body(orjson.dumps(body))))
