"""The pre-commit hook: its definition holds what pre-commit asks for, and its entry runs."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from bot.cli.command import COMMANDS
from tests.nightly import nightly
from tests.test_floors import ROOT

(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_definition_has_what_pre_commit_asks_for() -> None:
    assert (HOOK["id"], HOOK["language"]) == ("jianbao-check", "python")
    assert HOOK["name"]
    assert HOOK["description"]


def test_its_entry_is_a_command_that_the_package_installs() -> None:
    program, command = HOOK["entry"].split()
    assert program in PROJECT["scripts"]
    assert command in COMMANDS


@nightly("it starts the program as a process")
def test_its_entry_runs_on_the_names_of_files() -> None:
    """As pre-commit does: the names of the changed files behind the entry."""
    _, command = HOOK["entry"].split()
    names = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "issues").glob("*.md"))[:2]]
    ran = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "bot", command, *names], cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert ran.returncode == 0
    assert ran.stderr.startswith("2 files: 0 errors, ")


@pytest.mark.parametrize(
    ("name", "is_checked"),
    [
        ("issues/2026-03-02.md", True),
        ("digest/issues/2026-03-02.md", True),
        ("issues/images/readme.md", False),
        ("README.md", False),
        ("reissues/2026-03-02.md", False),
        ("issues/2026-03-02.md.orig", False),
    ],
)
def test_it_is_given_the_issues_and_nothing_else(name: str, *, is_checked: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) is is_checked
