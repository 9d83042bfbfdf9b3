"""Commands that show change nothing: neither the database nor the folder, and they make no database."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
import typer

from bot.cli.command import COMMANDS
from tests.cli.conftest import ISSUE, Run, write
from tests.cli.ledger import SLUG, Ledger, change, subscribe
from tests.cli.test_topics import reading
from tests.nightly import by_day
from tests.storage.rows import add_issue

ROOT = Path(__file__).resolve().parents[2]
FILE = f"issues/{SLUG}.md"
DATABASE = "jianbao.db"
WRONG = f"{ISSUE}\n- [空链接]()\n"

#: What changes something on purpose, or runs until it is stopped.
CHANGING = {
    "run",
    "new",
    "topics review",
    "demo",
    "sandbox",
    "migrate",
    "backup",
    "restore",
    "admin code",
    "admin forget",
    "editors code",
    "editors forget",
    "approve",
    "publish",
    "hold",
    "resume",
    "unschedule",
    "retract",
    "notice",
    "deliveries retry",
    "subscribers import",
    "subscribers forget",
}

SHOWING = (
    f"parse {FILE}",
    "parse issues --format json",
    "check issues",
    "check issues --strict --format github",
    "check issues --diff --format text",
    "check --codes",
    "report",
    "profile issues",
    "profile issues --format json",
    "schema bot",
    "topics evaluate gold --issues issues",
    "topics explain issues",
    "topics fit gold --issues issues",
    "topics suggest issues",
    "topics kept",
    f"preview {FILE}",
    f"preview {FILE} --format html",
    f"preview {FILE} --format json",
    f"plan {SLUG}",
    f"plan {SLUG} --format json",
    "plan 2026-03-16",
    "deliveries",
    f"deliveries {SLUG}",
    "deliveries --failed --uncertain --chat 1",
    "deliveries --format json",
    "deliveries --failed --format json",
    "deliveries --format csv",
    "deliveries --failed --format csv",
    "status",
    "status --format json",
    "status --since 30d",
    "doctor",
    "doctor --format json",
    "admin show",
    "admin show --format json",
    "editors show",
    "editors show --format json",
    "subscribers export",
    "subscribers show 1",
    "subscribers show 2 --format json",
    "health",
)

#: Those that open the database.
OPENING = tuple(
    line
    for line in SHOWING
    if line.split()[0] in {"plan", "deliveries", "status", "subscribers", "admin", "editors"}
)


@pytest.fixture(autouse=True)
def folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with issues, one of them wrong and one undated, and readings."""
    monkeypatch.setenv("JIANBAO_DATABASE_URL", f"sqlite:///{DATABASE}")
    monkeypatch.setenv("JIANBAO_WEB__PORT", "9")  # where nobody listens
    write(home / "issues" / "2026-03-16.md", WRONG.replace("03-02", "03-16"))
    news = {"subject": "某公司", "text_start": "发布了手机芯片", "topics": []}
    write(home / "gold" / f"{SLUG}.json", reading(flash=[news]))
    return home


def only_imported(jianbao: Run) -> None:
    """There are readers, and the first start is still to come."""
    subscribe(jianbao, "1,zh,", "2,en,量化")


def filled(jianbao: Run) -> None:
    """Issues of every kind, and deliveries that went well or did not."""
    only_imported(jianbao)
    assert jianbao("publish", SLUG, "--yes").code == 0
    change(delivered)


async def delivered(ledger: Ledger) -> None:
    await add_issue(ledger.storage.issues, "2999-01-01")
    await ledger.uncertain(1)
    await ledger.failed(2)


def leaves() -> Iterator[str]:
    """Every command, those of groups with the group's name."""
    for name in COMMANDS:
        command = getattr(import_module(f"bot.cli.{name}"), name)
        if not isinstance(command, typer.Typer):
            yield name
            continue
        yield from (f"{name} {one.name}" for one in command.registered_commands)
        if command.registered_callback:
            yield name


def snapshot(home: Path) -> dict[str, object]:
    """Every file's content, of the database its schema and all its rows."""
    files = {str(path.relative_to(home)): path for path in home.rglob("*")}
    contents: dict[str, object] = {
        name: path.read_bytes() if path.is_file() else None
        for name, path in files.items()
        if name != DATABASE
    }
    return contents | ({DATABASE: rows(files[DATABASE])} if DATABASE in files else {})


def rows(database: Path) -> dict[str, object]:
    """Its schema and its rows; as the library of Python reads them, for it is asked a hundred times."""
    with closing(sqlite3.connect(database)) as connection:
        schema = connection.execute("SELECT name, type, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, kind, sql in schema if kind == "table" and "VIRTUAL" not in sql]
        found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608  # its own names
    assert "alembic_version" in found
    return {"schema": schema, **found}


def test_every_command_is_known_to_show_or_to_change() -> None:
    shown = {leaf for leaf in leaves() if any(f"{line} ".startswith(f"{leaf} ") for line in SHOWING)}
    assert shown | CHANGING == set(leaves())
    assert shown.isdisjoint(CHANGING)


@pytest.mark.parametrize(("state", "lines"), [(only_imported, OPENING), (filled, SHOWING)])
def test_what_shows_changes_nothing(
    jianbao: Run, home: Path, state: Callable[[Run], None], lines: tuple[str, ...]
) -> None:
    state(jianbao)
    before = snapshot(home)
    for line in lines:
        result = jianbao(*line.split())
        assert "something went wrong" not in result.err, line
        assert snapshot(home) == before, line


def test_help_changes_nothing(jianbao: Run, home: Path) -> None:
    before = snapshot(home)
    for line in ("--help", *(f"{leaf} --help" for leaf in leaves())):
        assert jianbao(*line.split()).code == 0, line
    assert snapshot(home) == before


@pytest.mark.parametrize(
    "state", by_day(1, [filled, only_imported], "a database with deliveries is watched by day")
)
def test_watching_changes_nothing(jianbao: Run, home: Path, state: Callable[[Run], None]) -> None:
    state(jianbao)
    before = snapshot(home)
    with watching() as process:
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline().startswith(b"no process is sending")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert snapshot(home) == before


def test_a_watch_that_began_before_the_first_issue_sees_it(jianbao: Run) -> None:
    only_imported(jianbao)
    with watching() as process:
        assert process.stdout is not None
        assert process.stdout.readline().endswith(b"nothing is being delivered\n")
        filled(jianbao)
        while SLUG.encode() not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def watching() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (sys.executable, "-m", "bot", "status", "--watch", "--every", "0.1"),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
