"""A database that is not where it is looked for, or is none: told with its path, the user and what to do."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.storage.sqlite_file import process_user
from tests.cli.conftest import Run, write
from tests.cli.test_revisions import CHANGE, SHOW, TABLE

EVERY = pytest.mark.parametrize("command", [*SHOW, *CHANGE])
MAKING = [("run",), ("migrate",)]
WRONG = [
    "sqlite://",
    "sqlite:///:memory:",
    "sqlite:///file:x?mode=memory&uri=true",
    "mysql://h/d",
    "x",
    "y://",
]


@pytest.fixture(autouse=True)
def readers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home / "readers.csv", TABLE)
    monkeypatch.setenv("JIANBAO_TOKEN", "1:a")


class Alive(BaseHTTPRequestHandler):
    """What a bot answers that runs."""

    def do_GET(self) -> None:  # the name is the server's
        self.send_response(HTTPStatus.OK)
        self.end_headers()
        self.wfile.write(b'{"status": "ok"}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the server's
        """Say nothing."""


@pytest.fixture
def bot() -> Iterator[int]:
    """The port at which a bot answers."""
    with HTTPServer(("127.0.0.1", 0), Alive) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def refusal(jianbao: Run, command: tuple[str, ...], code: int = 2) -> str:
    result = jianbao(*command)
    assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
    if command[0] == "run":  # whose end is an event of the log
        return str(json.loads(result.err)["reason"])
    return result.err.removeprefix("jianbao: ").rstrip("\n")


@EVERY
def test_a_command_from_another_folder_says_where_it_looked_and_why(
    jianbao: Run, home: Path, command: tuple[str, ...]
) -> None:
    said = refusal(jianbao, command)
    assert said.startswith(
        "JIANBAO_DATABASE_URL is not set, so data/jianbao.sqlite in the current folder is meant:"
        f" there is no database at {home}/data/jianbao.sqlite, nor the folder {home}/data"
        f" (looked as {process_user()}); only `jianbao run`, `migrate` and `restore --yes` make one."
    )
    assert not (home / "data").exists()


def test_one_that_was_named_is_told_by_who_named_it(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "config" / "bot.yml", "database_url: sqlite:///kept/bot.db")
    assert refusal(jianbao, ("status",)).startswith(
        f"{home}/config/bot.yml: database_url: there is no database at {home}/config/kept/bot.db"
    )
    monkeypatch.setenv("JIANBAO_DATABASE_URL", "sqlite:////nowhere/bot.db")
    assert refusal(jianbao, ("status",)).startswith(
        "JIANBAO_DATABASE_URL: there is no database at /nowhere/bot.db, nor the folder /nowhere"
    )


@pytest.mark.parametrize("command", [("status",), CHANGE[0], *MAKING])
@pytest.mark.parametrize("url", WRONG)
def test_an_address_that_keeps_nothing_or_means_nothing_is_refused_by_all(
    jianbao: Run, monkeypatch: pytest.MonkeyPatch, url: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("JIANBAO_DATABASE_URL", url)
    said = refusal(jianbao, command)
    assert said.startswith("JIANBAO_DATABASE_URL: ")
    assert "sqlite:///" in said


@pytest.mark.parametrize("command", [("status",), CHANGE[0], *MAKING])
@pytest.mark.parametrize(
    ("name", "told"),
    [("note.txt", "is no SQLite database"), ("issues", "is a folder; name a file in it, such as")],
)
def test_what_is_no_database_is_told(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str, command: tuple[str, ...]
) -> None:
    write(home / "note.txt", "no database")
    monkeypatch.setenv("JIANBAO_DATABASE_URL", f"sqlite:///{name}")
    assert f"{home}/{name} {told}" in refusal(jianbao, command)


@pytest.mark.parametrize("left", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("command", [("status",), CHANGE[0], *MAKING])
def test_where_a_file_was_moved_away_nobody_is_told_to_start_a_bot_and_nothing_is_made(
    jianbao: Run, home: Path, command: tuple[str, ...], left: str
) -> None:
    write(home / "data" / f"jianbao.sqlite{left}", "")
    said = refusal(jianbao, command)
    assert f"but jianbao.sqlite{left} beside it is left: the file was moved or deleted. Put the same" in said
    assert "start the bot;" not in said
    assert [one.name for one in (home / "data").iterdir()] == [f"jianbao.sqlite{left}"]


@pytest.mark.parametrize("command", [*SHOW, *CHANGE, ("migrate",)])
def test_while_a_bot_runs_that_lost_its_file_every_command_says_so_and_makes_none(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, bot: int, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("JIANBAO_WEB__PORT", str(bot))
    said = refusal(jianbao, command)
    assert (
        f"no database at {home}/data/jianbao.sqlite, and the bot of this machine runs: its file was" in said
    )
    assert not (home / "data").exists()


def test_beside_a_bot_that_runs_on_another_database_one_is_made_where_that_is_said(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, bot: int
) -> None:
    monkeypatch.setenv("JIANBAO_WEB__PORT", str(bot))
    assert "say JIANBAO_WEB__PORT=0 as well" in refusal(jianbao, ("migrate",))
    monkeypatch.setenv("JIANBAO_WEB__PORT", "0")
    assert jianbao("migrate").code == 0
    assert (home / "data" / "jianbao.sqlite").exists()


def test_doctor_tells_nobody_to_start_a_bot_before_the_database_is_there(
    jianbao: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANBAO_WEB__PORT", "9")  # where nobody listens
    assert "mind the database first" in jianbao("doctor").out


@pytest.mark.parametrize("command", MAKING)
def test_only_the_last_folder_is_made(
    jianbao: Run, monkeypatch: pytest.MonkeyPatch, home: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("JIANBAO_DATABASE_URL", "sqlite:///mispelt/data/bot.db")
    assert f"there is no folder {home}/mispelt; make it" in refusal(jianbao, command)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("command", ["plan", "publish"])
def test_the_samples_do_not_get_among_the_issues_by_a_command_from_elsewhere(
    jianbao: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("JIANBAO_ISSUES")
    said = refusal(jianbao, (command, "2026-11-16"))
    assert said.startswith("JIANBAO_ISSUES: is not set, nor is issues or source.git in bot.yml; only")
    assert jianbao("status", "--format", "json").json["issues"] == []


def test_a_new_database_is_for_its_owner_alone(jianbao: Run, home: Path) -> None:
    assert jianbao("migrate").code == 0
    assert (home / "data" / "jianbao.sqlite").stat().st_mode & 0o777 == 0o600
