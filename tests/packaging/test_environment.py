"""Which environment `make` makes: the demo's is small, what tests and checks need comes on top."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

DEMO, DEV, BENCH = (f"requirements-{part}.lock" for part in ("demo", "dev", "bench"))
STAMPS = (".demo", ".ready", ".bench")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the Makefile and the locks, and no environment."""
    for path in (ROOT / "Makefile", *ROOT.glob("requirements*.lock")):
        _touch(Path(shutil.copy(path, tmp_path)), at=1)
    return tmp_path


def _touch(path: Path, *, at: int) -> None:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    os.utime(path, (at, at))


def _make(checkout: Path, *stamps: str) -> None:
    """Leave the stamps of environments that were made after the locks."""
    for stamp in stamps:
        _touch(checkout / ".venv" / stamp, at=2)


def _installed(checkout: Path, goal: str) -> list[str]:
    """The locks that making the goal would install."""
    make = shutil.which("make")
    assert make
    ran = subprocess.run(  # noqa: S603  # our own words
        [make, "--dry-run", goal],
        cwd=checkout,
        env={"PATH": os.environ["PATH"]},  # without what a make that runs these tests hands on
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return re.findall(r"-r (\S+)", ran.stdout)


def test_a_demo_installs_no_tool_of_development(checkout: Path) -> None:
    assert _installed(checkout, "demo") == [DEMO]


@pytest.mark.parametrize("goal", ["test", "check", "format", "nightly", "mutants"])
def test_tests_and_checks_add_their_tools_to_the_environment_of_the_demo(checkout: Path, goal: str) -> None:
    assert _installed(checkout, goal) == [DEMO, DEV]

    _make(checkout, ".demo")
    assert _installed(checkout, goal) == [DEV]


def test_what_the_bot_is_measured_against_is_installed_for_the_benchmarks_alone(checkout: Path) -> None:
    assert _installed(checkout, "bench") == [DEMO, DEV, BENCH]


@pytest.mark.parametrize("goal", ["demo", "test", "bench"])
def test_an_environment_is_made_once(checkout: Path, goal: str) -> None:
    _make(checkout, *STAMPS)

    assert _installed(checkout, goal) == []


@pytest.mark.parametrize("lock", [DEMO, DEV])
def test_a_newer_lock_has_the_whole_environment_made_anew(checkout: Path, lock: str) -> None:
    _make(checkout, *STAMPS)
    _touch(checkout / lock, at=3)

    assert _installed(checkout, "demo") == [DEMO]
    assert _installed(checkout, "bench") == [DEMO, DEV, BENCH]
