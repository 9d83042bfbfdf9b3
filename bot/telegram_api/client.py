"""python-telegram-bot's Bot on our transport, with a token that is never shown."""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.telegram_api.failures import translate
from bot.telegram_api.proxy import Proxy
from bot.telegram_api.token_check import TokenCheck
from bot.telegram_api.transport import OnAnswer, OnEnd, Timeouts, Transport

LOGS_THE_TOKEN = ("telegram.Bot", "telegram.ext.ExtBot")  # at DEBUG, with the address


class Client(ExtBot[None]):
    """The bot's account at Telegram."""

    def __repr__(self) -> str:
        """A name without the token, which the base class would show."""
        return "Client(…)"

    async def initialize(self) -> None:
        """Open the pools and ask Telegram for the bot's name. Raises BadInput or SendError."""
        try:
            await super().initialize()
        except TelegramError as error:
            raise translate(error) from None  # the original shows the token

    async def raw_updates(
        self,
        *,
        offset: int | None,
        timeout: int,  # noqa: ASYNC109  # Telegram's parameter, not ours to wait
        allowed: Sequence[str],
    ) -> list[dict[str, Any]]:
        """Fetch updates as JSON, because one that the library cannot read must not hide the others.

        Telegram keeps the request open for up to ``timeout`` seconds. Raises python-telegram-bot's errors.
        """
        asked: dict[str, Any] = {"timeout": timeout, "allowed_updates": list(allowed)}
        if offset is not None:
            asked["offset"] = offset
        patience = (self.request.read_timeout or 0) + timeout
        found: list[dict[str, Any]] = await self._post("getUpdates", asked, read_timeout=patience)
        return found


def make_client(  # noqa: PLR0913  # all but one are passed by name
    token: str,
    *,
    api_url: str = "https://api.telegram.org",
    connections: int = 64,
    timeouts: Timeouts | None = None,
    on_answer: OnAnswer | None = None,
    on_end: OnEnd = lambda _why, _seconds: None,
    proxy: Proxy | None = None,
    token_check: TokenCheck | None = None,
) -> Client:
    """A client for any Bot API server.

    ``on_answer`` is called with each method that was answered, ``on_end`` with how each call ended but those
    for updates, which Telegram keeps open for long.

    Without a ``token_check`` a token that is refused once is wrong.

    getUpdates has its own connection, so that sending never delays it.
    """
    for name in LOGS_THE_TOKEN:
        logging.getLogger(name).setLevel(logging.INFO)
    address = api_url.rstrip("/")
    transport = partial(
        Transport, timeouts=timeouts, on_answer=on_answer, proxy=proxy, token_check=token_check
    )
    return Client(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=transport(connections=connections, on_end=on_end),
        get_updates_request=transport(connections=1),
    )
