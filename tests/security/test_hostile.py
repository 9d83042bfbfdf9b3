"""Issues that were written to do harm: each is read or named, soon, and in little memory."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.nightly import nightly
from tests.security.hostile import ALL

SECONDS, MEGABYTES = 5, 300
USUAL, LONG = 10_000, 100_000  # bytes: of an issue, and of one as nobody writes them
ROOT = Path(__file__).resolve().parents[2]
TOOK_MINUTES = {
    "declarations": 200_000,
    "emphasis": 500_000,
    "links_in_links": 200_000,
    "toml_tables": 200_000,
}
UNTOLD = {"invalid_utf8", "nul"}  # what is no text


def measured(folder: Path, database: Path, lengths: Iterable[tuple[str, int]]) -> dict[str, dict[str, Any]]:
    """What each kind cost, measured in a process of its own; what it says goes to our own standard error."""
    issues = folder / "issues"
    issues.mkdir(exist_ok=True)
    url = f"sqlite:///{shutil.copy(database, folder)}"
    command = [sys.executable, "-m", "tests.security.measure", str(issues), url]
    command += [f"{kind}={length}" for kind, length in lengths]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=600)  # noqa: S603  # our own program
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {one["kind"]: one for one in lines}


def check(found: dict[str, dict[str, Any]]) -> None:
    for kind, one in found.items():
        assert one["seconds"] < SECONDS, one
        assert one["megabytes"] < MEGABYTES, one
        assert one["failure"] == "", one
        assert bool(one["messages"]) is (kind not in UNTOLD), one


@nightly("those that once took minutes are tried by day")
def test_forty_kinds_of_hostile_issues_are_read_or_named(tmp_path: Path, sqlite_file: Path) -> None:
    assert len(ALL) >= 40
    found = measured(tmp_path, sqlite_file, [(kind, USUAL) for kind in ALL if kind not in TOOK_MINUTES])
    assert found.keys() | TOOK_MINUTES.keys() == set(ALL)
    check(found)
    assert max(one["problems"] for one in found.values()) == len(UNTOLD)


def test_what_once_took_minutes_takes_moments(tmp_path: Path, sqlite_file: Path) -> None:
    check(measured(tmp_path, sqlite_file, TOOK_MINUTES.items()))


@nightly("takes some minutes")
@pytest.mark.parametrize("kind", ALL)
def test_ten_times_as_long_they_take_no_more_than_five_seconds(
    tmp_path: Path, sqlite_file: Path, kind: str
) -> None:
    check(measured(tmp_path, sqlite_file, [(kind, LONG)]))
