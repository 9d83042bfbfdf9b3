"""Until when Telegram asked the bot to send nothing, stored so that a restart finds it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.delivery.retry import LONGEST_ASKED
from bot.errors import StoreError

log = structlog.get_logger()

PAUSED_UNTIL = "telegram pause"  # the mark's name
_GRACE = 2.0  # seconds for what is being stored when the process ends


class Timestamps(Protocol):
    """Where moments are kept by name."""

    async def get(self, name: str) -> datetime | None:
        """The moment; None if there is none of that name."""

    async def set(self, name: str, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Stores a pause in the background, and returns how much of it is left."""

    timestamps: Timestamps
    now: Callable[[], datetime]
    storing: set[asyncio.Task[None]] = field(default_factory=set)

    def note(self, seconds: float) -> None:
        """Store a pause of so many seconds, without waiting for the database."""
        log.warning("telegram_paused", seconds=seconds)
        task = asyncio.create_task(self._store(self.now() + timedelta(seconds=seconds)))
        self.storing.add(task)
        task.add_done_callback(self.storing.discard)

    async def left(self) -> float:
        """How many seconds of the pause are left, from 0 to a day."""
        try:
            until = await self.timestamps.get(PAUSED_UNTIL)
        except StoreError as error:
            log.warning("pause_not_read", reason=str(error))
            until = None
        left = (until - self.now()).total_seconds() if until else 0.0
        return min(max(left, 0.0), LONGEST_ASKED)

    async def _store(self, until: datetime) -> None:
        try:
            await self.timestamps.set(PAUSED_UNTIL, until)
        except StoreError as error:
            log.warning("pause_not_stored", reason=str(error))


@asynccontextmanager
async def pause_store(timestamps: Timestamps, now: Callable[[], datetime]) -> AsyncIterator[Pauses]:
    """Pauses kept in ``timestamps``; at the end, waits briefly for what is still being stored."""
    pauses = Pauses(timestamps=timestamps, now=now)
    try:
        yield pauses
    finally:
        if pauses.storing:
            await asyncio.wait(pauses.storing, timeout=_GRACE)
