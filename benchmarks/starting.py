"""How soon the bot runs, how much memory it has then, and how long help takes."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.corpora import ROOT, Corpus
from benchmarks.effort import Effort
from benchmarks.index.filling import ITEMS, Made, add_issues, index, made, text_of
from benchmarks.measured import Measured, Unit
from benchmarks.progress import progress
from bot.digest.fingerprint import fingerprint_of
from bot.publishing.intake import FIRST_READ
from bot.runtime.clock import utc_now
from bot.sandbox import Sandbox
from bot.settings import load
from bot.storage import Database, Timestamps

_TOKEN = "1000001:a-token-that-opens-nothing"  # noqa: S105  # the stand-in's
_RUNNING = b"bot_running"
_PATIENCE = 60.0  # seconds
_SECONDS, _MEBIBYTES = 1.0, 95.0  # the goals
_GROWN_SECONDS, _GROWN_MEBIBYTES = 1.2, 100.0
_MEMORY = "VmRSS:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One start: ``seconds`` until the bot runs, ``mebibytes`` it holds then (None without /proc)."""

    seconds: float
    mebibytes: float | None


def starting(measured: Sequence[Corpus], effort: Effort) -> Iterator[Measured]:
    """The medians of several starts, by the clock on the wall; apart the first, which makes the database."""
    yield from _with_the_samples(effort)
    for count in effort.indexed:
        progress(f"starting with an archive of {count:,} issues")
        yield from asyncio.run(_with_an_archive(tuple(made(measured, count)), effort))


def _with_the_samples(effort: Effort) -> Iterator[Measured]:
    first, *later = asyncio.run(_starts(effort.starts))
    group = "jianbao run with the samples"
    yield Measured(group=group, what="the first start", value=first.seconds, unit=Unit.SECONDS)
    value = median(start.seconds for start in later)
    yield Measured(group=group, what="any later start", value=value, unit=Unit.SECONDS, goal=_SECONDS)
    held = [start.mebibytes for start in later if start.mebibytes is not None]
    if held:
        yield Measured(
            group=group, what="memory then", value=median(held), unit=Unit.MEBIBYTES, goal=_MEBIBYTES
        )
    helped = median(asyncio.run(_help()) for _ in range(effort.starts))
    yield Measured(group="jianbao --help", what="from its start to its end", value=helped, unit=Unit.SECONDS)


async def _with_an_archive(given: Sequence[Made], effort: Effort) -> list[Measured]:
    """Starts with a folder and a database that hold so many issues already."""
    with TemporaryDirectory() as folder:
        await _fill(Path(folder), given)
        async with Sandbox(token=_TOKEN) as telegram:
            variables = {"JIANBAO_ISSUES": f"{folder}/issues"}
            starts = [await _start(telegram.url, Path(folder), variables) for _ in range(effort.starts)]
    group = f"jianbao run with {len(given):,} issues, {len(given) * ITEMS:,} items"
    value = median(start.seconds for start in starts)
    found = [Measured(group=group, what="until it runs", value=value, unit=Unit.SECONDS, goal=_GROWN_SECONDS)]
    held = [start.mebibytes for start in starts if start.mebibytes is not None]
    if held:
        value = median(held)
        what = "memory then"
        found.append(
            Measured(group=group, what=what, value=value, unit=Unit.MEBIBYTES, goal=_GROWN_MEBIBYTES)
        )
    return found


async def _fill(folder: Path, given: Sequence[Made]) -> None:
    """The issues as files, and in a database as the bot leaves it."""
    (folder / "issues").mkdir()
    for issue in given:
        (folder / "issues" / f"{issue[0]}.md").write_text(text_of(issue), "utf-8")
    configuration = load()
    async with Database(f"sqlite:///{folder}/jianbao.sqlite") as database:
        await add_issues(database, given)
        await index(database, given, fingerprint_of(configuration.profile, configuration.topics))
        await Timestamps(database).set(FIRST_READ, utc_now())


async def _starts(later: int) -> list[Start]:
    with TemporaryDirectory() as folder:
        async with Sandbox(token=_TOKEN) as telegram:
            return [await _start(telegram.url, Path(folder)) for _ in range(1 + later)]


async def _start(api_url: str, folder: Path, given: Mapping[str, str] = MappingProxyType({})) -> Start:
    variables = {
        **given,
        "JIANBAO_TOKEN": _TOKEN,
        "JIANBAO_API_URL": api_url,
        "JIANBAO_DATABASE_URL": f"sqlite:///{folder}/jianbao.sqlite",
    }
    began = time.perf_counter()
    process = await _jianbao("run", variables, stderr=PIPE)
    try:
        async with asyncio.timeout(_PATIENCE):
            await _until_running(process)
        return Start(seconds=time.perf_counter() - began, mebibytes=_memory(process.pid))
    finally:
        process.terminate()
        await process.communicate()


async def _help() -> float:
    began = time.perf_counter()
    await (await _jianbao("--help", {}, stderr=DEVNULL)).wait()
    return time.perf_counter() - began


async def _jianbao(word: str, variables: dict[str, str], *, stderr: int) -> Process:
    others = {name: value for name, value in os.environ.items() if not name.startswith("JIANBAO_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", word),
        cwd=ROOT,
        env=others | variables,
        stdout=DEVNULL,
        stderr=stderr,
    )


async def _until_running(process: Process) -> None:
    assert process.stderr is not None  # noqa: S101  # for the type; it was asked for
    said = b""
    while _RUNNING not in said:
        said = await process.stderr.readline()
        if not said:
            raise RuntimeError("jianbao run ended before it ran")


def _memory(pid: int) -> float | None:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith(_MEMORY))
    return int(line.split()[1]) / 1024
