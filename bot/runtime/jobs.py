"""What the scheduler runs. Any process may run these, at any time and several at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Never

import structlog

from bot.errors import BadInput, SourceAway, StoreError
from bot.runtime.editorial import Editorial
from bot.runtime.expiry_news import deliveries_expired
from bot.runtime.retention import keep_no_longer, keep_words_no_longer
from bot.runtime.schedule import Job, Times
from bot.runtime.sending import Sending
from bot.settings import Settings
from bot.settings.sections import Times as Hours
from bot.storage import Storage

log = structlog.get_logger()

PRUNE_EVERY = 60.0  # seconds
HOURLY = Hours(cron="17 * * * *")  # by the clock, so that a bot that is often restarted does it too
_MOST_NAMED = 5
UPDATES_KEPT = timedelta(days=2)  # twice as long as Telegram keeps them


async def expire_and_prune(settings: Settings, storage: Storage, now: datetime) -> None:
    """Skip deliveries that have expired, and forget updates that Telegram no longer repeats."""
    before = now - timedelta(days=settings.delivery.expires_after)
    async with storage.database.together():
        expired = await storage.planner.expire(before, now)
        if expired:
            await storage.news.post(deliveries_expired(expired, now))
    if expired:
        log.warning("deliveries_expired", deliveries=expired)
    await storage.updates.forget(now - UPDATES_KEPT)


def _nobody(_: str | None) -> None:
    """For who need not know."""


@dataclass(kw_only=True)
class Jobs:
    """The three jobs of the schedule, and one of each hour.

    Until :meth:`begin` has ended, nothing else is read or published.
    ``warm`` opens connections before a broadcast. ``now`` tells the time, ``seconds`` is a steady clock.
    ``on_read`` is told why the folder could not be read, or is not the newest, and None whenever it is.
    """

    settings: Settings
    editorial: Editorial
    sending: Sending
    warm: Callable[[], Awaitable[None]]
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    on_read: Callable[[str | None], None] = _nobody
    _pruned_at: float = field(init=False)
    _begun: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._pruned_at = self.seconds()

    async def begin(self) -> None:
        """Bring the database up to the folder, whole, before anything of it is published.

        A repository that cannot be had yet is waited for by :meth:`read`, and so is a folder that was read
        before; what is known goes out meanwhile. Raises BadInput if a folder that never was cannot be read.
        """
        if moved := await self.sending.storage.reader_hours.recompute(self.now()):
            log.info("hours_recomputed", deliveries=moved)
        try:
            changes = await self.editorial.intake.read(self.now())
            self.on_read(changes.trouble)
        except BadInput as error:
            if not isinstance(error, SourceAway) and await self.editorial.intake.is_first():
                raise
            self.on_read(str(error))
        self._begun = True
        await self.publish()

    async def read(self) -> None:
        """Take in new and changed files of the folder."""
        if not self._begun:
            return
        try:
            changes = await self.editorial.intake.read(self.now())
        except BadInput as error:
            self.on_read(str(error))
        else:
            self.on_read(changes.trouble or self._lost())

    async def fetch(self) -> None:
        """The same, and ask a repository for what is new at once."""
        self.editorial.intake.refetch()
        await self.read()

    async def fetch_when(self, pushed: asyncio.Event) -> Never:
        """The same, and publish what is due, whenever ``pushed`` is set; ends never."""
        while True:
            await pushed.wait()
            pushed.clear()
            try:
                await self.fetch()
                await self.publish()
            except StoreError as error:
                log.debug("job_failed", job="fetch", reason=str(error))

    def _lost(self) -> str | None:
        """What keeps issues from coming out although the folder can be read; None if nothing does."""
        stuck = self.editorial.intake.watch.stuck
        if not stuck:
            return None
        which, more = ", ".join(stuck[:_MOST_NAMED]), len(stuck) - _MOST_NAMED
        others = f" and {more} more" if more > 0 else ""
        return (
            f"the file of {which}{others} is away and the folder in which it lay empty: it does not come out;"
            f" put the file back, or take the issue back with jianbao retract {stuck[0]}"
        )

    async def publish(self) -> None:
        """Publish the issues that are due, and open connections if there are any."""
        if self._begun and await self.editorial.publisher.publish_due(self.now()):
            await self.warm()
        self.sending.wake_up.set()

    async def deliver(self) -> None:
        """Wake the worker, and look once a minute for deliveries that have expired."""
        if self.seconds() - self._pruned_at > PRUNE_EVERY:
            self._pruned_at = self.seconds()
            await expire_and_prune(self.settings, self.sending.storage, self.now())
        self.sending.wake_up.set()

    async def forget(self) -> None:
        """Delete what was kept as long as it is to be."""
        await keep_no_longer(self.settings.privacy, self.sending.storage.retention, self.now())
        await keep_words_no_longer(self.sending.storage, self.now())

    def table(self) -> dict[str, tuple[Times, Job]]:
        """Each job by its name, with its times."""
        times = self.settings.schedule
        return {
            "read": (times.read, self.read),
            "publish": (times.publish, self.publish),
            "deliver": (times.deliver, self.deliver),
            "forget": (HOURLY, self.forget),
        }
