"""``jianbao run`` in webhook mode, with a database on disk, and people who tap all at once.

Taps, for Telegram takes 30 messages a second from a bot, and as many answers to taps as there are.
"""

import asyncio
import os
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from benchmarks.corpora import ROOT
from benchmarks.effort import Effort
from benchmarks.measured import Direction, Measured, Unit
from benchmarks.progress import progress
from benchmarks.sending.figures import Report
from benchmarks.sending.job import TOKEN
from benchmarks.sending.limits import Limits
from benchmarks.sending.stand_in import HOST, Settings
from benchmarks.sending.trials import report_of, stand_in
from benchmarks.webhook.bringing import Brought, bring

_GOAL = 500  # updates a second
_A_SECOND = 600  # are brought: at the goal itself nothing could show that it is reached
_CONNECTIONS = 40
_PATIENCE = 60.0  # seconds for the bot to start, and for the last answers
_LATENCY = 0.05  # seconds that the stand-in takes
_LOOK = 0.1
_SECRET = "benchmark-" * 3  # opens nothing
_UNLIMITED = Limits(bot_rate=None, chat_rate=None, chat_burst=1, lockout=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the stand-in saw: the last answer came ``seconds`` after the first tap was brought."""

    brought: Brought
    answers: Report
    seconds: float
    cpu_seconds: float | None


def webhook(effort: Effort) -> Iterator[Measured]:
    """How many updates are taken in and answered, how soon, and what one costs."""
    progress("bringing updates to a webhook")
    updates = effort.updates
    outcome = asyncio.run(_outcome(updates))
    group = f"webhook, {updates:,} updates at {_A_SECOND} a second"
    yield Measured(
        group=group,
        what="taken in",
        value=outcome.brought.a_second,
        unit=Unit.UPDATES,
        goal=_GOAL,
        direction=Direction.AT_LEAST,
    )
    for share, name in ((0.5, "half"), (0.99, "99 %")):
        value = 1000 * outcome.brought.within(share)
        yield Measured(group=group, what=f"{name} taken in within", value=value, unit=Unit.MILLISECONDS)
    answers = outcome.answers
    value = answers.accepted / outcome.seconds
    yield Measured(group=group, what="answered", value=value, unit=Unit.UPDATES)
    again = outcome.brought.again
    yield Measured(group=group, what="brought again, as too many waited", value=again, unit=Unit.MESSAGES)
    wrong = {"lost": answers.lost, "doubled": answers.doubled}
    for what, count in wrong.items():
        yield Measured(group=group, what=what, value=count, unit=Unit.MESSAGES, goal=0)
    if outcome.cpu_seconds is not None:
        value = 1000 * outcome.cpu_seconds / updates
        yield Measured(group=group, what="an update, answered", value=value, unit=Unit.CPU_A_MESSAGE)


async def _outcome(updates: int) -> Outcome:
    with TemporaryDirectory() as folder, stand_in(Settings(limits=_UNLIMITED, latency=_LATENCY)) as port:
        url = f"http://{HOST}:{_free_port()}/updates"
        async with _bot(Path(folder), port, url) as process:
            cpu, begun = _cpu(process.pid), time.perf_counter()
            brought = await bring(url, _SECRET, updates=updates, a_second=_A_SECOND, connections=_CONNECTIONS)
            answers = await _answers(port, updates)
            seconds, cpu_now = time.perf_counter() - begun, _cpu(process.pid)
    spent = None if cpu is None or cpu_now is None else cpu_now - cpu
    return Outcome(brought=brought, answers=answers, seconds=seconds, cpu_seconds=spent)


@asynccontextmanager
async def _bot(folder: Path, api_port: int, url: str) -> AsyncIterator[Process]:
    """The bot as an operator runs it, once its webhook is open."""
    (folder / "secret").write_text(_SECRET, "utf-8")
    (folder / "issues").mkdir()
    variables = {
        "TOKEN": TOKEN,
        "API_URL": f"http://{HOST}:{api_port}",
        "ISSUES": f"{folder}/issues",
        "DATABASE_URL": f"sqlite:///{folder}/jianbao.sqlite",
        "DELIVERY__RATE": "1000",
        "DELIVERY__ALLOW_PAID_BROADCAST": "true",
        "TELEGRAM__SET_PROFILE": "false",
        "TELEGRAM__WEBHOOK__URL": url,
        "TELEGRAM__WEBHOOK__PORT": url.rpartition(":")[2].partition("/")[0],
        "TELEGRAM__WEBHOOK__SECRET_FILE": f"{folder}/secret",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("JIANBAO_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=ROOT,
        env=others | {f"JIANBAO_{name}": value for name, value in variables.items()},
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            await _until_open(url)
        yield process
    finally:
        process.terminate()
        await process.wait()


async def _until_open(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(url) as response:
                    if response.status == 204:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(_LOOK)


async def _answers(port: int, updates: int) -> Report:
    """What the stand-in saw, as soon as each of so many is answered, or in the end."""
    until = time.monotonic() + _PATIENCE
    while True:
        seen = await asyncio.to_thread(report_of, port, updates, 1)
        if not seen.lost or time.monotonic() > until:
            return seen
        await asyncio.sleep(_LOOK)


def _cpu(pid: int) -> float | None:
    """Seconds of processor time that a process has used; None without /proc."""
    file = Path(f"/proc/{pid}/stat")
    if not file.exists():
        return None
    fields = file.read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port
