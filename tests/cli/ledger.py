"""A ledger for the commands to look at: issues, readers and what became of their deliveries."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.model import Delivery, DeliveryState, Part
from bot.runtime.databases import open_storage
from bot.settings import load
from bot.storage import SENDER, Access, Storage
from tests.cli.conftest import Run, write
from tests.storage.rows import recorded, row, with_part

SLUG = "2026-03-02"
HOLDER = "host 7"
#: What is said of what was planned while nobody sends.
NO_BOT = "no bot sends now, so it goes out once one runs: jianbao run"
REPORT = '{"rate": 2.0, "limit": 29.1, "sent": 5, "refused": 3, "failed": 4, "paused_for": 0.0}'


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What a sender would write: ``token`` is that of its lease."""

    storage: Storage
    token: int

    async def delivered(self, chat_id: int, parts: int, *, slug: str = SLUG) -> None:
        """The chat has all of the issue, in so many parts."""
        await self.partly(chat_id, parts - 1, slug=slug)
        found = await row(self.storage.deliveries, chat_id, slug)
        await self._record(with_part(found, chat_id * 10 + parts, last=True))

    async def partly(self, chat_id: int, parts: int, *, slug: str = SLUG) -> None:
        """So many parts more stand in the chat."""
        for number in range(parts):
            found = await row(self.storage.deliveries, chat_id, slug)
            await self._record(with_part(found, chat_id * 10 + number))

    async def uncertain(self, chat_id: int) -> None:
        """One part more may stand there twice."""
        found = await row(self.storage.deliveries, chat_id)
        part = Part(name="contents", message_id=99, uncertain=True)
        await self._record(found.departing().with_part(part))

    async def failed(self, chat_id: int, reason: str = "refused") -> None:
        """The delivery was given up."""
        found = await row(self.storage.deliveries, chat_id)
        await self._record(found.closed(DeliveryState.FAILED, reason))

    async def skipped(self, chat_id: int, reason: str = "stopped") -> None:
        """The delivery was left undone."""
        found = await row(self.storage.deliveries, chat_id)
        await self._record(found.closed(DeliveryState.SKIPPED, reason))

    async def says(self, report: str = REPORT) -> None:
        """The sender says how it goes."""
        await self.storage.leases.renew(SENDER, token=self.token, seconds=30, report=report)

    async def leaves(self) -> None:
        """Nobody sends any more."""
        await self.storage.leases.release(SENDER, token=self.token)

    async def falls_silent(self, seconds: float) -> None:
        """The sender's lease ended so long ago: it could not be renewed."""
        await self.storage.leases.renew(SENDER, token=self.token, seconds=-seconds, report=REPORT)

    async def _record(self, changed: Delivery) -> None:
        assert await recorded(self.storage.deliveries, changed, self.token) is not None


@asynccontextmanager
async def ledger(holder: str = HOLDER) -> AsyncIterator[Ledger]:
    """The ledger of the configured database, with a sender of ours."""
    async with open_storage(load().settings, Access.MIGRATE) as storage:
        token = await storage.leases.acquire(SENDER, holder=holder, seconds=30)
        assert token is not None
        yield Ledger(storage=storage, token=token)


def change(by: Callable[[Ledger], Awaitable[object]], *, stays: bool = False, holder: str = HOLDER) -> None:
    """Let ``by`` change the ledger; nobody sends afterwards, unless the sender ``stays``."""

    async def run() -> None:
        async with ledger(holder) as one:
            await by(one)
            if not stays:
                await one.leaves()

    asyncio.run(run())


def subscribe(jianbao: Run, *lines: str) -> None:
    """Import readers, each line a chat, its language and its topics; a database is made if there is none."""
    assert jianbao("migrate").code == 0
    write(Path("readers.csv"), "\n".join(("chat_id,language,topics", *lines)) + "\n")
    assert jianbao("subscribers", "import", "readers.csv").code == 0
