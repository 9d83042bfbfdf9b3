"""Who works while several processes could, and until when, by their own clock."""

from dataclasses import dataclass, field

import pytest

from bot.errors import StoreError
from bot.runtime.leadership import RENEWALS, TERM, TRIES, Leadership, Lease
from tests.delivery.clock import VirtualClock


@dataclass
class LeftBehind:
    """The lease of a process that died just after it had renewed it."""

    clock: VirtualClock

    async def acquire(self, role: str, *, holder: str, seconds: float) -> int | None:  # noqa: ARG002  # the signature is the store's
        return 2 if self.clock.now() >= TERM else None

    async def renew(self, role: str, *, token: int, seconds: float, report: str) -> bool:  # noqa: ARG002  # as above
        return True

    async def release(self, role: str, *, token: int) -> None:
        """Nobody asks afterwards."""


@pytest.mark.parametrize("asked_after", [0.0, 0.1, 1.0, 1.9])
async def test_when_the_sender_dies_another_takes_over_within_fifteen_seconds(asked_after: float) -> None:
    clock = VirtualClock()
    began: list[float] = []

    async def work(_: Lease) -> None:
        began.append(clock.now())

    async def stand_by() -> None:
        await clock.sleep(asked_after)
        leases = LeftBehind(clock)
        await Leadership(leases, role="sender", holder="b", now=clock.now, sleep=clock.sleep).lead(work)

    await clock.run(stand_by())
    assert TERM <= began[0] < TERM + TERM / TRIES < 15


@dataclass
class Contested:
    """Each lease is another's by the time it is to be renewed."""

    tokens: list[int] = field(default_factory=lambda: [1, 2])
    released: list[int] = field(default_factory=list)

    async def acquire(self, role: str, *, holder: str, seconds: float) -> int | None:  # noqa: ARG002  # as above
        return self.tokens.pop(0)

    async def renew(self, role: str, *, token: int, seconds: float, report: str) -> bool:  # noqa: ARG002  # as above
        return False

    async def release(self, role: str, *, token: int) -> None:  # noqa: ARG002  # as above
        self.released.append(token)


async def test_whose_lease_is_not_renewed_stops_working_at_once_and_stands_by_again() -> None:
    clock, leases = VirtualClock(), Contested()
    worked: list[tuple[int, bool, float]] = []

    async def work(lease: Lease) -> None:
        if lease.token == 2:
            return
        try:
            await clock.sleep(10 * TERM)
        finally:
            worked.append((lease.token, lease.lost, clock.now()))

    leadership = Leadership(leases, role="sender", holder="a", now=clock.now, sleep=clock.sleep)
    await clock.run(leadership.lead(work))
    assert worked == [(1, True, TERM / RENEWALS)]
    assert leases.released == [2]  # the first is another's by now


@dataclass
class Away:
    """The database gives the lease, and does not answer any more until it is ``back``."""

    clock: VirtualClock
    back: float

    async def acquire(self, role: str, *, holder: str, seconds: float) -> int | None:  # noqa: ARG002  # as above
        return 1

    async def renew(self, role: str, *, token: int, seconds: float, report: str) -> bool:  # noqa: ARG002  # as above
        if self.clock.now() < self.back:
            raise StoreError("no answer")
        return True

    async def release(self, role: str, *, token: int) -> None:
        """Nobody asks afterwards."""


async def test_who_cannot_renew_sends_nothing_after_its_term_until_it_can() -> None:
    clock = VirtualClock()
    held_at: list[float] = []

    async def work(lease: Lease) -> None:
        await clock.sleep(TERM)
        assert await lease.held()
        held_at.append(clock.now())

    leases = Away(clock, back=2 * TERM)
    leadership = Leadership(leases, role="sender", holder="a", now=clock.now, sleep=clock.sleep)
    await clock.run(leadership.lead(work))
    assert held_at == [2 * TERM]
