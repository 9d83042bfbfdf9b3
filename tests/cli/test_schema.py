"""jianbao schema: the schema of a configuration file, as the shipped files name it."""

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
