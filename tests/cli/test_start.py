"""A command imports what it needs: the rest is time and memory that a person or a server pays for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.command import COMMANDS
from tests.cli.conftest import Run
from tests.nightly import nightly

ROOT = Path(__file__).resolve().parents[2]
SERVER = {"aiohttp", "alembic", "apscheduler", "sqlalchemy", "telegram"}
DRAWING = {"pygments", "rich"}
RARE = {"aiohttp.web", "aiohttp_socks", "uvloop"}  # for a port, for such a proxy, for much to do
UNUSED = {"sqlalchemy.orm"}
OFF = {  # what commands alone need, and a bot with a second reader or a repository
    "bot.editors.second_reader",
    "bot.editors.topics.fitting",
    "bot.runtime.second_reading",
    "bot.sources.git",
    "bot.storage.backup",
    "bot.storage.moving",
}


def imported(*arguments: str, **variables: str) -> set[str]:
    """The heavy libraries that are there when a command has run, without a token."""
    code = (
        "import atexit, sys; sys.argv[1:] = "
        f"{list(arguments)!r}; atexit.register(lambda: print('imported', *sys.modules)); "
        "from bot.__main__ import main; main()"
    )
    ended = subprocess.run(  # noqa: S603  # our own words
        (sys.executable, "-c", code),
        cwd=ROOT,
        env=variables
        | {name: value for name, value in os.environ.items() if not name.startswith("JIANBAO_")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return (SERVER | DRAWING | RARE | UNUSED | OFF).intersection(
        ended.stdout.rpartition("imported ")[2].split()
    )


def ending(tmp_path: Path) -> dict[str, str]:
    """The settings of a bot that ends as soon as it looks for its database."""
    nowhere = f"sqlite:///{tmp_path}/no/folder/jianbao.db"
    return {"JIANBAO_TOKEN": "1:a", "JIANBAO_DATABASE_URL": nowhere}


def test_a_word_that_is_no_command_costs_nothing_heavy() -> None:
    assert imported("nonsense") <= DRAWING  # of the error


def test_reading_an_issue_needs_neither_telegram_nor_a_database(tmp_path: Path) -> None:
    (tmp_path / "2026-03-02.md").write_text("# 简报\n\n## 论文\n\n- [a](https://e.com)\n", encoding="utf-8")
    assert not imported("parse", str(tmp_path / "2026-03-02.md")) & SERVER


@nightly("it starts a process that imports all of the bot")
def test_a_bot_that_runs_has_nothing_that_only_people_at_a_terminal_or_few_bots_need(
    tmp_path: Path,
) -> None:
    running = imported("run", **ending(tmp_path))
    assert running >= {"sqlalchemy", "telegram"}
    assert not running & (DRAWING | RARE | UNUSED | OFF)


@nightly("it starts a process that imports all of the bot")
@pytest.mark.parametrize(
    "much",
    [
        {"DELIVERY__RATE": "500", "DELIVERY__ALLOW_PAID_BROADCAST": "true"},
        {"TELEGRAM__WEBHOOK__URL": "https://bot.example.org/hook"},
    ],
    ids=["a paid rate", "a webhook"],
)
def test_a_bot_with_much_to_do_has_a_faster_loop(tmp_path: Path, much: dict[str, str]) -> None:
    variables = {f"JIANBAO_{name}": value for name, value in much.items()}
    assert "uvloop" in imported("run", **ending(tmp_path), **variables)


def test_a_mistake_in_the_settings_is_told_before_the_server_is_imported() -> None:
    assert not imported("run", JIANBAO_LOG__LEVEL="loud") & SERVER


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(jianbao: Run, name: str) -> None:
    shown = " ".join(jianbao(name, "--help").out.split())
    assert COMMANDS[name] in shown
