"""What the clock wakes. Any process may run these, at any time and several at once."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.runtime.clock import utc_now
from bot.runtime.schedule import Job, Times
from bot.runtime.wiring import Editorial, Sending
from bot.settings import Settings
from bot.storage import Storage

log = structlog.get_logger()

PRUNE_EVERY = 60.0  # seconds
UPDATES_KEPT = timedelta(days=2)  # twice as long as Telegram keeps them


async def reconcile(settings: Settings, storage: Storage, editorial: Editorial) -> None:
    """Everything as it ought to be: folder, plans, archive. What expired is skipped before."""
    await expire_and_prune(settings, storage)
    await editorial.intake.read(utc_now())
    await editorial.publisher.publish_due(utc_now())
    await editorial.archive.refresh()


async def expire_and_prune(settings: Settings, storage: Storage) -> None:
    """Skip what did not arrive in time, and drop updates that nobody will repeat any more."""
    now = utc_now()
    expired = await storage.planner.expire(now - timedelta(days=settings.delivery.expires_after), now)
    if expired:
        log.warning("deliveries_expired", deliveries=expired)
    await storage.updates.forget(now - UPDATES_KEPT)


@dataclass(kw_only=True)
class Jobs:
    """The three jobs of the schedule. ``warm`` opens connections before a broadcast."""

    settings: Settings
    editorial: Editorial
    sending: Sending
    warm: Callable[[], Awaitable[None]]
    _pruned_at: float = field(default_factory=time.monotonic)

    async def read(self) -> None:
        """Take in what changed in the folder."""
        if (await self.editorial.intake.read(utc_now())).visible:
            await self.editorial.archive.refresh()

    async def publish(self) -> None:
        """Publish what is due."""
        if await self.editorial.publisher.publish_due(utc_now()):
            await self.editorial.archive.refresh()
            await self.warm()
        self.sending.wake_up.set()

    async def deliver(self) -> None:
        """Look for what is due in the ledger, and once a minute for what expired."""
        if time.monotonic() - self._pruned_at > PRUNE_EVERY:
            self._pruned_at = time.monotonic()
            await expire_and_prune(self.settings, self.sending.storage)
        await self.editorial.archive.refresh()  # another process may have published
        self.sending.wake_up.set()

    def table(self) -> dict[str, tuple[Times, Job]]:
        """Each by its name, with its times."""
        times = self.settings.schedule
        return {
            "read": (times.read, self.read),
            "publish": (times.publish, self.publish),
            "deliver": (times.deliver, self.deliver),
        }
