"""When jobs run. The scheduler only starts them; what there is to do they read from the database.

A tick that comes late is not dropped, and ticks that pile up count as one: a job does what is left
to do, whenever and however often it runs.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, tzinfo
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.errors import BadInput, JianbaoError

log = structlog.get_logger()

_PATIENCE = 5.0  # seconds

Job = Callable[[], Coroutine[Any, Any, None]]


class Times(Protocol):
    """Every so many seconds, or by a cron line of five fields, which wins if both are given."""

    @property
    def every(self) -> float | None:
        """Seconds."""

    @property
    def cron(self) -> str | None:
        """Minute, hour, day, month, weekday."""


class Schedule:
    """Jobs by name, each at its times, in a time zone. Raises BadInput if a cron line is invalid."""

    def __init__(self, jobs: Mapping[str, tuple[Times, Job]], zone: tzinfo) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone=zone, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        for name, (times, job) in jobs.items():
            self._scheduler.add_job(self._guarded(name, job), _trigger(name, times, zone), id=name)

    def start(self) -> None:
        """Start the scheduler."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop the scheduler, and wait some seconds for jobs that are running."""
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=_PATIENCE)
        self._scheduler.shutdown(wait=False)

    def _guarded(self, name: str, job: Job) -> Job:
        """A job that fails is logged and runs again at its next time."""

        async def run() -> None:
            task = asyncio.ensure_future(job())
            self._running.add(task)
            try:
                await task
            except JianbaoError as error:
                log.error("job_failed", job=name, reason=str(error))  # noqa: TRY400  # the reason says it all
            except Exception:
                log.exception("job_failed", job=name)
            finally:
                self._running.discard(task)

        return run


def _trigger(name: str, times: Times, zone: tzinfo) -> CronTrigger | IntervalTrigger:
    if times.cron is None:
        return IntervalTrigger(seconds=times.every, timezone=zone)
    try:
        trigger = CronTrigger.from_crontab(times.cron, timezone=zone)
    except ValueError as error:
        raise BadInput(str(error), where=f"schedule.{name}.cron") from None
    if trigger.get_next_fire_time(None, datetime.now(zone)) is None:
        raise BadInput(f"{times.cron!r} matches no time", where=f"schedule.{name}.cron")
    return trigger
