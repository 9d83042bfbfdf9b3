"""Which commands may change the schema of a database, and what the others say of one of another revision."""

import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa

from bot.storage.revision import HEAD
from tests.cli.conftest import Run, write
from tests.cli.ledger import SLUG, subscribe
from tests.sqlite import write_empty
from tests.storage.revisions import at_revision

TABLE = "chat_id,language,topics\n1,zh,\n"
SHOW = [
    ("status",),
    ("status", "--watch"),
    ("plan", SLUG),
    ("deliveries",),
    ("subscribers", "export"),
]
CHANGE = [
    ("subscribers", "import", "readers.csv"),
    ("publish", SLUG),
    ("retract", SLUG, "--yes"),
    ("deliveries", "retry", SLUG),
]


@pytest.fixture
def engine(home: Path, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The configured database, which is not there yet."""
    monkeypatch.setenv("JIANBAO_DATABASE_URL", "sqlite:///jianbao.db")
    write(home / "readers.csv", TABLE)
    return sa.create_engine(f"sqlite:///{home}/jianbao.db", poolclass=sa.NullPool)


def made(engine: sa.Engine, revision: str) -> None:
    with engine.begin() as connection:
        at_revision(connection, revision)


def revision(engine: sa.Engine) -> str | None:
    with engine.begin() as connection:
        return cast(str | None, connection.scalar(sa.text("SELECT version_num FROM alembic_version")))


@pytest.mark.parametrize("command", [*SHOW, *CHANGE])
def test_an_older_database_is_left_alone_and_both_revisions_are_named(
    jianbao: Run, engine: sa.Engine, home: Path, command: tuple[str, ...]
) -> None:
    made(engine, "0002")
    before = (home / "jianbao.db").read_bytes()
    result = jianbao(*command)
    told = f"the database has revision 0002 and this program needs {HEAD}; "
    assert (result.code, result.out) == (2, "")
    assert result.err == f"jianbao: JIANBAO_DATABASE_URL: {told}stop the old bot and run jianbao migrate\n"
    assert (home / "jianbao.db").read_bytes() == before


@pytest.mark.parametrize("command", [*SHOW, *CHANGE, ("migrate",)])
def test_a_database_of_a_newer_program_is_left_alone_by_every_command(
    jianbao: Run, engine: sa.Engine, home: Path, command: tuple[str, ...]
) -> None:
    write_empty(home / "jianbao.db")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    result = jianbao(*command)
    told = f"the database has revision 9999 and this program needs {HEAD}; run the newer program"
    assert (result.code, result.out) == (2, "")
    assert result.err == f"jianbao: JIANBAO_DATABASE_URL: {told}\n"
    assert revision(engine) == "9999"


def test_migrate_brings_an_older_database_up_to_date_once(jianbao: Run, engine: sa.Engine) -> None:
    made(engine, "0001")
    first, again = jianbao("migrate"), jianbao("migrate")
    assert (first.code, first.out) == (0, f"the database had revision 0001 and has {HEAD} now\n")
    assert (again.code, again.out) == (0, f"the database has revision {HEAD}; there is nothing to do\n")
    assert revision(engine) == HEAD
    assert jianbao("status").code == 0


def test_migrate_makes_a_database_where_there_is_none(jianbao: Run, engine: sa.Engine) -> None:
    assert jianbao("migrate").out == f"the database was made, with revision {HEAD}\n"
    assert revision(engine) == HEAD


def test_readers_may_be_imported_before_the_bot_was_ever_run(jianbao: Run, engine: sa.Engine) -> None:
    subscribe(jianbao, "7,zh,")
    assert revision(engine) == HEAD
    assert "\n7,zh,,active,full,,,\n" in jianbao("subscribers", "export").out


def test_an_sqlite_database_that_is_as_it_should_be_needs_neither_alembic_nor_what_postgresql_has(
    home: Path,
) -> None:
    write(home / "readers.csv", TABLE)
    program = (
        "import sys; from bot.cli.command import execute\n"
        "try: execute(sys.argv[1:])\n"
        "finally: print({'alembic', 'sqlalchemy.dialects.postgresql'} & sys.modules.keys())"
    )
    for command in (("migrate",), ("subscribers", "import", "readers.csv"), ("status",)):
        words = (sys.executable, "-c", program, *command)
        ended = subprocess.run(  # noqa: S603  # our own words
            words, cwd=home, capture_output=True, check=True, text=True, timeout=60
        )
        assert ended.stdout.endswith("set()\n"), command
