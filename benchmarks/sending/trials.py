"""Runs a strategy against a stand-in of its own: two processes, and an end to both."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection

from benchmarks.corpora import ROOT
from benchmarks.progress import progress
from benchmarks.sending.figures import Outcome, Report
from benchmarks.sending.job import Job
from benchmarks.sending.stand_in import HOST, Settings
from benchmarks.sending.strategies import Strategy

_STAND_IN = (sys.executable, "-m", "benchmarks.sending.stand_in")
_GRACE = 30.0  # seconds for two interpreters to start, and for a strategy to end what it began


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The least ``share`` in per cent, the most that is ``refused`` with a 429, the most ``cores`` in use.

    Nothing may be lost, doubled or out of order.
    """

    share: float
    refused: float | None = 0
    cores: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One strategy, what it is to send and what the stand-in allows. The job's address is filled in.

    ``name`` tells it from other trials of the strategy.
    """

    name: str
    strategy: Strategy
    job: Job
    settings: Settings
    goals: Goals | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A trial and what both sides tell of it."""

    trial: Trial
    outcome: Outcome
    report: Report

    @property
    def span(self) -> float:
        """Seconds from the first arrival to the last; of a strategy that was stopped, all that it ran."""
        if self.outcome.finished:
            return self.report.last - self.report.first
        return self.outcome.seconds

    @property
    def share(self) -> float:
        """Per cent of what the bot's limit allows in the span that was accepted; there has to be a limit."""
        allowed = self.span * (self.trial.settings.limits.bot_rate or 0)
        return 100 * self.report.accepted / allowed if allowed else 0.0

    @property
    def per_message(self) -> float:
        """Milliseconds of processor time in the strategy's process for each message sent."""
        return 1000 * self.outcome.cpu_seconds / max(self.outcome.sent, 1)

    @property
    def cores(self) -> float:
        """Processor time of the strategy's process in each second that it ran."""
        return self.outcome.cpu_seconds / self.outcome.seconds


#: Trials that are run at the same time.
Wave = Sequence[Trial]
#: Runs one trial.
Runner = Callable[[Trial], Run]


def run_trial(trial: Trial) -> Run:
    """Run one, for its job's seconds at most and a little. Raises RuntimeError where it fails or goes on."""
    settings = replace(trial.settings, seconds=trial.job.seconds + 2 * _GRACE)
    with stand_in(settings) as port:
        job = replace(trial.job, url=f"http://{HOST}:{port}")
        outcome = _outcome(trial.strategy, job)
        report = report_of(port, job.chats, job.parts)
    return Run(trial=trial, outcome=outcome, report=report)


def run_waves(*lanes: Sequence[Wave], runner: Runner = run_trial) -> list[Run]:
    """Run every lane beside the others; its waves one after the other. The runs of the first lane come first.

    Raises RuntimeError for a strategy that fails or does not end.
    """
    with ThreadPoolExecutor(max_workers=max(len(lanes), 1)) as threads:
        return [run for runs in threads.map(lambda lane: _run_lane(lane, runner), lanes) for run in runs]


def _run_lane(lane: Sequence[Wave], runner: Runner) -> list[Run]:
    return [run for wave in lane for run in _run_wave(wave, runner)]


def _run_wave(wave: Wave, runner: Runner) -> list[Run]:
    if wave:
        progress(f"{wave[0].name}: {', '.join(trial.strategy.name for trial in wave)}")
    with ThreadPoolExecutor(max_workers=max(len(wave), 1)) as threads:
        return list(threads.map(runner, wave))


@contextmanager
def stand_in(settings: Settings) -> Iterator[int]:
    """A stand-in in a process of its own, and its port; it is ended at the end."""
    command = (*_STAND_IN, *settings.arguments())
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own words
        try:
            assert process.stdout is not None  # noqa: S101  # for the type; it is asked for above
            yield int(process.stdout.readline())
        finally:
            process.kill()


def report_of(port: int, chats: int, parts: int) -> Report:
    """What the stand-in at a port saw, against so many chats with so many parts each."""
    return Report.from_json(_asked(port, "GET", f"/control/report?chats={chats}&parts={parts}"))


def reset(port: int) -> None:
    """Make the stand-in at a port forget everything."""
    _asked(port, "POST", "/control/reset")


def _asked(port: int, method: str, target: str) -> str:
    connection = HTTPConnection(HOST, port, timeout=_GRACE)
    try:
        connection.request(method, target)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def _outcome(strategy: Strategy, job: Job) -> Outcome:
    try:
        done = subprocess.run(  # noqa: S603  # our own words
            strategy.command(job),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=job.seconds + _GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{strategy.name} did not end") from None
    if done.returncode:
        raise RuntimeError(f"{strategy.name} failed: {done.stderr.strip()[-500:]}")
    return Outcome.from_json(done.stdout.splitlines()[-1])
