"""What is due, as its readers want it: none in quiet hours, and several issues of one wait as one."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Aim, Delivery, HeldPushes, Key


class HoursDue(Protocol):
    """Where rows that wait for an hour are kept; nothing changes for a sender that lost its lease."""

    async def postpone(self, rows: Sequence[tuple[Delivery, datetime]], *, token: int, now: datetime) -> None:
        """Let each of the rows wait until its moment."""

    async def together(
        self, rows: Sequence[Delivery], *, held: HeldPushes, now: datetime
    ) -> tuple[Delivery, ...]:
        """What is due in the places of the rows, where that is several issues."""

    async def gather(
        self,
        rows: Sequence[Delivery],
        *,
        apart: Collection[Key],
        held: HeldPushes,
        token: int,
        now: datetime,
    ) -> tuple[Delivery, ...]:
        """The rows, but of several issues that are due in one place, and not ``apart``, the newest alone."""


Wanted = Callable[[Delivery], Awaitable[bool]]  #: whether the reader wants what the issue has for them


async def _always(_: Delivery) -> bool:
    """For whom every issue is one that its readers want."""
    return True


class ReaderHours:
    """Looks at rows that are due, for the sender with the lease ``token``.

    A row may be due and its reader asleep: it fell due in a long broadcast, or Telegram let it wait. What
    has begun is brought to its end, for half an issue helps nobody.
    """

    def __init__(self, due: HoursDue, *, token: int, wanted: Wanted = _always) -> None:
        self._due = due
        self._wanted = wanted
        self._token = token

    async def ready(self, rows: Sequence[Delivery], held: HeldPushes, now: datetime) -> tuple[Delivery, ...]:
        """Those of the pushes that may begin or go on now; others wait from now on, or go with these."""
        if not any(_waits(row) for row in rows):
            return tuple(rows)
        awake: list[Delivery] = []
        later: list[tuple[Delivery, datetime]] = []
        for row in rows:
            if _waits(row) and row.hours.is_quiet(now):
                later.append((row, row.hours.quiet_until(now)))
            else:
                awake.append(row)
        if later:
            await self._due.postpone(later, token=self._token, now=now)
        if not any(_waits(row) for row in awake):
            return tuple(awake)
        return await self._as_one(awake, held, now)

    async def _as_one(
        self, rows: Sequence[Delivery], held: HeldPushes, now: datetime
    ) -> tuple[Delivery, ...]:
        """Of several issues the newest whole in which its reader finds something."""
        several = await self._due.together(rows, held=held, now=now)
        if not several:
            return tuple(rows)
        apart = [one.key for one in several if not await self._wanted(one)]
        return await self._due.gather(rows, apart=apart, held=held, token=self._token, now=now)


def _waits(row: Delivery) -> bool:
    begun = bool(row.parts) or row.in_flight
    return row.hours.waits and row.aim is Aim.SEND and not begun
