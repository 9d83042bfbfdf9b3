"""What runs when. The clock only wakes the jobs; what there is to do they read from the database.

A tick that comes late is not dropped and ticks that pile up count as one: each job
brings things to where they ought to be, whenever and however often it runs.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import tzinfo
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.errors import BadInput, JianbaoError

log = structlog.get_logger()

Job = Callable[[], Awaitable[None]]


class Times(Protocol):
    """Every so many seconds, or by a cron line of five fields; the other is None."""

    @property
    def every(self) -> float | None:
        """Seconds."""

    @property
    def cron(self) -> str | None:
        """Minute, hour, day, month, weekday."""


def make_scheduler(jobs: Mapping[str, tuple[Times, Job]], zone: tzinfo) -> AsyncIOScheduler:
    """A scheduler, not yet started, for jobs by name. BadInput names a cron line that is none."""
    scheduler = AsyncIOScheduler(
        timezone=zone, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for name, (times, job) in jobs.items():
        scheduler.add_job(_guarded(name, job), _trigger(name, times, zone), id=name)
    return scheduler


def _trigger(name: str, times: Times, zone: tzinfo) -> CronTrigger | IntervalTrigger:
    if times.cron is None:
        return IntervalTrigger(seconds=times.every, timezone=zone)
    try:
        return CronTrigger.from_crontab(times.cron, timezone=zone)
    except ValueError as error:
        raise BadInput(str(error), where=f"schedule.{name}.cron") from None


def _guarded(name: str, job: Job) -> Job:
    """A job that fails is logged and runs again at its next time."""

    async def run() -> None:
        try:
            await job()
        except JianbaoError as error:
            log.error("job failed", job=name, reason=str(error))  # noqa: TRY400  # the reason says it all
        except Exception:
            log.exception("job failed", job=name)

    return run
