"""The button "drop a new issue": however quickly it is clicked, each issue comes by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.errors import BadInput

Drop = Callable[[], Awaitable[str]]

APART = timedelta(seconds=3)  # a bot that looks every second has published one issue before the next comes


class Drops:
    """Runs ``drop`` once for each click, with a pause between two.

    Of several issues that come at once a bot pushes the newest, and takes the older ones for late.
    """

    def __init__(
        self,
        drop: Drop | None,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._drop = drop
        self._clock = clock
        self._sleep = sleep
        self._one_at_a_time = asyncio.Lock()
        self._last: datetime | None = None

    @property
    def possible(self) -> bool:
        """Whether there is a button."""
        return self._drop is not None

    async def drop(self) -> str:
        """One click, and what to say of it; BadInput if there is no button."""
        if self._drop is None:
            raise BadInput("there is nothing to drop")
        async with self._one_at_a_time:
            pause = self._last and self._last + APART - self._clock()
            if pause and pause > timedelta():
                await self._sleep(pause.total_seconds())
            self._last = self._clock()
            return await self._drop()
