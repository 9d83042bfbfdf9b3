"""When an issue begins to go to everybody, and how that ended, whoever published it.

Another process may plan it (``jianbao publish``), so what the worker begins with tells, not the plan.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Never, Protocol

import structlog

from bot.errors import StoreError
from bot.model import Aim, Delivery, Purpose, SteadyTime
from bot.storage.broadcasts import Totals

log = structlog.get_logger()

REST = 1.0  # seconds between two looks while an issue is on its way


class Ledger(Protocol):
    """What the ledger says of pushes."""

    async def begun_at(self, delivery: Delivery) -> datetime | None:
        """When a delivery was planned together with many others; None for one by itself."""

    async def under_way(self, slug: str, aim: Aim) -> bool:
        """Whether something is left to do."""

    async def totals(self, slug: str, aim: Aim) -> Totals:
        """How it went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """An issue that goes to everybody, or is corrected or taken back everywhere, as decided ``since`` then.

    ``totals`` is how it ended, None while it is on its way.
    """

    slug: str
    aim: Aim
    since: datetime
    totals: Totals | None = None


Listener = Callable[[Broadcast], None]  #: called when one begins and when it has ended; must not raise


class BroadcastWatch:
    """Tells what begins and ends, in the log and to whoever subscribes."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        steady_time: Callable[[datetime], Awaitable[SteadyTime]],
    ) -> None:
        self._steady_time = steady_time
        self._ledger = ledger
        self._now = now
        self._sleep = sleep
        self._candidates: dict[tuple[str, Aim], Delivery] = {}
        self._under_way: dict[tuple[str, Aim], Broadcast] = {}
        self._ended: dict[tuple[str, Aim], datetime] = {}  # since when what ended last had gone
        self._news = asyncio.Event()
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> None:
        """Tell ``listener`` what begins and ends from now on."""
        self._listeners.append(listener)

    def started(self, delivery: Delivery) -> None:
        """Note that a delivery was begun, perhaps of a row that was ended since it was read."""
        key = delivery.issue_slug, delivery.aim
        if delivery.purpose is Purpose.PUSH and key not in self._under_way:
            self._candidates.setdefault(key, delivery)
            self._news.set()

    def forget(self) -> None:
        """Leave what is on its way to another process."""
        self._candidates.clear()
        self._under_way.clear()
        self._ended.clear()

    async def run(self) -> Never:
        """Look for what has begun and ended as long as anything is on its way; ends never."""
        while True:
            if not (self._candidates or self._under_way):
                await self._news.wait()
            self._news.clear()
            try:
                await self.look()
            except StoreError as error:
                log.debug("broadcast_not_read", reason=str(error))
            await self._sleep(REST)

    async def look(self) -> None:
        """Tell what has begun and ended since the last look."""
        for key, delivery in tuple(self._candidates.items()):
            since = await self._ledger.begun_at(delivery)
            if since and since != self._ended.get(key):
                self._begin(Broadcast(slug=delivery.issue_slug, aim=delivery.aim, since=since))
            self._candidates.pop(key)
        for one in tuple(self._under_way.values()):
            if not await self._ledger.under_way(one.slug, one.aim):
                totals = await self._ledger.totals(one.slug, one.aim)
                self._end(one, totals, await self._steady_time(self._now()))

    def _begin(self, one: Broadcast) -> None:
        self._under_way[one.slug, one.aim] = one
        log.info("broadcast_began", issue=one.slug, aim=str(one.aim))
        self._tell(one)

    def _end(self, one: Broadcast, totals: Totals, time: SteadyTime) -> None:
        seconds = time.elapsed(one.since, totals.ended or self._now())
        del self._under_way[one.slug, one.aim]
        self._ended[one.slug, one.aim] = one.since
        log.info(
            "broadcast_ended",
            issue=one.slug,
            aim=str(one.aim),
            sent=totals.sent,
            failed=totals.failed,
            skipped=totals.skipped,
            uncertain=totals.uncertain,
            messages=totals.messages,
            taken_back=totals.taken_back,
            published_again=totals.published_again,
            seconds=None if seconds is None else round(seconds, 1),
        )
        self._tell(Broadcast(slug=one.slug, aim=one.aim, since=one.since, totals=totals))

    def _tell(self, one: Broadcast) -> None:
        for listener in self._listeners:
            listener(one)
