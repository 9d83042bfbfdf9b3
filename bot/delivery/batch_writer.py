"""Changes of rows, written to the ledger in groups.

A commit costs nearly the same for one row and for a hundred. So a change that arrives during a commit
waits for the next one, which begins at once if little is written, and otherwise after a pause that
keeps writing to a fifth of the time. A crash repeats what is not written yet, so the pause is short.
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

LONGEST_GROUP = 0.05  # seconds from the end of one commit to the beginning of the next, at most
REST = 4.0  # times the duration of the last commit
FIRST_WAIT, LONGEST_WAIT = 0.5, 10.0  # seconds until a refused write is tried again


class DeliveryStore(Protocol):
    """Where changes are written."""

    async def record(self, changed: Sequence[Delivery], *, token: int, now: datetime) -> frozenset[Key]:
        """Write the rows over the versions they were made from; returns the keys of those written."""

    async def adopt(self, changed: Delivery, *, token: int, now: datetime) -> bool:
        """Write which parts are in a chat, whatever became of the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    changed: Delivery
    written: "asyncio.Future[bool]"


class BatchWriter:
    """Writes the changes of the sender with the lease ``token``.

    It waits for a database that is away or full, because what was sent and not recorded would be sent
    again. ``seconds`` is a monotonic clock; ``unwritten`` counts the changes that were given up.
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
        self.unwritten = 0

    async def write(self, changed: Delivery) -> Delivery | None:
        """Write the row and return it with its new version; None if it was not written.

        That is the case if it was closed or changed by somebody else, if the lease was lost, or after
        :meth:`give_up`.
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
            written = False
        if not written:
            self.unwritten += self._given_up
            return None
        return replace(changed, version=changed.version + 1)

    async def adopt(self, changed: Delivery) -> bool:
        """Write which parts are in a chat over that version of the row, even if the row is closed."""
        return await self._deliveries.adopt(changed, token=self._token, now=self._now())

    def give_up(self) -> None:
        """Stop waiting for a database that refuses: the process is to end."""
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
        """Write the notes and set the result, or the error, of each."""
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
                log.debug("ledger_write_failed", reason=str(error))
                if self._given_up:
                    return frozenset()
                self._waiting_for_database = True
                await self._sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                self._waiting_for_database = False
                return written
