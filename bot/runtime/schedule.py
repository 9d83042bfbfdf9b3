"""When jobs run. The scheduler only starts them; what there is to do they read from the database.

A tick that comes late is not dropped, and ticks that pile up count as one: a job does what is left
to do, whenever and however often it runs.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.errors import BadInput, JianbaoError, StoreConflict, StoreError
from bot.reports.troubles import Troubles
from bot.settings.cron import CronLine
from bot.settings.cron_times import next_moment

log = structlog.get_logger()

_PATIENCE = 5.0  # seconds
_INSTANT = timedelta(microseconds=1)

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
    """Jobs by name, each at its times, in a time zone. Raises BadInput if a cron line is invalid.

    A job that fails is one of the ``troubles`` until it succeeds.
    """

    def __init__(self, jobs: Mapping[str, tuple[Times, Job]], zone: tzinfo, troubles: Troubles) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._troubles = troubles
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,  # times of one zone compare by what clocks show, which is twice the same in autumn
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for name, (times, job) in jobs.items():
            self._scheduler.add_job(self._guarded(name, job), _trigger(name, times, zone), id=name)

    def tick_after(self, name: str, moment: datetime, ticks: int) -> datetime:
        """The time of the job's tick with this number after a moment."""
        trigger = self._scheduler.get_job(name).trigger
        for _ in range(ticks):
            moment = trigger.get_next_fire_time(moment, moment) or moment
        return moment

    def clock_moved(self, now: datetime) -> None:
        """Let no job wait longer than its times say, now that the clock was put."""
        for job in self._scheduler.get_jobs():
            wanted = job.trigger.get_next_fire_time(None, now)
            if wanted is not None and wanted < job.next_run_time:
                job.modify(next_run_time=wanted)
        self._scheduler.wakeup()

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
        """A job that fails runs again at its next time. Of the database others tell already."""
        trouble = f"job {name}"

        async def run() -> None:
            task = asyncio.ensure_future(job())
            self._running.add(task)
            try:
                await task
            except Exception as error:  # noqa: BLE001  # one job's fault must not keep the others
                self._failed(name, trouble, error)
            else:
                self._troubles.end(trouble)
                log.debug("job_done", job=name)
            finally:
                self._running.discard(task)

        return run

    def _failed(self, name: str, trouble: str, error: Exception) -> None:
        if isinstance(error, StoreError) and not isinstance(error, StoreConflict):
            log.debug("job_failed", job=name, reason=str(error))
            return
        known = isinstance(error, JianbaoError)
        reason = str(error) if known else f"{type(error).__name__}: {error}"
        if self._troubles.begin(trouble, reason) and not known:
            log.error("job_crashed", job=name, exc_info=error)


def next_run(name: str, times: Times, zone: tzinfo, now: datetime) -> datetime | None:
    """When a job runs next; None if never. Raises BadInput if its cron line is invalid."""
    moment: datetime | None = _trigger(name, times, zone).get_next_fire_time(None, now)
    return moment


class _CronTrigger(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """The moments of a cron line, one after the other."""

    def __init__(self, line: CronLine, zone: tzinfo) -> None:
        self._line = line
        self._zone = zone

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first at ``now``, or after the previous one, unless the clock was put back before that."""
        earliest = now.astimezone(UTC)
        previous = previous_fire_time.astimezone(UTC) if previous_fire_time else None
        if previous is not None and previous <= earliest:
            earliest = previous + _INSTANT
        return next_moment(self._line, earliest, self._zone)


class _EveryTrigger(BaseTrigger):  # type: ignore[misc]  # as above
    """Every so many seconds, from now on if the clock was put back."""

    def __init__(self, every: timedelta) -> None:
        self._every = every

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """So long after the previous one."""
        began = now if previous_fire_time is None else min(previous_fire_time, now)
        return began + self._every


def _trigger(name: str, times: Times, zone: tzinfo) -> BaseTrigger:
    if times.cron is None:
        return _EveryTrigger(timedelta(seconds=times.every or 0))
    try:
        return _CronTrigger(CronLine.of(times.cron), zone)
    except ValueError as error:
        raise BadInput(str(error), where=f"schedule.{name}.cron") from None
