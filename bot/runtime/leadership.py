"""One of several processes works at a time: the one that holds the lease.

It renews its lease every few seconds and sends only while it is sure to hold it: by a clock that also
counts while the machine sleeps, from before the request for the lease. The others stand by and take
over when the lease has expired. A process that was stopped finds its lease expired before it sends.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Protocol

import structlog

from bot.errors import StoreError

log = structlog.get_logger()

TERM = 10.0  # seconds that a lease lasts
RENEWALS = 4  # in a term: three may fail
TRIES = 5  # in a term, of a process that stands by: taking over takes at most 1.2 terms


class Role(StrEnum):
    """What a process does of all that share a database."""

    LEADS = "leads"
    STANDS_BY = "stands by"


def _nobody(_: Role) -> None:
    """For who need not know."""


class Leases(Protocol):
    """Where leases are kept."""

    async def acquire(self, role: str, *, holder: str, seconds: float) -> int | None:
        """A new lease's token; None while another process holds it."""

    async def renew(self, role: str, *, token: int, seconds: float, report: str) -> bool:
        """Extend it; False if another process holds it."""

    async def release(self, role: str, *, token: int) -> None: ...


class Lease:
    """What the holder knows of its lease. ``now`` is a clock in seconds that also counts sleep."""

    def __init__(self, *, token: int, until: float, now: Callable[[], float]) -> None:
        self.token = token
        self._until = until
        self._now = now
        self._changed = asyncio.Event()
        self.lost = False

    async def held(self) -> bool:
        """True while it lasts; waits if it has expired and may still be renewed; False once it is lost."""
        while not self.lost and self._now() >= self._until:
            self._changed.clear()
            await self._changed.wait()
        return not self.lost

    def extend(self, until: float) -> None:
        """Note that it was renewed."""
        self._until = until
        self._changed.set()

    def lose(self) -> None:
        """Note that another process holds it, or that this one is to end."""
        self.lost = True
        self._changed.set()


class Leadership:
    """Lets one of all processes that share a database do the work.

    ``report`` is stored with the lease for others to read; ``term`` is how many seconds the lease lasts.
    ``on_role`` is told whenever this process begins to lead or to stand by.
    """

    def __init__(  # noqa: PLR0913  # each is the owner's to say, and all are named
        self,
        leases: Leases,
        *,
        role: str,
        holder: str,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        report: Callable[[], str] = str,
        on_role: Callable[[Role], None] = _nobody,
        term: float = TERM,
    ) -> None:
        self._leases = leases
        self._role = role
        self._holder = holder
        self._now = now
        self._sleep = sleep
        self._report = report
        self._on_role = on_role
        self._term = term

    async def lead(self, work: Callable[[Lease], Awaitable[None]]) -> None:
        """Stand by until this process has the lease, work until it is lost, and repeat.

        Returns when the work does, and raises what the work raises. If cancelled, it cancels the work
        and then releases the lease.
        """
        while True:
            lease = await self._acquired()
            if await self._working(work, lease):
                return

    async def _acquired(self) -> Lease:
        waited = False
        while True:
            asked = self._now()
            try:
                token = await self._leases.acquire(self._role, holder=self._holder, seconds=self._term)
            except StoreError as error:
                log.debug("lease_request_failed", reason=str(error))
            else:
                if token is not None:
                    log.info("lease_taken", role=self._role, token=token)
                    self._on_role(Role.LEADS)
                    return Lease(token=token, until=asked + self._term, now=self._now)
                if not waited:
                    log.info("standing_by", role=self._role)
                    self._on_role(Role.STANDS_BY)
                waited = True
            await self._sleep(self._term / TRIES)

    async def _working(self, work: Callable[[Lease], Awaitable[None]], lease: Lease) -> bool:
        """Whether the work ended by itself; False if the lease was lost."""
        working = asyncio.ensure_future(work(lease))
        renewing = asyncio.ensure_future(self._renewing(lease))
        try:
            await asyncio.wait({working, renewing}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
            if lease.lost:
                log.warning("lease_lost", role=self._role, token=lease.token)
                return False
            return True
        finally:
            lost = renewing.done()
            renewing.cancel()
            lease.lose()  # nobody waits for it to be renewed any more
            await _ended(working)
            if not lost:
                await self._released(lease)

    async def _renewing(self, lease: Lease) -> None:
        """Renew the lease until another process holds it."""
        while True:
            await self._sleep(self._term / RENEWALS)
            asked = self._now()
            try:
                held = await self._leases.renew(
                    self._role, token=lease.token, seconds=self._term, report=self._report()
                )
            except StoreError as error:
                log.debug("lease_renewal_failed", reason=str(error))
                continue
            if not held:
                lease.lose()
                return
            lease.extend(asked + self._term)

    async def _released(self, lease: Lease) -> None:
        try:
            await self._leases.release(self._role, token=lease.token)
        except StoreError as error:
            log.warning("lease_release_failed", reason=str(error))


async def _ended(work: "asyncio.Future[None]") -> None:
    """Cancel the work and wait until it has ended."""
    work.cancel()
    await asyncio.wait({work})
