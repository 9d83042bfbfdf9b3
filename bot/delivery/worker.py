"""Which deliveries are carried: those asked for first, then the broadcasts, oldest first.

As many chats as may be open are served at a time; the next rows are fetched some hundred at once,
so that the ledger is not asked for each.
"""

import asyncio
from collections import deque
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.delivery.job import Courier
from bot.errors import StoreError
from bot.model import URGENT, Delivery, Purpose

log = structlog.get_logger()

URGENT_CHATS = 64  # served on top of the others: who asked does not wait for a broadcast
STORE_REST = 1.0  # seconds until a ledger that could not be read is read again
LONGEST_REST = 30.0  # seconds; so long, at most, does a row planned by another process lie unseen


class Ledger(Protocol):
    """Where rows come from."""

    async def due(
        self, now: datetime, *, limit: int, purposes: Sequence[Purpose], excluding: Collection[int]
    ) -> tuple[Delivery, ...]:
        """Open rows that may go on now, at most one a chat."""

    async def next_due_at(self, now: datetime) -> datetime | None:
        """When the next row that must wait may go on."""


class Deliverer:
    """Serves up to ``open_chats`` chats at a time from the ledger.

    ``asked`` is set by whoever planned something. ``grace`` is how long, in seconds, a call in
    flight may take when the process is to stop.
    """

    def __init__(
        self,
        courier: Courier,
        ledger: Ledger,
        *,
        asked: asyncio.Event,
        open_chats: int = 32,
        grace: float = 3.0,
    ) -> None:
        self._courier = courier
        self._ledger = ledger
        self._asked = asked
        self._open_chats = open_chats
        self._grace = grace
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._urgent: set[int] = set()
        self._backlog: deque[Delivery] = deque()
        self._trouble = False
        self._freed = asyncio.Event()
        self._dry_until = 0  # chats that must be free until the ledger is asked again; 0: it holds more

    def stop(self) -> None:
        """Begin no new part; :meth:`run` and :meth:`drain` return when those in flight are recorded."""
        self._courier.stopping.set()
        self._freed.set()

    async def run(self) -> None:
        """Deliver what is due, when it is due, until :meth:`stop`. Raises BadInput as the courier does."""
        try:
            self._asked.set()
            while not self._courier.stopping.is_set():
                self._freed.clear()
                self._reap()
                await self._rest(await self._serve())
        finally:
            await self._finish()

    async def drain(self) -> None:
        """Deliver all that is due now, and return; what had to be put off stays in the ledger.

        :meth:`run` is for a process that goes on; this is for whoever looks at the result, as tests do.
        """
        try:
            while not self._courier.stopping.is_set():
                self._reap()
                self._dry_until = 0
                await self._open_urgent(self._courier.now())
                await self._open_pushes(self._courier.now())
                if not self._busy:
                    return
                await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._finish()

    async def _serve(self) -> float | None:
        """Open what is due; returns how long nothing more will be, in seconds.

        None where the ledger holds more that is due, which waits for a chat to become free.
        """
        now = self._courier.now()
        try:
            if self._asked.is_set():
                self._asked.clear()
                self._dry_until = 0
                await self._open_urgent(now)
            await self._open_pushes(now)
            if not self._dry_until:
                return None
            next_at = await self._ledger.next_due_at(now)
        except StoreError as error:
            if not self._trouble:  # once is enough
                log.error("ledger_read_failed", reason=str(error))  # noqa: TRY400  # the reason says it all
            self._trouble = True
            await self._courier.sleep(STORE_REST)
            self._asked.set()
            return 0.0
        self._trouble = False
        return LONGEST_REST if next_at is None else min((next_at - now).total_seconds(), LONGEST_REST)

    async def _open_urgent(self, now: datetime) -> None:
        room = URGENT_CHATS - len(self._urgent)
        rows = await self._ledger.due(now, limit=room, purposes=URGENT, excluding=self._busy.keys())
        for row in rows:
            self._urgent.add(row.chat_id)
            self._start(row)

    @property
    def _free(self) -> int:
        """How many more chats may be open."""
        return self._open_chats + len(self._urgent) - len(self._busy)

    async def _open_pushes(self, now: datetime) -> None:
        if len(self._backlog) <= self._open_chats // 2 and self._free > self._dry_until:
            await self._fetch(now)
        while self._free > 0 and self._backlog:
            row = self._backlog.popleft()
            if row.chat_id not in self._busy:  # one that is will be found again
                self._start(row)

    async def _fetch(self, now: datetime) -> None:
        """Fill the backlog. Where the ledger holds no more, it is not asked for every chat that is done."""
        known = {row.chat_id for row in self._backlog} | self._busy.keys()
        wanted = max(self._free, self._open_chats) - len(self._backlog)
        rows = await self._ledger.due(now, limit=wanted, purposes=(Purpose.PUSH,), excluding=known)
        self._backlog.extend(rows)
        more_freed = self._free + max(1, self._open_chats // 8)
        self._dry_until = 0 if len(rows) == wanted else max(1, min(more_freed, self._open_chats) - 1)

    def _start(self, row: Delivery) -> None:
        task = asyncio.create_task(self._courier.carry(row))
        task.add_done_callback(lambda _: self._freed.set())
        self._busy[row.chat_id] = task

    def _reap(self) -> None:
        """Close the chats that are done; raises what their courier raised."""
        done = [chat_id for chat_id, task in self._busy.items() if task.done()]
        if self._urgent.intersection(done):
            self._asked.set()  # a chat that asked for two issues has another
        for task in [self._closed(chat_id) for chat_id in done]:
            task.result()

    def _closed(self, chat_id: int) -> asyncio.Task[None]:
        self._urgent.discard(chat_id)
        return self._busy.pop(chat_id)

    async def _rest(self, seconds: float | None) -> None:
        waits: list[asyncio.Future[Any]] = [
            asyncio.ensure_future(event.wait()) for event in (self._freed, self._asked)
        ]
        if seconds is not None:
            waits.append(asyncio.ensure_future(self._courier.sleep(seconds)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if seconds is not None and waits[-1].done():
                self._asked.set()  # what had to wait may go on
        finally:
            for wait in waits:
                wait.cancel()

    async def _finish(self) -> None:
        """Let what is in flight arrive and be recorded; note as uncertain what does not arrive in time."""
        self._courier.stopping.set()
        if not self._busy:
            return
        _cancel(self._courier.waiting)
        everyone: asyncio.Future[Any] = asyncio.gather(*self._busy.values(), return_exceptions=True)
        alarm: asyncio.Future[Any] = asyncio.ensure_future(self._courier.sleep(self._grace))
        await asyncio.wait({everyone, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        self._courier.recorder.give_up()
        _cancel(self._courier.waiting | self._courier.sending)
        alarm = asyncio.ensure_future(self._courier.sleep(self._grace))
        await asyncio.wait({everyone, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        _cancel({task for task in self._busy.values() if not task.done()})  # the database hangs
        await everyone
        self._busy.clear()


def _cancel(tasks: set[asyncio.Task[Any]]) -> None:
    for task in tuple(tasks):
        task.cancel()
