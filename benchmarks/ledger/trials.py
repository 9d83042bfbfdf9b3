"""Runs the measuring processes, each on a database that nothing else uses."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.corpora import ROOT
from benchmarks.ledger.figures import Planned, Recorded
from benchmarks.ledger.filling import fill
from bot.storage import Database

_PATIENCE = 300.0  # seconds; a million rows take some ten


def planning(database_url: str, subscribers: int, *, by: str = "delivery", sets: int = 0) -> Planned:
    """Fill an empty database with subscribers of so many hours, and plan for them in a new process."""
    asyncio.run(_filled(database_url, subscribers, sets))
    (line,) = _run("planning", f"--database={database_url}", f"--by={by}")
    return Planned.from_json(line)


def recording(database_url: str, groups: Sequence[int], messages: int) -> list[Recorded]:
    """Record about so many messages in groups of each size, in a new process on an empty database."""
    sizes = ",".join(map(str, groups))
    lines = _run("recording", f"--database={database_url}", f"--groups={sizes}", f"--messages={messages}")
    return [Recorded.from_json(line) for line in lines]


async def _filled(database_url: str, subscribers: int, sets: int) -> None:
    async with Database(database_url) as database:
        await fill(database, subscribers, sets=sets)


def _run(name: str, *arguments: str) -> list[str]:
    command = (sys.executable, "-m", f"benchmarks.ledger.{name}", *arguments)
    done = subprocess.run(  # noqa: S603  # our own words
        command, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr.strip()[-500:]}")
    return done.stdout.splitlines()
