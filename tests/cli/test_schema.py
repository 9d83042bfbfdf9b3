"""jianbao schema: the schema of a configuration file, as the shipped files name it."""

from pathlib import Path

import pytest

from bot.settings import shipped
from bot.settings.schema import SCHEMAS
from tests.cli.conftest import Result, Run


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_printed_is_the_shipped_schema(jianbao: Run, name: str) -> None:
    text = (shipped("config") / "schema" / f"{name}.json").read_text("utf-8")
    assert jianbao("schema", name) == Result(code=0, out=text, err="")


@pytest.mark.parametrize("arguments", [(), ("settings",)])
def test_a_wrong_use_names_the_files_that_have_one(jianbao: Run, arguments: tuple[str, ...]) -> None:
    result = jianbao("schema", *arguments)
    assert (result.code, result.out) == (2, "")
    assert "bot|digest|topics" in result.err


def test_schemas_are_written_beside_ones_own_files_which_name_them(jianbao: Run, home: Path) -> None:
    folder = home / "config"
    (folder / "profiles").mkdir(parents=True)
    written = {
        "bot.yml": "reading: {newest_items: 3}\n",
        "digest.yml": "# mine\nextends: weekly\n",
        "topics.yml": "# yaml-language-server: $schema=other.json\ntopics: {}\n",
        "profiles/weekly.yml": "extends: link-lists\n",
        "notes.yml": "none of ours\n",
    }
    for name, text in written.items():
        (folder / name).write_text(text, "utf-8")
    result = jianbao("schema", "--write", "config")
    assert result.code == 0
    named = {name: (folder / name).read_text("utf-8") for name in written}
    line = "# yaml-language-server: $schema="
    assert named == {
        "bot.yml": f"{line}schema/bot.json\n{written['bot.yml']}",
        "digest.yml": f"{line}schema/digest.json\n{written['digest.yml']}",
        "topics.yml": written["topics.yml"],
        "profiles/weekly.yml": f"{line}../schema/digest.json\n{written['profiles/weekly.yml']}",
        "notes.yml": written["notes.yml"],
    }
    for name in SCHEMAS:
        shipped_text = (shipped("config") / "schema" / f"{name}.json").read_text("utf-8")
        assert (folder / "schema" / f"{name}.json").read_text("utf-8") == shipped_text
    again = jianbao("schema", "--write", "config")
    assert "names its schema now" not in again.err
    assert named == {name: (folder / name).read_text("utf-8") for name in written}


@pytest.mark.parametrize("arguments", [("bot", "--write", "issues"), ("--write", "nowhere")])
def test_what_cannot_be_written_is_one_line(jianbao: Run, arguments: tuple[str, ...]) -> None:
    result = jianbao("schema", *arguments)
    assert (result.code, len(result.err.splitlines())) == (2, 1)
