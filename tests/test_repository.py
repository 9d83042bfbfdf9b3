"""The repository: nothing in it that was made or fetched, for whoever clones it keeps that for ever."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_floors import ROOT

MOST_BYTES = 300_000
MADE = {".whl", ".zip", ".gz", ".pyc", ".so", ".db", ".sqlite3", ".log"}


def tracked() -> Iterator[Path]:
    listed = subprocess.run(  # fixed arguments
        ["git", "ls-files", "-z"],  # noqa: S607  # the git of whoever runs the tests
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return (path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="the sources were not cloned, so nothing is tracked")
def test_no_file_is_large_or_made_by_a_program() -> None:
    wrong = {path.name for path in tracked() if path.suffix in MADE or path.stat().st_size > MOST_BYTES}
    assert not wrong
