"""Our engine where something is in the way: the median and the worst of three runs on either database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from benchmarks.effort import Effort
from benchmarks.ledger.databases import New
from benchmarks.measured import Direction, Measured, Unit
from benchmarks.sending.job import Job
from benchmarks.sending.limits import Limits
from benchmarks.sending.measure import PAID_RATE, job_of, more_than_enough
from benchmarks.sending.stand_in import Settings
from benchmarks.sending.strategies import ENGINE, Strategy, engine_on
from benchmarks.sending.trials import Run, Runner, Trial, Wave, run_trial, run_waves

EVERY = 0.3  # seconds between two stalls, of either side
GROUPS = 10  # every so-manieth chat is one
LONG = 25  # parts of an issue, more than a group may be sent in a minute
RUNS = 3
_SHARE = 96  # per cent, of the median
_REFUSED = 3  # in the worst

#: Makes a strategy on an empty database.
Fresh = Callable[[], Strategy]


def stalled(effort: Effort, new: New, *, runner: Runner = run_trial) -> Iterator[Measured]:
    """At the free rate a database in each lane; at the paid rate nothing runs beside another."""
    usual = job_of(effort, effort.wrong_span)
    free = [with_stalls(usual), with_groups(usual)]
    paid = [with_stalls(job_of(effort, effort.paid_span, PAID_RATE))]
    databases: Sequence[Fresh] = (lambda: ENGINE, lambda: engine_on("PostgreSQL", new()))
    runs = run_waves(*(_lane(free, fresh) for fresh in databases), runner=runner)
    for fresh in databases:
        runs += run_waves(_lane(paid, fresh), runner=runner)
    yield from told_of_all(runs)


def with_stalls(job: Job) -> Trial:
    """Both sides stand still for a moment again and again."""
    limits = Limits(bot_rate=job.rate)
    name = f"{job.rate} messages/s allowed, stalls of 5 to 60 ms on both sides"
    return _trial(name, replace(job, stalls=EVERY), Settings(limits=limits, stalls=EVERY))


def with_groups(job: Job) -> Trial:
    """A tenth of the chats are groups, and the issue is longer than they may be sent in a minute."""
    name = f"{job.rate} messages/s allowed, a tenth of the chats are groups, {LONG} parts"
    settings = Settings(limits=Limits(bot_rate=job.rate))
    return _trial(name, replace(job, parts=LONG, groups=GROUPS), settings)


def told_of_all(runs: Sequence[Run]) -> Iterator[Measured]:
    """Of the runs of each trial on each database, the median and the worst."""
    for key in dict.fromkeys(map(_key, runs)):
        yield from _told([run for run in runs if _key(run) == key])


def _trial(name: str, job: Job, settings: Settings) -> Trial:
    return Trial(name=name, strategy=ENGINE, job=more_than_enough(job), settings=settings)


def _lane(trials: Sequence[Trial], fresh: Fresh) -> Sequence[Wave]:
    return [[replace(trial, strategy=fresh())] for trial in trials for _ in range(RUNS)]


def _key(run: Run) -> tuple[str, str]:
    return run.trial.name, run.trial.strategy.name


def _told(runs: Sequence[Run]) -> Iterator[Measured]:
    shares = sorted(run.share for run in runs)
    refused = sorted(run.report.refused for run in runs)
    wrong = [run.outcome.lost + run.report.doubled + run.report.disordered for run in runs]
    group, name = _key(runs[0])

    def told(what: str, value: float, unit: Unit, goal: float | None = None) -> Measured:
        direction = Direction.AT_LEAST if unit is Unit.OF_THE_LIMIT else Direction.AT_MOST
        return Measured(
            group=group, what=f"{name}: {what}", value=value, unit=unit, goal=goal, direction=direction
        )

    yield told("median", shares[len(shares) // 2], Unit.OF_THE_LIMIT, _SHARE)
    yield told("worst", shares[0], Unit.OF_THE_LIMIT)
    yield told("429s, median", refused[len(refused) // 2], Unit.MESSAGES)
    yield told("429s, worst", refused[-1], Unit.MESSAGES, _REFUSED)
    yield told("lost, doubled or out of order", sum(wrong), Unit.MESSAGES, 0)
