"""Sends one message, and says in our words what became of it."""

from html.parser import HTMLParser
from typing import Any, Protocol

import structlog
import telegram
from telegram.error import TelegramError

from bot.telegram_api.failures import is_about_parsing, translate

log = structlog.get_logger()
LONGEST_TEXT = 4096  # code points


class Sendable(Protocol):
    """A message that knows its parameters of the Bot API's sendMessage."""

    def params(self, chat_id: int) -> dict[str, object]:
        """``chat_id``, ``text``, ``parse_mode`` and what else it has."""


class Sender:
    """Sends messages as ``bot``."""

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: int, message: Sendable) -> int:
        """Send; returns Telegram's id of the message. Raises a SendError, or BadInput for a wrong token.

        Where Telegram cannot parse the markup, the bare text goes in its place.
        """
        params = message.params(chat_id)
        try:
            return await self._post(params)
        except TelegramError as error:
            if not is_about_parsing(error):
                raise translate(error) from None
            log.error("part refused as HTML", chat=chat_id, reason=error.message)  # noqa: TRY400  # its traceback says nothing
        try:
            return await self._post(_bare(params))
        except TelegramError as error:
            raise translate(error) from None

    async def _post(self, params: dict[str, Any]) -> int:
        rest = {name: value for name, value in params.items() if name not in {"chat_id", "text"}}
        sent = await self._bot.send_message(params["chat_id"], params["text"], api_kwargs=rest)
        return sent.message_id


def _bare(params: dict[str, Any]) -> dict[str, Any]:
    reader = _BareText()
    reader.feed(params["text"])
    reader.close()
    bare = {name: value for name, value in params.items() if name != "parse_mode"}
    return bare | {"text": "".join(reader.pieces)[:LONGEST_TEXT]}


class _BareText(HTMLParser):
    """The text of Telegram HTML, each link followed by its address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append(dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links and (url := self._links.pop()):
            self.pieces.append(f" ({url})")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
