"""jianbao admin: a code is printed once, the chat shown and forgotten."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write


@pytest.fixture(autouse=True)
def database(jianbao: Run) -> None:
    jianbao("migrate")


def test_a_code_is_printed_once_and_its_time_shown(jianbao: Run) -> None:
    made = jianbao("admin", "code")
    assert made.code == 0
    line, advice = made.out.splitlines()
    assert re.fullmatch(r"/claim [A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", line)
    assert "15 minutes" in advice
    shown = jianbao("admin", "show")
    assert "there is no admin chat" in shown.out
    assert "a code may claim one until" in shown.out
    assert line.removeprefix("/claim ") not in shown.out
    assert jianbao("admin", "forget").out == "there was no admin chat\n"
    assert jianbao("admin", "show", "--format", "json").json["code_until"] is None


def test_where_the_settings_name_a_chat_none_is_claimed(jianbao: Run, home: Path) -> None:
    (home / "config").mkdir()
    write(home / "config" / "bot.yml", "admin: {chat: -4001}\n")
    refused = jianbao("--config", "config", "admin", "code")
    assert refused.code == 2
    assert "names chat -4001" in refused.err
    assert jianbao("--config", "config", "admin", "show").out == "-4001 (admin.chat names it)\n"
    assert "still names" in jianbao("--config", "config", "admin", "forget").out
    write(home / "config" / "bot.yml", "admin: {chat: 0}\n")
    assert "0 is the id of no chat" in jianbao("--config", "config", "admin", "show").err
