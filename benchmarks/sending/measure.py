"""The measurements of sending: how much of the limits is used, what is lost, what a message costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec

from benchmarks.effort import Effort
from benchmarks.measured import Direction, Measured, Unit
from benchmarks.progress import progress
from benchmarks.sending.job import Job
from benchmarks.sending.limits import Limits
from benchmarks.sending.stand_in import Settings
from benchmarks.sending.strategies import (
    AIOGRAM,
    BY_SECOND,
    ENGINE,
    LIMITER,
    ONE_BY_ONE,
    OURS,
    PROTOCOL,
    PTB,
    Find,
    Strategy,
)
from benchmarks.sending.trials import Run, Runner, Trial, Wave, run_trial, run_waves

RATE = 30
LOWER_RATE = 20
PAID_RATE = 1000
_ANY_RATE = 100_000  # messages a second, which nobody reaches
LOCKOUT = 5.0
SLACK = 1.5  # times as much as there is time for, or as long as the rate needs
_ONE_SECOND = Settings(limits=Limits(bot_rate=RATE))
_LOWER = Settings(limits=Limits(bot_rate=LOWER_RATE))
_PAID = Settings(limits=Limits(bot_rate=PAID_RATE))
_LIFTED = Settings(limits=Limits(bot_rate=None, chat_rate=None), latency=0.0)
_MOST_ROUNDS = 3  # each of thousands of messages
_COMPARED = (LIMITER, BY_SECOND, ONE_BY_ONE)
#: With how many times as many messages each is measured: enough to be warm, and about as long as the others.
COSTS: Mapping[Strategy, int] = {PROTOCOL: 10, OURS: 3, ENGINE: 3, AIOGRAM: 2, PTB: 1}
_MOST_CPU = 0.5  # milliseconds a message, of ours


def strict(settings: Settings) -> Settings:
    """The same with a lockout after each message too many."""
    return replace(settings, limits=replace(settings.limits, lockout=LOCKOUT))


def job_of(effort: Effort, seconds: float, rate: int = RATE) -> Job:
    """All messages of the benchmark, for so many seconds at most; ``rate`` is believed to be allowed."""
    return Job(url="", chats=effort.chats, parts=effort.parts, rate=rate, seconds=seconds)


def more_than_enough(job: Job) -> Job:
    """At the end of an issue few chats are left, and each takes a message a second: not what is measured."""
    needed = job.seconds * job.rate / job.parts
    return replace(job, chats=int(needed * SLACK) + 1)


def at_thirty(strategies: Sequence[Strategy], job: Job) -> Wave:
    """What allows 30 a second, and asks for a second's wait after a message too many."""
    return _wave(f"{RATE} messages/s allowed", strategies, job, _ONE_SECOND)


def locked_out(strategies: Sequence[Strategy], job: Job) -> Wave:
    """What allows 30 a second, and refuses everything for 5 seconds after a message too many."""
    group = f"{RATE} messages/s allowed, else {LOCKOUT:.0f} s locked out"
    return _wave(group, strategies, job, strict(_ONE_SECOND))


def at_twenty(strategies: Sequence[Strategy], job: Job) -> tuple[Wave, Wave]:
    """What allows 20 a second where 30 are believed, the mild way and the strict one."""
    group = f"{LOWER_RATE} messages/s allowed, {RATE} believed"
    return (
        _wave(group, strategies, job, _LOWER),
        _wave(f"{group}, else {LOCKOUT:.0f} s locked out", strategies, job, strict(_LOWER)),
    )


def paid(strategies: Sequence[Strategy], job: Job) -> Wave:
    """What allows 1000 a second. The machine is the limit for some; run it beside nothing else."""
    return _wave(f"{PAID_RATE} messages/s allowed (paid)", strategies, job, _PAID)


def paid_others(effort: Effort, *, find: Find = find_spec) -> Wave:
    """What is compared with ours at the paid rate."""
    return paid(_installed([LIMITER], find), job_of(effort, effort.paid_span, PAID_RATE))


def compared(effort: Effort, *, find: Find = find_spec) -> tuple[Wave, ...]:
    """The lane of what people use now; it is light enough to be run beside ours."""
    wrong = job_of(effort, effort.wrong_span)
    return (
        at_thirty(_installed(_COMPARED, find), job_of(effort, effort.span)),
        locked_out(_installed([LIMITER], find), wrong),
        *at_twenty(_installed([LIMITER, BY_SECOND], find), wrong),
    )


def pacing(*lanes: Sequence[Wave], runner: Runner = run_trial) -> Iterator[Measured]:
    """Run the lanes beside each other, and tell of every run; groups stand together."""
    runs = run_waves(*lanes, runner=runner)
    groups = dict.fromkeys(run.trial.name for run in runs)
    for group in groups:
        for run in runs:
            if run.trial.name == group:
                yield from told(run)


def told(run: Run) -> Iterator[Measured]:
    """What a run under a limit gives: the share of it, the 429s, and what became of the messages.

    Messages that a strategy did not come to before it was stopped are not lost.
    """
    goals = run.trial.goals
    share = goals.share if goals else None
    yield _of(run, "", run.share, Unit.OF_THE_LIMIT, share, Direction.AT_LEAST)
    yield from _counted(run)
    if goals:
        yield _of(run, ": processor time", run.cores, Unit.CORES, goals.cores)
        yield _of(run, ": processor time", run.per_message, Unit.CPU_A_MESSAGE)


def _counted(run: Run) -> Iterator[Measured]:
    goals = run.trial.goals
    none = 0 if goals else None
    lost = run.report.lost if run.outcome.finished else run.outcome.lost
    yield _of(run, ": 429s", run.report.refused, Unit.MESSAGES, goals.refused if goals else None)
    yield _of(run, ": lost", lost, Unit.MESSAGES, none)
    yield _of(run, ": doubled", run.report.doubled, Unit.MESSAGES, none)
    yield _of(run, ": out of order", run.report.disordered, Unit.MESSAGES, none)


def _of(  # the columns of the table, in their order
    run: Run,
    what: str,
    value: float,
    unit: Unit,
    goal: float | None = None,
    direction: Direction = Direction.AT_MOST,
) -> Measured:
    return Measured(
        group=run.trial.name,
        what=run.trial.strategy.name + what,
        value=value,
        unit=unit,
        goal=goal,
        direction=direction,
    )


def costs(
    effort: Effort,
    strategies: Mapping[Strategy, int] = COSTS,
    *,
    find: Find = find_spec,
    runner: Runner = run_trial,
) -> Iterator[Measured]:
    """Processor time of a message with 32 in flight and nothing refused: the best of three, one at a time.

    Our engine paces itself: at the most that may be set.

    Each strategy comes with how many times the effort's messages it sends. The first is the yardstick.
    """
    trials = [_cost_trial(one, times, effort) for one, times in strategies.items() if one.is_installed(find)]
    rounds = [_round(trials, runner) for _ in range(min(effort.rounds, _MOST_ROUNDS))]
    best = [min(runs, key=lambda run: run.per_message) for runs in zip(*rounds, strict=True)]
    for run in best:
        goal = _MOST_CPU if run.trial.strategy in {OURS, ENGINE} else None
        yield _of(run, "", run.per_message, Unit.CPU_A_MESSAGE, goal)
        yield _of(run, "", run.per_message / best[0].per_message, Unit.PROTOCOL)
        yield _of(run, "", run.outcome.sent / run.outcome.seconds, Unit.A_SECOND)


def _round(trials: Sequence[Trial], runner: Runner) -> list[Run]:
    progress("what a message costs")
    return [runner(trial) for trial in trials]


def _cost_trial(strategy: Strategy, times: int, effort: Effort) -> Trial:
    chats = max(effort.messages * times // effort.parts, 1)
    job = Job(url="", chats=chats, parts=effort.parts, rate=_ANY_RATE, seconds=120.0)
    group = (
        f"a message of {job.size / 1000:g} kB, no limit, {job.in_flight} in flight (our engine: as it likes)"
    )
    return Trial(name=group, strategy=strategy, job=job, settings=_LIFTED)


def _wave(group: str, strategies: Sequence[Strategy], job: Job, settings: Settings) -> Wave:
    return [Trial(name=group, strategy=one, job=job, settings=settings) for one in strategies]


def _installed(strategies: Sequence[Strategy], find: Find) -> Sequence[Strategy]:
    return [strategy for strategy in strategies if strategy.is_installed(find)]
