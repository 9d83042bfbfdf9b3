"""How soon another process sends after the one that did died, by their own clock."""

from dataclasses import dataclass

import pytest

from bot.runtime.leadership import TERM, TRIES, Leadership, Lease
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
