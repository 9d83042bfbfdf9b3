"""jianbao admin, jianbao editors: a code is printed once, the chat shown and forgotten."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write


@pytest.fixture(autouse=True)
def database(jianbao: Run) -> None:
    jianbao("migrate")


ROLES = pytest.mark.parametrize(("role", "chat"), [("admin", "admin chat"), ("editors", "editors' chat")])


@ROLES
def test_a_code_is_printed_once_and_its_time_shown(jianbao: Run, role: str, chat: str) -> None:
    made = jianbao(role, "code")
    assert made.code == 0
    line, advice = made.out.splitlines()
    assert re.fullmatch(r"/claim [A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", line)
    assert "15 minutes" in advice
    shown = jianbao(role, "show")
    assert f"there is no {chat}" in shown.out
    assert "a code may claim one until" in shown.out
    assert line.removeprefix("/claim ") not in shown.out
    assert jianbao(role, "forget").out == f"there was no {chat}\n"
    assert jianbao(role, "show", "--format", "json").json["code_until"] is None


@ROLES
def test_where_the_settings_name_a_chat_none_is_claimed(
    jianbao: Run, home: Path, role: str, chat: str
) -> None:
    (home / "config").mkdir()
    write(home / "config" / "bot.yml", f"{role}: {{chat: -4001}}\n")
    refused = jianbao("--config", "config", role, "code")
    assert refused.code == 2
    assert "names chat -4001" in refused.err
    assert chat in jianbao("--config", "config", role, "show", "-h").out
    assert jianbao("--config", "config", role, "show").out == f"-4001 ({role}.chat names it)\n"
    assert "still names" in jianbao("--config", "config", role, "forget").out
    write(home / "config" / "bot.yml", f"{role}: {{chat: 0}}\n")
    assert "0 is the id of no chat" in jianbao("--config", "config", role, "show").err
