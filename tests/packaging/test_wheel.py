"""What is installed is the whole program, nothing else, and it works from any folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.packaging.conftest import ROOT


def _files(folder: Path, as_folder: str) -> set[str]:
    """The files below a folder of the checkout, as the wheel calls them."""
    return {
        f"{as_folder}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _run(installed: Path, folder: Path, *arguments: str) -> str:
    """What a command of the installed program prints when it is run in that folder."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JIANBAO_")}
    ran = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return ran.stdout


def test_the_wheel_carries_the_program_its_configuration_and_issues_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}

    program = _files(ROOT / "bot", "bot")
    configuration = _files(ROOT / "config", "bot/shipped/config")
    issues = _files(ROOT / "issues", "bot/shipped/issues")
    assert carried == program | configuration | issues


@pytest.mark.parametrize(
    "name",
    [
        "bot/messages/templates/preview.html.j2",
        "bot/messages/templates/zh/contents.j2",
        "bot/sandbox/page/index.html",
        "bot/shipped/config/bot.yml",
        "bot/shipped/config/digest.yml",
        "bot/shipped/config/profiles/embedded-ai.yml",
        "bot/shipped/config/topics.yml",
        "bot/storage/migrations/env.py",
    ],
)
def test_what_is_not_imported_is_carried_too(wheel: Path, name: str) -> None:
    with ZipFile(wheel) as archive:
        assert archive.getinfo(name).file_size > 0


def test_installing_gives_the_command_jianbao_and_the_licence(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        described = {name.partition(".dist-info/")[2]: name for name in archive.namelist()}
        commands = archive.read(described["entry_points.txt"]).decode()

    assert "jianbao = bot.__main__:main" in commands
    assert "licenses/LICENSE" in described


def test_an_issue_is_shown_from_any_folder_with_the_shipped_configuration(
    installed: Path, tmp_path: Path
) -> None:
    issue = min((installed / "bot/shipped/issues").glob("*.md"))

    page = _run(installed, tmp_path, "preview", str(issue), "--format", "html")

    assert page.lstrip().lower().startswith("<!doctype html")


def test_a_database_is_made_from_any_folder(installed: Path, tmp_path: Path) -> None:
    _run(installed, tmp_path, "migrate")
    status = json.loads(_run(installed, tmp_path, "status", "--format", "json"))

    assert status["issues"] == []
    assert (tmp_path / "data" / "jianbao.sqlite").is_file()
