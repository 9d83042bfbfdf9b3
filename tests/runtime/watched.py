"""A process whose watch is in the test's hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.errors import StoreError, TryLater, UpdatesTaken
from bot.reports.troubles import Troubles
from bot.runtime.leadership import Role
from bot.runtime.watch import CALM, Bounds, Watch
from tests.delivery.world import StillClock

TICK = timedelta(seconds=10)
AWAY = TryLater("no connection", after=0)
TAKEN = UpdatesTaken("Conflict: terminated by other getUpdates request", after=0)


@dataclass
class Facts:
    """A database and a ledger in the test's hand."""

    fault: StoreError | None = None
    oldest: datetime | None = None

    async def set(self, name: str, at: datetime) -> None:  # noqa: ARG002  # the signature is the store's
        if self.fault is not None:
            raise self.fault

    async def oldest_due(self, now: datetime) -> datetime | None:  # noqa: ARG002  # as above
        return self.oldest


@dataclass
class World:
    """A process that has begun, and leads."""

    clock: StillClock = field(default_factory=StillClock)
    facts: Facts = field(default_factory=Facts)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        troubles = Troubles(self.clock.now, calm=CALM)
        troubles.subscribe(lambda change: self.told.append(change.trouble.name + "!" * (not change.ended)))
        bounds = Bounds(due=timedelta(minutes=15), poll=timedelta(minutes=3))
        self.watch = Watch(troubles, bounds=bounds, now=self.clock.now, read_by=lambda at: at + 3 * TICK)

    async def begin(self) -> None:
        self.watch.reached(None)
        self.watch.read(None)
        self.watch.wrote(None)
        self.watch.took_role(Role.LEADS)
        self.watch.listens(yes=True)

    async def look(self) -> None:
        await self.watch.look(self.facts, self.facts)

    @property
    def failing(self) -> list[str]:
        """The checks that keep the process from being ready."""
        return [check.name for check in self.watch.checks() if check.trouble]


@pytest.fixture
async def world() -> World:
    world = World()
    await world.begin()
    assert world.failing == []
    return world
