"""Our engine beside what is compared with it, and what is asked of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec

from benchmarks.effort import Effort
from benchmarks.ledger.databases import Databases, New, postgresql
from benchmarks.measured import Measured
from benchmarks.sending.measure import (
    PAID_RATE,
    RATE,
    SLACK,
    at_thirty,
    at_twenty,
    compared,
    costs,
    job_of,
    locked_out,
    more_than_enough,
    pacing,
    paid,
    paid_others,
)
from benchmarks.sending.stalled import stalled
from benchmarks.sending.strategies import ENGINE, Find, engine_on
from benchmarks.sending.trials import Goals, Runner, Wave, run_trial

_FULL = Goals(share=96)
_LEARNT = Goals(share=85, refused=None)  # a limit is learnt by being refused
_PAID = Goals(share=96, cores=1.0)


def to_the_end(effort: Effort) -> Wave:
    """Every message of the effort at 30 a second, however long it takes."""
    job = job_of(effort, 0.0)
    seconds = 10 + SLACK * job.chats * job.parts / RATE
    return _asked(at_thirty([ENGINE], replace(job, seconds=seconds)), _FULL)


def for_a_while(effort: Effort) -> Sequence[Wave]:
    """Where a message too many locks out, and where less is allowed than believed: for the effort's span."""
    job = job_of(effort, effort.wrong_span)
    mild, strict = at_twenty([ENGINE], job)
    return [_asked(locked_out([ENGINE], job), _FULL), _asked(mild, _LEARNT), strict]


def at_the_paid_rate(effort: Effort, new: New) -> Sequence[Wave]:
    """On either database, one after the other, with more to send than there is time for."""
    job = more_than_enough(job_of(effort, effort.paid_span, PAID_RATE))
    strategies = (ENGINE, engine_on("PostgreSQL", new()))
    return [_asked(paid([strategy], job), _PAID) for strategy in strategies]


def sending(
    effort: Effort,
    *,
    runner: Runner = run_trial,
    databases: Databases = postgresql,
    find: Find = find_spec,
) -> Iterator[Measured]:
    """All of it: ours beside what is compared with it, then the paid rate, what is in the way, and the costs.

    At the paid rate nothing runs beside another.
    """
    others = compared(effort, find=find)
    yield from pacing([to_the_end(effort)], for_a_while(effort), others, runner=runner)
    with databases() as new:
        waves = [*at_the_paid_rate(effort, new), paid_others(effort, find=find)]
        yield from pacing(waves, runner=runner)
        yield from stalled(effort, new, runner=runner)
    yield from costs(effort, find=find, runner=runner)


def _asked(wave: Wave, goals: Goals) -> Wave:
    return [replace(trial, goals=goals) for trial in wave]
