"""Every strategy in small, in a process of its own against a stand-in in another."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.effort import Effort
from benchmarks.measured import Measured, Unit
from benchmarks.sending import strategies
from benchmarks.sending.by_ours import by_ours
from benchmarks.sending.by_ptb import by_ptb
from benchmarks.sending.figures import Outcome, Report
from benchmarks.sending.job import Job, Way, carry_out, text_of
from benchmarks.sending.limits import Limits
from benchmarks.sending.measure import compared, costs, pacing, told
from benchmarks.sending.paces import in_flight
from benchmarks.sending.stand_in import HOST, Settings
from benchmarks.sending.strategies import (
    BY_SECOND,
    ENGINE,
    LIMITER,
    ONE_BY_ONE,
    OURS,
    PROTOCOL,
    PTB,
    Strategy,
)
from benchmarks.sending.trials import Run, Trial, run_trial, run_waves, stand_in
from bot.messages import Message

FREE = Settings(limits=Limits(bot_rate=None, chat_rate=None), latency=0.0)
ONE = Settings(limits=Limits(bot_rate=1, chat_rate=None), latency=0.0)
ALL = [one for one in vars(strategies).values() if isinstance(one, Strategy)]
INSTALLED = [one for one in ALL if one.is_installed()]
#: One of each module; what else it does at another pace, and what is imported here, needs no process.
MODULES = list({one.module: one for one in INSTALLED if one.module not in (OURS.module, PTB.module)}.values())


def trial(strategy: Strategy, settings: Settings = FREE) -> Trial:
    job = Job(url="", chats=4, parts=2, rate=30, seconds=10.0)
    return Trial(name="trial", strategy=strategy, job=job, settings=settings)


@cache
def runs() -> dict[str, Run]:
    """Two beside each other, as there are two lanes."""
    halves = MODULES[::2], MODULES[1::2]
    lanes = [[[trial(strategy)] for strategy in half] for half in halves]
    return {run.trial.strategy.name: run for run in run_waves(*lanes)}


@pytest.mark.parametrize("strategy", MODULES, ids=lambda one: one.name)
def test_a_strategy_sends_every_message_and_reports(strategy: Strategy) -> None:
    run = runs()[strategy.name]

    assert (run.outcome.sent, run.outcome.raised, run.outcome.lost) == (8, 0, 0)
    assert run.outcome.finished
    assert run.outcome.cpu_seconds > 0
    assert (run.report.accepted, run.report.lost, run.report.doubled) == (8, 0, 0)


def test_no_strategy_is_forgotten() -> None:
    assert {BY_SECOND, ONE_BY_ONE, ENGINE, OURS, PROTOCOL, PTB} <= set(INSTALLED)


def test_a_strategy_counts_what_is_refused() -> None:
    run = run_trial(trial(PROTOCOL, ONE))

    assert run.outcome.raised == run.outcome.lost == run.report.refused == 7


@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")  # the library warns of its own making
@pytest.mark.parametrize("way", [by_ours, by_ptb], ids=["ours", "ptb"])
async def test_a_library_s_429_is_known_as_one(way: Way) -> None:
    with stand_in(ONE) as port:
        job = Job(url=f"http://{HOST}:{port}", chats=3, parts=1)
        outcome = await carry_out(job, way, in_flight)

    assert (outcome.sent, outcome.raised, outcome.lost) == (1, 2, 2)


def test_a_strategy_that_fails_is_told() -> None:
    with pytest.raises(RuntimeError, match=r"nobody failed: .*No module"):
        run_trial(trial(Strategy(name="nobody", module="benchmarks.sending.nobody")))


def test_a_pacing_measurement_tells_the_share_and_what_became_of_the_messages() -> None:
    limited = Settings(limits=Limits(bot_rate=8, chat_rate=None), latency=0.0)

    measured = list(pacing([[trial(PROTOCOL, limited)]]))

    assert [(one.what, one.unit) for one in measured][1:] == [
        (f"bare protocol: {what}", Unit.MESSAGES) for what in ("429s", "lost", "doubled", "out of order")
    ]
    assert measured[0].unit is Unit.OF_THE_LIMIT
    assert measured[0].value > 0


@pytest.mark.parametrize(("finished", "share", "lost"), [(True, 50.0, 5), (False, 20.0, 2)])
def test_a_share_is_of_the_time_that_a_strategy_had(finished: bool, share: float, lost: int) -> None:  # noqa: FBT001  # the two cases
    run = Run(
        trial=trial(OURS, Settings(limits=Limits(bot_rate=10))),
        outcome=Outcome(seconds=10.0, cpu_seconds=1.0, sent=20, raised=2, lost=2, finished=finished),
        report=Report(
            accepted=20, refused=2, bad=0, first=5.0, last=9.0, busiest=9, per_second=(5, 5, 5, 5),
            cpu_seconds=0.1, lost=5, doubled=0, disordered=0,
        ),
    )  # fmt: skip

    assert run.share == pytest.approx(share)
    assert run.per_message == pytest.approx(50.0)
    assert _of(told(run), "our client and Sender: lost") == lost


def test_what_people_use_is_compared_for_the_spans_of_the_effort() -> None:
    waves = compared(Effort(span=2.0, wrong_span=1.0), find=lambda _: object())

    assert [sorted({one.job.seconds for one in wave}) for wave in waves] == [[2.0], [1.0], [1.0], [1.0]]
    assert [{one.settings.limits.bot_rate for one in wave} for wave in waves] == [{30}, {30}, {20}, {20}]
    assert {one.strategy for one in waves[0]} == {LIMITER, BY_SECOND, ONE_BY_ONE}
    assert {one.job.rate for wave in waves for one in wave} == {30}


def test_what_is_not_installed_is_left_out() -> None:
    waves = compared(Effort(), find=lambda _: None)

    assert {one.strategy for wave in waves for one in wave} == {BY_SECOND, ONE_BY_ONE}


def test_a_cost_is_told_in_milliseconds_and_in_times_of_the_first() -> None:
    tiny = Effort(rounds=1, parts=2, messages=20)

    measured = list(costs(tiny, {PROTOCOL: 2, replace(PROTOCOL, name="again"): 1}))

    assert {one.unit for one in measured} == {Unit.CPU_A_MESSAGE, Unit.PROTOCOL, Unit.A_SECOND}
    assert all(one.value > 0 for one in measured)
    assert next(one.value for one in measured if one.unit is Unit.PROTOCOL) == 1


def test_the_texts_are_what_the_bot_may_send() -> None:
    texts = [text_of(number, 1500) for number in (1, 12)]

    assert all(1400 <= len(text.encode()) <= 1500 and Message(text) for text in texts)
    assert [text.partition("|")[0] for text in texts] == ["1", "12"]


def _of(measured: Iterable[Measured], what: str) -> float:
    return next(one.value for one in measured if one.what == what)
