"""Each command that keeps or moves subscribers, as a process on a database that nothing else uses."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.corpora import ROOT
from benchmarks.effort import Effort
from benchmarks.keeping.command import Took
from benchmarks.ledger.databases import DATABASES, Databases
from benchmarks.measured import Measured, Unit
from benchmarks.progress import progress
from bot.settings import load

_SECONDS, _MEGABYTES = 120.0, 200.0  # the goals, for a million
_GOAL_AT = 1_000_000
_PATIENCE = 900.0  # seconds
_APART = 1009  # between two ids, which are never in a row


def keeping(effort: Effort, *, databases: Mapping[str, Databases] = DATABASES) -> Iterator[Measured]:
    """The databases, one after the other: a table imported and exported, a backup written and restored.

    Then all of it moves to another database of the same kind.
    """
    for name, database in databases.items():
        group = f"{effort.kept:,} subscribers on {name}"
        with database() as new, tempfile.TemporaryDirectory(prefix="jianbao-bench-") as folder:
            table, backup, exported = (Path(folder) / name for name in ("a.csv", "a.backup", "b.csv"))
            _write_table(table, effort.kept)
            first, second, third = new(), new(), new()
            _run(first, exported, "migrate")
            steps = {
                "subscribers import": (first, "subscribers", "import", str(table)),
                "the same once more": (first, "subscribers", "import", str(table)),
                "subscribers export": (first, "subscribers", "export"),
                "backup": (first, "backup", str(backup)),
                "restore": (second, "restore", str(backup), "--yes"),
                "migrate --to": (first, "migrate", "--to", third),
            }
            for what, (url, *words) in steps.items():
                progress(f"{group}: {what}")
                yield from _measured(group, what, _run(url, exported, *words), effort)


def _measured(group: str, what: str, run: tuple[float, Took], effort: Effort) -> Iterator[Measured]:
    seconds, took = run
    goals = (_SECONDS, _MEGABYTES) if effort.kept == _GOAL_AT else (None, None)
    yield Measured(group=group, what=what, value=seconds, unit=Unit.SECONDS, goal=goals[0])
    cpu, peak = f"{what}, of the processor", f"{what}, at its peak"
    yield Measured(group=group, what=cpu, value=took.cpu_seconds, unit=Unit.SECONDS)
    megabytes = took.peak / 1_000_000
    yield Measured(group=group, what=peak, value=megabytes, unit=Unit.MEGABYTES, goal=goals[1])


def _write_table(path: Path, count: int) -> None:
    """Subscribers of whom each follows two topics, and every tenth a keyword that nobody else does."""
    topics = sorted(load().topics.topics)
    with path.open("w", encoding="utf-8") as file:
        file.write("chat_id,language,topics\n")
        for number in range(1, count + 1):
            followed = f"{topics[number % len(topics)]} {topics[number // 7 % len(topics)]}"
            keyword = f" “word{number}”" if number % 10 == 0 else ""
            file.write(f"{number * _APART},{'zh' if number % 3 else 'en'},{followed}{keyword}\n")


def _run(database_url: str, output: Path, *words: str) -> tuple[float, Took]:
    """Run a command; says how long that took from its start to its end, by the clock on the wall."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("JIANBAO_")}
    command = (sys.executable, "-m", "benchmarks.keeping.command", *words)
    began = time.perf_counter()
    with output.open("wb") as written:
        done = subprocess.run(  # noqa: S603  # our own words
            command,
            cwd=ROOT,
            env=others | {"JIANBAO_DATABASE_URL": database_url},
            stdout=written,
            stderr=subprocess.PIPE,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed: {done.stderr.strip()[-500:]}")
    return seconds, Took.from_json(done.stderr.splitlines()[-1])
