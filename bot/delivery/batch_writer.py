"""Notes of jobs, written to the ledger a group at a time.

A commit costs nearly the same for one row and for a hundred. So those who come while one is being
written wait for the next, which begins at once where it is quiet, and otherwise when as much time has
passed as keeps writing to a fifth of it. What is not written yet is what a crash does again, so a group
is never long in the making.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.errors import StoreError
from bot.model import Delivery, Key

log = structlog.get_logger()

LONGEST_GROUP = 0.05  # seconds from the end of one commit to the beginning of the next, at the most
REST = 4.0  # times what the last commit took
FIRST_WAIT, LONGEST_WAIT = 0.5, 10.0  # seconds until what the database refused is tried again


class DeliveryStore(Protocol):
    """Where it is written."""

    async def record(self, changed: Sequence[Delivery], *, token: int, now: datetime) -> frozenset[Key]:
        """Write the rows over the versions they were made from; returns the keys of those written."""

    async def adopt(self, changed: Delivery, *, token: int, now: datetime) -> bool:
        """Note what stands in a chat, whatever became of the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    changed: Delivery
    written: "asyncio.Future[bool]"


class BatchWriter:
    """Writes what the sender with the lease ``token`` notes.

    A database that is away, or full, is waited for: what was sent and not recorded would be sent
    again. ``seconds`` is a steady clock.
    """

    def __init__(
        self,
        deliveries: DeliveryStore,
        *,
        token: int,
        now: Callable[[], datetime],
        seconds: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._deliveries = deliveries
        self._token = token
        self._now = now
        self._seconds = seconds
        self._sleep = sleep
        self._notes: list[_Note] = []
        self._writing: asyncio.Task[None] | None = None
        self._free_at = float("-inf")
        self._given_up = self._waiting_for_database = False

    async def write(self, changed: Delivery) -> Delivery | None:
        """The row as it is once it is written; None where it was not to be changed any more.

        That is: closed or changed by somebody else, the lease lost, or :meth:`give_up` was called.
        """
        note = _Note(changed=changed, written=asyncio.get_running_loop().create_future())
        self._notes.append(note)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        try:
            written = await asyncio.shield(note.written)
        except asyncio.CancelledError:
            if not note.written.cancelled() and not self._given_up:
                raise
            return None
        if not written:
            return None
        return replace(changed, version=changed.version + 1)

    async def adopt(self, changed: Delivery) -> bool:
        """Note what stands in a chat, over that version of the row, whatever became of it."""
        return await self._deliveries.adopt(changed, token=self._token, now=self._now())

    def give_up(self) -> None:
        """The process is to end: what the database did not take by now, and will not take, is not noted."""
        self._given_up = True
        if self._waiting_for_database and self._writing is not None:
            self._writing.cancel()

    async def _write_all(self) -> None:
        while self._notes:
            pause = self._free_at - self._seconds()
            if pause > 0:
                await self._sleep(pause)
            notes, self._notes = self._notes, []
            begun = self._seconds()
            await self._write(notes)
            ended = self._seconds()
            self._free_at = ended + min(REST * (ended - begun), LONGEST_GROUP)

    async def _write(self, notes: Sequence[_Note]) -> None:
        """Tell each who wrote a note what became of it, whatever that is."""
        try:
            written = await self._written([note.changed for note in notes])
        except BaseException as error:
            for note in notes:
                if not note.written.done():
                    note.written.set_exception(error)
            if not isinstance(error, Exception):
                raise
            return
        for note in notes:
            if not note.written.done():
                note.written.set_result(note.changed.key in written)

    async def _written(self, changed: Sequence[Delivery]) -> frozenset[Key]:
        wait = FIRST_WAIT
        while True:
            try:
                written = await self._deliveries.record(changed, token=self._token, now=self._now())
            except StoreError as error:
                if wait == FIRST_WAIT:  # once is enough
                    log.error("ledger_write_failed", reason=str(error))  # noqa: TRY400  # the reason says it all
                if self._given_up:
                    return frozenset()
                self._waiting_for_database = True
                await self._sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                if wait > FIRST_WAIT:
                    log.info("ledger_write_recovered", notes=len(changed))
                self._waiting_for_database = False
                return written
