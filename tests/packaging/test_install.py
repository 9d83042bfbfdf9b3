"""What `make install` and `make dist` promise; that they do work is a part of `.ci/run`."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, said_by, tool
from tests.packaging.test_pins import pins


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    make = shutil.which("make")
    assert make
    return subprocess.run(  # noqa: S603  # our own words
        [make, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},  # without what a make that runs these tests hands on
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def test_a_server_gets_what_was_tested_checked_by_its_hashes(tmp_path: Path) -> None:
    commands = _make("--dry-run", "install", f"PREFIX={tmp_path}/jianbao").stdout.replace("\\\n", "")
    installs = [line for line in commands.splitlines() if "pip install" in line]

    assert re.findall(r"-r (\S+)", installs[0]) == ["requirements.lock", "requirements-build.lock"]
    assert len(installs) == 2
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)


def test_what_builds_the_bot_can_be_taken_away_again() -> None:
    built, run = ({name for name, _ in pins(f"requirements{part}.lock")} for part in ("-build", ""))

    assert built & run == set()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious").touch()

    refused = _make("install", f"PREFIX={tmp_path}", f"PYTHON={sys.executable}")

    assert refused.returncode != 0
    assert f"{tmp_path} holds something else" in refused.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


@pytest.mark.parametrize("other", ["#!/bin/sh\necho /elsewhere 3 11\n", "no program"])
def test_an_installation_that_another_python_made_is_left_whole(tmp_path: Path, other: str) -> None:
    (tmp_path / "bin").mkdir()
    python, settings = tmp_path / "bin" / "python", tmp_path / "pyvenv.cfg"
    python.write_text(other)
    python.chmod(0o755)
    settings.write_text("home = /elsewhere/bin\n")

    refused = _make("install", f"PREFIX={tmp_path}", f"PYTHON={sys.executable}")

    assert refused.returncode != 0
    assert refused.stdout == (
        f"{tmp_path} was made with another Python than {sys.executable}. It holds the program alone:"
        f" remove it first (rm -r {tmp_path}), or name another folder or the other Python\n"
    )
    assert (python.read_text(), settings.read_text()) == (other, "home = /elsewhere/bin\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "pyvenv.cfg"]


def test_an_installation_that_the_same_python_made_is_brought_up_to_date(tmp_path: Path) -> None:
    prefix = tmp_path / "jianbao"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", prefix], check=True)  # noqa: S603  # our own words
    commands = _make("--dry-run", "install", f"PREFIX={prefix}", f"PYTHON={sys.executable}").stdout
    (look,) = (
        line for line in commands.replace("\\\n", "").splitlines() if "made with another Python" in line
    )

    subprocess.run(["/bin/sh", "-c", look], check=True)  # noqa: S603  # what make would run


def test_the_bill_of_materials_names_all_that_the_bot_runs_on(tmp_path: Path) -> None:
    bill = tmp_path / "bill.json"
    said_by(tool("cyclonedx-py"), "requirements", "--no-validate", "-o", bill, ROOT / "requirements.lock")

    components = json.loads(bill.read_text("utf-8"))["components"]

    assert {(part["name"], part["version"]) for part in components} == pins("requirements.lock")
    assert all(part["externalReferences"][0]["hashes"] for part in components)


def test_who_installs_what_no_other_user_can_run_is_told(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir(mode=0o700)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", room / "jianbao"], check=True)  # noqa: S603  # our own words
    commands = _make("--dry-run", "install", f"PREFIX={room}/jianbao").stdout.replace("\\\n", "")
    look = commands.splitlines()[-1]

    told = subprocess.run(["/bin/sh", "-c", look], check=True, capture_output=True, encoding="utf-8").stdout  # noqa: S603  # what make would run
    assert told.startswith("Only its owner can run it, for ")
    assert f"remove {room}/jianbao and name a Python" in told
    assert told.endswith("make install PYTHON=/usr/bin/python3 PREFIX=/opt/jianbao\n")
