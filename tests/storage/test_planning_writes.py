"""What planning for many costs the disk, counted in bytes that the process writes."""

from pathlib import Path

import pytest

from benchmarks.ledger.filling import NOW, SLUG, fill
from bot.storage import Database, Planner

COUNTS = Path("/proc/self/io")
READERS = 100_000


def written() -> int:
    """Bytes that this process has written so far."""
    (line,) = (one for one in COUNTS.read_text("ascii").splitlines() if one.startswith("wchar:"))
    return int(line.partition(":")[2])


async def cost(folder: Path, *, sets: int) -> int:
    async with Database(f"sqlite:///{folder / f'{sets}.sqlite'}") as database:
        await fill(database, READERS, sets=sets)
        before = written()
        assert await Planner(database).push(SLUG, NOW) == READERS
        return written() - before


@pytest.mark.skipif(not COUNTS.exists(), reason="the system does not count what a process writes")
async def test_readers_of_many_hours_cost_the_disk_a_quarter_more_at_most(tmp_path: Path) -> None:
    assert await cost(tmp_path, sets=400) <= 1.25 * await cost(tmp_path, sets=0)
