"""jianbao doctor: its exit codes, its forms, and that it shows no secret."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, write

TOKEN = "616161:AAH-a_token_that_opens_nothing"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def nowhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram cannot be reached, and the configuration is our own."""
    (home / "config").mkdir()
    write(home / "config" / "bot.yml", "telegram: {}\n")
    monkeypatch.setenv("JIANBAO_TOKEN", TOKEN)
    monkeypatch.setenv("JIANBAO_API_URL", NOWHERE)


@pytest.mark.usefixtures("database")
def test_each_thing_is_a_line_with_what_to_do(jianbao: Run, home: Path) -> None:
    result = jianbao("doctor")
    assert (result.code, result.err) == (2, "")
    lines = {line[9:24].strip(): line for line in result.out.splitlines()}
    assert lines["configuration"].startswith(f"ok       configuration  {home}/config; digest.yml as shipped")
    assert lines["issues"] == f"ok       issues         1 in {home}/issues, the last 2026-03-02"
    assert lines["token"].startswith("error    token          the Bot API at 127.0.0.1:9 cannot be asked: ")
    assert lines["token"].endswith(" → check the network, telegram.proxy and api_url")
    assert lines["sending"] == "warning  sending        no process sends → start one: jianbao run"


@pytest.mark.usefixtures("database")
def test_json_has_the_same_for_programs(jianbao: Run) -> None:
    found = jianbao("doctor", "--format", "json").json
    assert found["level"] == "error"
    (sending,) = [one for one in found["findings"] if one["name"] == "sending"]
    assert sending == {
        "level": "warning",
        "name": "sending",
        "what": "no process sends",
        "advice": "start one: jianbao run",
    }


def test_a_configuration_that_cannot_be_is_a_line_too(jianbao: Run, home: Path) -> None:
    write(home / "config" / "bot.yml", "delivery: {rate: fast}\n")
    result = jianbao("doctor")
    assert result.code == 2
    assert [line.split()[:2] for line in result.out.splitlines()] == [
        ["ok", "program"],
        ["error", "configuration"],
    ]


def test_without_a_database_none_is_made(jianbao: Run, home: Path) -> None:
    assert "there is no database" in jianbao("doctor").out
    assert not (home / "data").exists()


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_shown(jianbao: Run, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    secrets = ("s3cret-of-the-database", "s3cret-of-the-proxy")
    monkeypatch.setenv("JIANBAO_DATABASE_URL", f"postgresql://bot:{secrets[0]}@127.0.0.1:9/news")
    monkeypatch.setenv("JIANBAO_TELEGRAM__PROXY", f"http://bot:{secrets[1]}@127.0.0.1:9")
    result = jianbao("doctor", "--format", form)
    assert result.code == 2
    assert "no connection to the proxy http://127.0.0.1:9" in result.out
    assert "PostgreSQL cannot be reached" in result.out
    for secret in (TOKEN, TOKEN.split(":")[1], *secrets):
        assert secret not in result.out + result.err


def test_no_secret_is_shown_even_where_it_is_part_of_a_name(jianbao: Run, home: Path) -> None:
    """Somebody called a file after the token."""
    write(home / "issues" / f"{TOKEN.split(':')[1]}.md", "# Nothing\n")
    write(home / "issues" / f"{TOKEN}.md", "# Nothing\n")
    out = jianbao("doctor").out
    assert "2 files are passed over" in out
    assert TOKEN not in out
