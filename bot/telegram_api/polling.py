"""Updates fetched by long polling, and handed on one by one.

This is not python-telegram-bot's poller, because it must stop at once, report a revoked token, and
pass over an update that the library cannot read.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Never, Protocol

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot.errors import SendError
from bot.telegram_api.failures import translate

log = structlog.get_logger()

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 10.0  # seconds after a failure
_GOODBYE = 2.0  # seconds for telling Telegram what was fetched

Raw = dict[str, Any]


def _nobody(_: SendError | None) -> None:
    """For who need not know."""


class Account(Protocol):
    """The bot's account at Telegram."""

    async def raw_updates(self, *, offset: int | None, timeout: int, allowed: Sequence[str]) -> list[Raw]:  # noqa: ASYNC109  # Telegram's parameter
        """Fetch updates from ``offset`` on, which confirms all earlier ones."""


class Poller:
    """Fetches updates of the kinds in ``allowed``, converts each by ``read`` and gives it to ``hand_on``.

    ``timeout`` is how many seconds Telegram keeps a request open while nothing happens. ``heard`` is told
    how each request ended.
    """

    def __init__(  # noqa: PLR0913  # all but one are passed by name
        self,
        account: Account,
        *,
        read: Callable[[Raw], Update],
        hand_on: Callable[[Update], Awaitable[None]],
        allowed: Sequence[str],
        timeout: int,
        sleep: Callable[[float], Awaitable[None]],
        heard: Callable[[SendError | None], None] = _nobody,
    ) -> None:
        self._account = account
        self._read = read
        self._hand_on = hand_on
        self._allowed = allowed
        self._timeout = timeout
        self._sleep = sleep
        self._heard = heard
        self._offset: int | None = None

    async def run(self) -> Never:
        """Poll until cancelled. Raises BadInput if Telegram does not know the token."""
        wait, patience = _FIRST_WAIT, self._timeout
        try:
            while True:
                try:
                    updates = await self._fetch(patience)
                except SendError as error:
                    log.debug("polling_failed", reason=error.reason, retry_in=wait)
                    self._heard(error)
                    await self._sleep(wait)
                    wait, patience = min(wait * 2, _LONGEST_WAIT), 0  # what comes back answers at once
                    continue
                wait, patience = _FIRST_WAIT, self._timeout
                self._heard(None)
                log.debug("updates_fetched", updates=len(updates))
                for raw in updates:
                    await self._take(raw)
        finally:
            await self._confirm()

    async def _fetch(self, timeout: int) -> list[Raw]:  # noqa: ASYNC109  # Telegram's parameter
        try:
            return await self._account.raw_updates(
                offset=self._offset, timeout=timeout, allowed=self._allowed
            )
        except TelegramError as error:
            raise translate(error) from None

    async def _take(self, raw: Raw) -> None:
        self._offset = raw["update_id"] + 1
        try:
            update = self._read(raw)
        except Exception:  # an object of a kind that the library does not know yet
            log.exception("update_unreadable", update=raw["update_id"])
            return
        await self._hand_on(update)

    async def _confirm(self) -> None:
        """Tell Telegram what was fetched, so that the next start does not get it again."""
        if self._offset is None:
            return
        with suppress(Exception):  # optional: Telegram repeats updates that were not confirmed
            async with asyncio.timeout(_GOODBYE):
                await self._fetch(0)
