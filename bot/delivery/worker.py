"""Which deliveries run: requests first, then broadcasts, oldest first.

A number of chats is served at a time; the next rows are fetched in groups, so that the ledger is not
queried for each.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.delivery.batch_writer import BatchWriter
from bot.delivery.brake import Brake
from bot.delivery.in_flight import InFlight
from bot.delivery.newcomers import Newcomers
from bot.delivery.reader_hours import ReaderHours
from bot.errors import StoreError
from bot.model import URGENT, Delivery, HeldPushes, Purpose

log = structlog.get_logger()

_Rows = tuple[Delivery, ...]

URGENT_CHATS = 64  # served on top of the others, so that requests do not wait for a broadcast
STORE_REST = 1.0  # seconds until a ledger that could not be read is read again
LONGEST_REST = 30.0  # seconds after which a row planned by another process is seen at the latest


class DueDeliveries(Protocol):
    """Where rows come from."""

    async def due(
        self,
        now: datetime,
        *,
        limit: int,
        purposes: Sequence[Purpose],
        excluding: Collection[int],
        held: HeldPushes,
    ) -> tuple[Delivery, ...]:
        """Open rows that are due and not held, at most one per chat."""

    async def next_due_at(self, now: datetime) -> datetime | None:
        """When the next open row that is not due yet will be; None if there is none."""


class Job(Protocol):
    """What runs a delivery."""

    async def run(self, delivery: Delivery, /) -> None:
        """Deliver it, or defer it. Raises BadInput if nothing can be sent at all."""


def _nobody(_: Delivery) -> None:
    """For who need not know."""


class Worker:
    """Serves up to ``open_chats`` chats at a time from the ledger.

    Whoever plans something sets ``wake_up``. ``grace`` is how many seconds a call in flight may take
    when the process is to stop. ``on_start`` is told each delivery that begins, ``on_end`` each chat whose
    delivery has ended, however it did. Nothing begins in the chats of ``newcomers``.
    """

    def __init__(  # noqa: PLR0913  # all but two are passed by name
        self,
        job: Job,
        deliveries: DueDeliveries,
        *,
        in_flight: InFlight,
        writer: BatchWriter,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        wake_up: asyncio.Event,
        open_chats: int = 32,
        grace: float = 3.0,
        on_start: Callable[[Delivery], None] = _nobody,
        on_end: Callable[[int], None] = lambda _: None,
        brake: Brake | None = None,
        hours: ReaderHours | None = None,
        newcomers: Newcomers | None = None,
    ) -> None:
        self._job = job
        self._on_start = on_start
        self._on_end = on_end
        self._deliveries = deliveries
        self._in_flight = in_flight
        self._writer = writer
        self._now = now
        self._sleep = sleep
        self._wake_up = wake_up
        self._open_chats = open_chats
        self._grace = grace
        self._brake = brake or Brake.off()
        self._hours = hours
        self._newcomers = newcomers or Newcomers()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._urgent: set[int] = set()
        self._backlog: deque[Delivery] = deque()
        self._freed = asyncio.Event()
        self._dry_until = 0  # chats that must be free until the ledger is asked again; 0: it holds more

    def stop(self) -> None:
        """Begin no new part; :meth:`run` and :meth:`drain` return once those in flight are recorded."""
        self._in_flight.stop()
        self._freed.set()

    async def run(self) -> None:
        """Deliver rows when they are due, until :meth:`stop`. Raises BadInput if the job does."""
        try:
            await self._brake.look()
            self._wake_up.set()
            while not self._in_flight.stopping:
                self._freed.clear()
                self._reap()
                await self._rest(await self._serve())
        finally:
            await self._finish()

    async def drain(self) -> None:
        """Deliver everything that is due now, and return; deferred rows stay in the ledger.

        :meth:`run` is for a process that continues; this is for whoever looks at the result, as tests do.
        """
        try:
            while not self._in_flight.stopping:
                self._reap()
                self._dry_until = 0
                await self._open_urgent(self._now())
                await self._open_pushes(self._now())
                if not self._busy:
                    return
                await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._finish()

    async def _serve(self) -> float | None:
        """Start what is due; returns in how many seconds more will be due.

        None if the ledger has more that is due, which waits for a free chat.
        """
        now = self._now()
        try:
            if self._wake_up.is_set():
                self._wake_up.clear()
                self._dry_until = 0
                await self._open_urgent(now)
            await self._open_pushes(now)
            if not self._dry_until:
                return None
            next_at = await self._deliveries.next_due_at(now)
        except StoreError as error:
            log.debug("ledger_read_failed", reason=str(error))
            await self._sleep(STORE_REST)
            self._wake_up.set()
            return 0.0
        return LONGEST_REST if next_at is None else min((next_at - now).total_seconds(), LONGEST_REST)

    @property
    def _taken(self) -> frozenset[int]:
        """The chats in which nothing may begin."""
        return self._newcomers.chats.union(self._busy)

    async def _open_urgent(self, now: datetime) -> None:
        room = URGENT_CHATS - len(self._urgent)
        rows = await self._due(now, room, URGENT, self._taken)
        for row in rows:
            if row.chat_id not in self._newcomers.chats:  # it may have joined meanwhile
                self._urgent.add(row.chat_id)
                self._start(row)

    @property
    def _free(self) -> int:
        """How many more chats may be open."""
        return self._open_chats + len(self._urgent) - len(self._busy)

    async def _open_pushes(self, now: datetime) -> None:
        if len(self._backlog) <= self._open_chats // 2 and self._free > self._dry_until:
            await self._fetch(now)
        newcomers = self._newcomers.chats
        while self._free > 0 and self._backlog:
            row = self._backlog.popleft()
            if row.chat_id not in self._busy and row.chat_id not in newcomers:  # else it is found again
                self._start(row)

    async def _fetch(self, now: datetime) -> None:
        """Fill the backlog. If the ledger has no more, it is not queried again for each chat that is done."""
        known = {row.chat_id for row in self._backlog} | self._taken
        wanted = max(self._free, self._open_chats) - len(self._backlog)
        rows, ready = await self._ready(now, wanted, known)
        self._backlog.extend(ready)
        more_freed = self._free + max(1, self._open_chats // 8)
        self._dry_until = 0 if len(rows) == wanted else max(1, min(more_freed, self._open_chats) - 1)

    async def _ready(self, now: datetime, wanted: int, known: Collection[int]) -> tuple[_Rows, _Rows]:
        """Rows that are due, and those of them that may begin: some of those, if more are due."""
        before: _Rows = ()
        while True:
            rows = await self._due(now, wanted, (Purpose.PUSH,), known)
            ready = await self._hours.ready(rows, self._brake.held, now) if self._hours else rows
            if ready or len(rows) < wanted:
                return rows, ready
            if rows == before:  # the lease is lost: nothing can be put off any more
                return (), ()
            before = rows

    async def _due(
        self, now: datetime, limit: int, purposes: Sequence[Purpose], excluding: Collection[int]
    ) -> tuple[Delivery, ...]:
        held = self._brake.held
        return await self._deliveries.due(now, limit=limit, purposes=purposes, excluding=excluding, held=held)

    def _start(self, row: Delivery) -> None:
        task = asyncio.create_task(self._job.run(row))
        task.add_done_callback(lambda _: self._freed.set())
        self._busy[row.chat_id] = task
        self._on_start(row)

    def _reap(self) -> None:
        """Remove the chats that are done; raises what a job raised, once for all that did."""
        done = [chat_id for chat_id, task in self._busy.items() if task.done()]
        if self._urgent.intersection(done):
            self._wake_up.set()  # a chat may have asked for two issues
        errors = [self._closed(chat_id).exception() for chat_id in done]
        for error in filter(None, errors):
            raise error

    def _closed(self, chat_id: int) -> asyncio.Task[None]:
        self._urgent.discard(chat_id)
        self._on_end(chat_id)
        return self._busy.pop(chat_id)

    async def _rest(self, seconds: float | None) -> None:
        waits: list[asyncio.Future[Any]] = [
            asyncio.ensure_future(event.wait()) for event in (self._freed, self._wake_up)
        ]
        if seconds is not None:
            waits.append(asyncio.ensure_future(self._sleep(seconds)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if seconds is not None and waits[-1].done():
                self._wake_up.set()  # a deferred row is due
        finally:
            for wait in waits:
                wait.cancel()

    async def _finish(self) -> None:
        """Wait until what is in flight has arrived and is recorded; mark the rest as uncertain."""
        self._in_flight.stop()
        if not self._busy:
            return
        self._in_flight.cancel_waiting()
        everyone: asyncio.Future[Any] = asyncio.gather(*self._busy.values(), return_exceptions=True)
        alarm: asyncio.Future[Any] = asyncio.ensure_future(self._sleep(self._grace))
        await asyncio.wait({everyone, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        self._writer.give_up()
        self._in_flight.cancel_all()
        alarm = asyncio.ensure_future(self._sleep(self._grace))
        await asyncio.wait({everyone, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        for task in self._busy.values():
            task.cancel()  # the database hangs
        await everyone
        self._busy.clear()
        if self._writer.unwritten:
            log.error("deliveries_not_recorded", rows=self._writer.unwritten)
