"""Our engine as it is measured: what it delivers, and what it is compared with and asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.effort import Effort
from benchmarks.ledger.databases import New
from benchmarks.measured import Direction, Unit
from benchmarks.sending.by_engine import carry_out
from benchmarks.sending.engine import at_the_paid_rate, for_a_while, sending, to_the_end
from benchmarks.sending.figures import Outcome, Report
from benchmarks.sending.job import Job
from benchmarks.sending.limits import Limits
from benchmarks.sending.measure import told
from benchmarks.sending.stalled import told_of_all, with_groups, with_stalls
from benchmarks.sending.stand_in import HOST, Settings
from benchmarks.sending.strategies import ENGINE, engine_on
from benchmarks.sending.trials import Goals, Run, Trial, report_of, stand_in

TELEGRAM = Settings(limits=Limits(bot_rate=30), latency=0.0)
REPORT = Report(
    accepted=20, refused=1, bad=0, first=0.0, last=2.0, busiest=10, per_second=(10, 10),
    cpu_seconds=0.1, lost=2, doubled=3, disordered=4,
)  # fmt: skip
IN_THE_WAY = {with_stalls(Job(url="", chats=1, parts=1, rate=rate)).name for rate in (30, 1000)} | {
    with_groups(Job(url="", chats=1, parts=1)).name
}
OUTCOME = Outcome(seconds=2.0, cpu_seconds=1.0, sent=20, raised=1, lost=0)


def faked(trial: Trial) -> Run:
    return Run(trial=trial, outcome=OUTCOME, report=REPORT)


async def test_the_engine_delivers_every_part_once_and_in_order_on_either_database(database_url: str) -> None:
    with stand_in(TELEGRAM) as port:
        outcome = await carry_out(
            Job(url=f"http://{HOST}:{port}", chats=4, parts=2, seconds=10.0), database_url
        )
        report = report_of(port, 4, 2)

    assert (outcome.sent, outcome.raised, outcome.lost, outcome.finished) == (8, 0, 0, True)
    assert outcome.cpu_seconds > 0
    assert (report.accepted, report.lost, report.doubled, report.disordered) == (8, 0, 0, 0)


async def test_an_engine_that_is_stopped_says_so_and_gives_nothing_up(tmp_path: Path) -> None:
    with stand_in(TELEGRAM) as port:
        job = Job(url=f"http://{HOST}:{port}", chats=40, parts=2, seconds=0.3)
        outcome = await carry_out(job, f"sqlite:///{tmp_path}/ledger.sqlite")

    assert not outcome.finished
    assert 0 < outcome.sent < 80
    assert outcome.lost == 0


def test_a_trial_with_goals_asks_that_nothing_is_lost_doubled_or_out_of_order() -> None:
    trial = to_the_end(Effort())[0]

    goals = {one.what.removeprefix(ENGINE.name): one.goal for one in told(faked(trial))}

    assert goals == {
        "": 96, ": 429s": 0, ": lost": 0, ": doubled": 0, ": out of order": 0, ": processor time": None,
    }  # fmt: skip


def test_a_trial_may_be_asked_for_cores_too() -> None:
    trial = replace(to_the_end(Effort())[0], goals=Goals(share=96, cores=1.0))

    measured = {one.unit: one for one in told(faked(trial))}

    assert (measured[Unit.CORES].value, measured[Unit.CORES].goal) == (0.5, 1.0)
    assert measured[Unit.CPU_A_MESSAGE].value == 50
    assert measured[Unit.OF_THE_LIMIT].direction is Direction.AT_LEAST


def test_where_less_is_allowed_than_believed_429s_are_no_failure() -> None:
    locked_out, mild, strict = (wave[0] for wave in for_a_while(Effort(wrong_span=60.0)))

    assert locked_out.goals == Goals(share=96)
    assert mild.goals == Goals(share=85, refused=None)
    assert strict.goals is None
    assert {trial.job.seconds for trial in (locked_out, mild, strict)} == {60.0}


def test_the_whole_issue_has_the_time_it_needs() -> None:
    job = to_the_end(Effort(chats=2000, parts=5))[0].job

    assert job.seconds > 2000 * 5 / 30
    assert (job.rate, job.chats, job.parts) == (30, 2000, 5)


def test_at_the_paid_rate_there_is_more_to_send_than_time() -> None:
    waves = at_the_paid_rate(Effort(paid_span=10.0), lambda: "postgresql://somewhere")

    assert [wave[0].strategy for wave in waves] == [ENGINE, engine_on("PostgreSQL", "postgresql://somewhere")]
    assert all(wave[0].job.chats * wave[0].job.parts > 10 * 1000 for wave in waves)


def test_a_database_is_named_to_the_engine() -> None:
    command = engine_on("PostgreSQL", "postgresql://somewhere").command(Job(url="", chats=1, parts=1))

    assert "--database=postgresql://somewhere" in command


@contextmanager
def nowhere() -> Iterator[New]:
    yield lambda: "postgresql://nowhere"


def test_ours_stands_beside_what_it_is_compared_with() -> None:
    measured = list(sending(Effort(rounds=1), runner=faked, databases=nowhere, find=lambda _: object()))

    assert len({(one.group, one.what, one.unit) for one in measured}) == len(measured)
    for group in {one.group for one in measured} - IN_THE_WAY:
        names = {one.what.partition(":")[0] for one in measured if one.group == group}
        assert ENGINE.name in names
        assert len(names) > 1


def test_of_three_runs_the_median_and_the_worst_are_told() -> None:
    trial = with_stalls(Job(url="", chats=1, parts=1, seconds=10.0))
    runs = [
        Run(trial=trial, outcome=OUTCOME, report=replace(REPORT, accepted=accepted, refused=refused))
        for accepted, refused in ((30, 0), (60, 2), (15, 5))
    ]

    told = {one.what.removeprefix(ENGINE.name): (one.value, one.goal) for one in told_of_all(runs)}

    assert told == {
        ": median": (50.0, 96), ": worst": (25.0, None),
        ": 429s, median": (2, None), ": 429s, worst": (5, 3), ": lost, doubled or out of order": (21, 0),
    }  # fmt: skip


def test_a_tenth_of_the_chats_are_groups_that_may_not_be_sent_the_whole_in_a_minute() -> None:
    job = with_groups(Job(url="", chats=100, parts=5, seconds=60.0)).job

    assert sum(chat < 0 for chat in job.chat_ids()) == job.chats // 10
    assert job.parts > 20
    assert job.chats * job.parts > 60 * 30
