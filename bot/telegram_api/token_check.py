"""Whether Telegram knows the token no more: a single 401 may be its mood, or that of a proxy before it."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.errors import SendError, TryLater

WAITS = (1.0, 2.0, 4.0, 8.0)  # seconds before each time that it is asked again
IN_DOUBT = "Telegram refuses the bot's token; it is asked again"


class TokenCheck:
    """Asks again before a token that was good counts as refused; for any number of calls at once.

    ``heard`` is told when there is doubt and, if Telegram knows the token after all, when there is none.
    """

    def __init__(
        self, *, sleep: Callable[[float], Awaitable[None]], heard: Callable[[SendError | None], None]
    ) -> None:
        self._sleep = sleep
        self._heard = heard
        self._known = False
        self._asking = asyncio.Lock()
        self._asked = 0
        self._is_refused = False

    def answered(self) -> None:
        """Note that Telegram took the token."""
        self._known = True

    async def is_refused(self, ask: Callable[[], Awaitable[bool]]) -> bool:
        """Whether a refused token is to be believed to be wrong: at once if it never was good.

        ``ask`` says whether Telegram knows it; if it raises TelegramError, nothing is settled.
        """
        if not self._known:
            return True
        before = self._asked
        async with self._asking:
            if self._asked == before:  # otherwise another call has found out meanwhile
                self._heard(TryLater(IN_DOUBT, after=0))
                self._is_refused = await self._find_out(ask)
                self._asked += 1
            return self._is_refused

    async def _find_out(self, ask: Callable[[], Awaitable[bool]]) -> bool:
        for wait in WAITS:
            await self._sleep(wait)
            try:
                is_known = await ask()
            except TelegramError:
                return False
            if is_known:
                self._heard(None)
                return False
        return True
