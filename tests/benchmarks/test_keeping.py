"""What keeps and moves subscribers, measured in small."""

from benchmarks.effort import Effort
from benchmarks.keeping.measure import keeping
from benchmarks.ledger.databases import sqlite
from tests.nightly import nightly


@nightly("it starts the programs that are measured, and is none of the bot")
def test_each_command_is_measured_from_outside() -> None:
    numbers = list(keeping(Effort(kept=30), databases={"SQLite": sqlite}))
    steps = [number.what for number in numbers if "," not in number.what]
    assert steps[0] == "subscribers import"
    assert {"subscribers export", "backup", "restore", "migrate --to"} <= set(steps)
    assert all(number.value > 0 and number.goal is None for number in numbers)
