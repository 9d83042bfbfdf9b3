"""A wait between two tries that ends early when another call shows that Telegram is back."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.runtime.tasks import cancelled

LEAST = 1.0  # seconds that are waited all the same


class Comeback:
    """Lets who waits for Telegram try again as soon as it has answered somebody else."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._sleep = sleep
        self._answered = asyncio.Event()

    def answered(self) -> None:
        """Note that Telegram answered a call."""
        self._answered.set()

    async def rest(self, seconds: float) -> None:
        """Wait for so long, or until Telegram answers."""
        self._answered.clear()
        await self._sleep(min(seconds, LEAST))
        if seconds > LEAST:
            await self._rest(seconds - LEAST)

    async def _rest(self, seconds: float) -> None:
        answer = asyncio.create_task(self._answered.wait())
        rest = asyncio.ensure_future(self._sleep(seconds))
        try:
            await asyncio.wait({answer, rest}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await cancelled(answer)
            rest.cancel()
