"""A limit that Telegram taught the process that sends, kept so that the next one goes on with it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Never

import structlog

from bot.errors import StoreError
from bot.pacing import Dispatcher, LearntLimit
from bot.storage.learnt_limits import KeptLimit, LearntLimits

log = structlog.get_logger()

REST = 1.0  # seconds between two looks


@dataclass(kw_only=True)
class LimitKeeper:
    """Keeps what ``dispatcher`` learns. ``now`` tells the time, ``seconds`` is the dispatcher's clock."""

    dispatcher: Dispatcher
    kept: LearntLimits
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    _stored: LearntLimit | None = field(default=None, init=False)

    async def resume(self, *, pause: float) -> None:
        """Go on with what an earlier process learnt; it climbs at the latest once ``pause`` is over."""
        try:
            limit = await self.kept.get()
        except StoreError as error:
            log.warning("limit_not_read", reason=str(error))
            return
        if limit is not None:
            since = min(self._on_clock(limit.since), self.seconds() + pause)
            slow_since = min(self._on_clock(limit.slow_since), self.seconds())
            self._stored = LearntLimit(low=limit.low, since=since, slow_since=slow_since)
            self.dispatcher.resume(self._stored)

    async def run(self) -> Never:
        """Keep what is learnt as long as this process leads; ends never."""
        while True:
            await self.look()
            await asyncio.sleep(REST)

    async def look(self) -> None:
        """Keep what was learnt since the last look; what the database does not take is kept at the next."""
        learnt = self.dispatcher.learnt
        if learnt is None or learnt == self._stored:
            return
        since, slow_since = self._moment(learnt.since), self._moment(learnt.slow_since)
        try:
            await self.kept.set(KeptLimit(low=learnt.low, since=since, slow_since=slow_since))
        except StoreError as error:
            log.debug("limit_not_stored", reason=str(error))
        else:
            self._stored = learnt

    def _on_clock(self, moment: datetime) -> float:
        return self.seconds() + (moment - self.now()).total_seconds()

    def _moment(self, seconds: float) -> datetime:
        return self.now() + timedelta(seconds=seconds - self.seconds())
