"""Plants each mutant in a copy of the tree and runs the tests that must find it there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants.table import Mutant

PATIENCE = 180.0  # seconds; tests that hang on a fault have found it

ONE_DATABASE = ("-k", "not postgresql")  # what a mutant breaks it breaks on either

_LEFT_OUT = shutil.ignore_patterns(".*", "data", "dist", "results")
_PASSED, _FAILED = 0, 1  # pytest's exit codes; all others mean that the tests were not run


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"  #: a test failed
    LIVED = "LIVED"  #: none did: the promise has no test
    NOT_TRIED = "NOT TRIED"  #: the tests were not found, or could not even begin


def run(root: Path, mutants: Sequence[Mutant], *, jobs: int) -> Iterator[tuple[Mutant, Outcome]]:
    """What becomes of each, in their order; ``jobs`` at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        yield from zip(mutants, pool.map(lambda mutant: _tried(root, mutant), mutants), strict=True)


def pass_as_they_are(root: Path, mutants: Sequence[Mutant]) -> bool:
    """Whether their tests pass without any fault: else a failure proves nothing."""
    tests = dict.fromkeys(test for mutant in mutants for test in mutant.tests)
    with _copied(root) as tree:
        return _exit_code(tree, tuple(tests)) == _PASSED


def _tried(root: Path, mutant: Mutant) -> Outcome:
    with _copied(root) as tree:
        file = tree / mutant.file
        file.write_text(mutant.planted(file.read_text("utf-8")), "utf-8")
        code = _exit_code(tree, mutant.tests)
    return {_PASSED: Outcome.LIVED, _FAILED: Outcome.KILLED}.get(code, Outcome.NOT_TRIED)


@contextmanager
def _copied(root: Path) -> Iterator[Path]:
    with TemporaryDirectory(prefix="mutant-") as folder:
        yield Path(shutil.copytree(root, Path(folder) / "tree", ignore=_LEFT_OUT))


def _exit_code(tree: Path, tests: Sequence[str]) -> int:
    """Pytest's; the tests, and every process that they start, import the copy."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *ONE_DATABASE, *tests]
    there = {**os.environ, "PYTHONPATH": str(tree)}
    try:
        return subprocess.run(  # noqa: S603  # our own words
            command, cwd=tree, env=there, capture_output=True, timeout=PATIENCE, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return _FAILED
