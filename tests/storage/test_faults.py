"""Which kind of StoreError a driver's error becomes, from the real drivers' real errors."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StoreBusy, StoreConflict, StoreError
from bot.storage import Database, Issues
from tests.builders import NOON
from tests.postgres import Postgres
from tests.storage.rows import add_issue

LOCKED = "LOCK TABLE marks IN ACCESS EXCLUSIVE MODE"


async def execute(database: Database, *statements: str) -> None:
    """The statements in one transaction."""
    async with database.writing() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def lose_the_connection(database: Database) -> None:
    """Close it below the one who works with it."""
    async with database.writing() as connection:
        raw = await connection.run_sync(lambda core: core.connection)
        assert raw.driver_connection is not None
        await raw.driver_connection.close()
        await connection.exec_driver_sql("SELECT 1")


INSERT = f"INSERT INTO marks VALUES ('a', '{NOON:%Y-%m-%d %H:%M:%S}')"  # noqa: S608  # our own words
NULL = "INSERT INTO marks VALUES (NULL, NULL)"
UNKNOWN_ISSUE = (
    "INSERT INTO plans (issue_slug, aim, swept, begun_at) VALUES ('gone', 'send', false, '2026-03-02')"
)


@pytest.mark.parametrize("statements", [(INSERT, INSERT), (NULL,), (UNKNOWN_ISSUE,)])
async def test_a_violated_constraint_is_a_conflict_and_the_database_is_well(
    database: Database, statements: tuple[str, ...]
) -> None:
    with pytest.raises(StoreConflict):
        await execute(database, *statements)
    assert database.trouble is None
    assert await database.healthy()


async def test_a_value_too_long_for_its_column_is_a_conflict(postgres: Postgres) -> None:
    async with Database(postgres.emptied()) as database:
        with pytest.raises(StoreConflict, match="too long"):
            await add_issue(Issues(database), "x" * 51)
        assert await database.healthy()


async def test_an_sqlite_file_that_another_keeps_locked_is_busy(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jianbao.db"
    async with Database(url) as database, Database(url) as other:
        async with database.reading() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        async with other.writing():
            with pytest.raises(StoreBusy, match="another program has been writing it"):
                await execute(database, INSERT)
        assert not await database.healthy()
        await execute(database, INSERT)
        assert await database.healthy()


async def test_while_an_sqlite_file_is_locked_no_further_write_waits_long_nor_is_carried_out_later(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/jianbao.db"
    async with Database(url) as database, Database(url) as other:
        await waits(database, milliseconds=0)
        async with other.writing():
            with pytest.raises(StoreBusy):
                await execute(database, INSERT)
            await waits(database, milliseconds=5000)
            async with asyncio.timeout(3):
                with pytest.raises(StoreBusy):
                    await execute(database, INSERT)
        await execute(database, INSERT)  # is no second one
        async with database.writing() as connection:
            found = await connection.scalar(sa.text("PRAGMA busy_timeout"))
    assert found == 5000


async def waits(database: Database, *, milliseconds: int) -> None:
    """Let the one connection that there is wait so long for a lock."""
    async with database.reading() as connection:
        await connection.exec_driver_sql(f"PRAGMA busy_timeout = {milliseconds}")


async def test_a_lock_that_is_not_had_in_time_is_busy(postgres: Postgres) -> None:
    url = postgres.emptied()
    async with Database(url) as database, Database(url) as other, other.writing() as connection:
        await connection.exec_driver_sql(LOCKED)
        with pytest.raises(StoreBusy):
            await execute(database, "SET LOCAL lock_timeout = 1", LOCKED)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("40001", StoreBusy),  # could not serialize
        ("40P01", StoreBusy),  # deadlock
        ("57014", StoreBusy),  # cancelled
        ("57P01", StoreBusy),  # the server is being stopped
        ("53300", StoreBusy),  # too many connections
        ("53100", StoreError),  # the disk is full
        ("42501", StoreError),  # may not
        ("23514", StoreConflict),  # a check
        ("22021", StoreConflict),  # a character that is none
    ],
)
async def test_postgresqls_codes_say_which_kind_it_is(
    postgres: Postgres, state: str, kind: type[StoreError]
) -> None:
    async with Database(postgres.emptied()) as database:
        with pytest.raises(StoreError) as caught:
            await execute(
                database, f"DO $$ BEGIN RAISE EXCEPTION 'constraint locked' USING ERRCODE = '{state}'; END $$"
            )
    assert type(caught.value) is kind


async def test_words_in_an_error_say_nothing_of_its_kind(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database:
        with pytest.raises(StoreError) as caught:
            await execute(database, "SELECT * FROM locked_constraint")
    assert type(caught.value) is StoreError


@pytest.mark.parametrize("where", ["127.0.0.1:9/jianbao", "/jianbao?host={folder}"])
async def test_a_server_that_cannot_be_reached_is_busy(tmp_path: Path, where: str) -> None:
    database = Database(f"postgresql+asyncpg://somebody@{where.format(folder=tmp_path)}")
    with pytest.raises(StoreBusy):
        await Issues(database).all()
    await database.close()


async def test_a_connection_that_breaks_is_busy(postgres: Postgres) -> None:
    async with Database(postgres.emptied()) as database:
        with pytest.raises(StoreBusy):
            await execute(database, "SELECT pg_terminate_backend(pg_backend_pid())")
        await execute(database, INSERT)


async def test_a_connection_to_postgresql_that_breaks_is_told_in_words_of_an_operator(
    postgres: Postgres,
) -> None:
    async with Database(postgres.emptied()) as database:
        with pytest.raises(StoreError) as caught:
            await lose_the_connection(database)
        assert str(caught.value) == "database: the connection to it broke"
