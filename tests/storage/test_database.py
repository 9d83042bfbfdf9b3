import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import BadInput, StoreError
from bot.storage import Database, Issues, Timestamps
from tests.builders import NOON
from tests.nightly import DATABASES
from tests.postgres import Postgres
from tests.storage.rows import record


async def test_migrating_again_changes_nothing(database: Database) -> None:
    await database.migrate()
    assert await database.healthy()


@pytest.mark.parametrize("new_url", DATABASES, indirect=True)
async def test_several_processes_may_start_at_once(new_url: str) -> None:
    several = [Database(new_url) for _ in range(4)]
    await asyncio.gather(*(database.migrate() for database in several))
    assert all([await database.healthy() for database in several])
    await asyncio.gather(*(database.close() for database in several))


async def test_sqlite_is_set_up_as_promised(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database, database.reading() as connection:
        found = [
            await connection.scalar(sa.text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 2, 1, 5000]


async def test_the_folder_of_the_file_is_made_and_no_further_one(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}/a/jianbao.db") as database:
        assert await database.healthy()
    with pytest.raises(BadInput, match=f"there is no folder {tmp_path}/b; make it"):
        await Database(f"sqlite:///{tmp_path}/b/c/jianbao.db").migrate()


async def test_a_failed_write_leaves_nothing_behind(database: Database) -> None:
    async def write_twice() -> None:
        async with database.writing() as connection:
            for _ in range(2):
                await connection.execute(sa.text("INSERT INTO marks VALUES ('a', '2026-03-02')"))

    with pytest.raises(StoreError):
        await write_twice()
    async with database.reading() as reading:
        assert await reading.scalar(sa.text("SELECT count(*) FROM marks")) == 0


async def test_what_is_written_together_is_kept_or_undone_together_and_others_wait(
    database: Database, issues: Issues
) -> None:
    timestamps = Timestamps(database)

    async def both(*, fails: bool) -> None:
        async with database.together():
            await issues.add(record(), "text")
            other = asyncio.ensure_future(timestamps.set("another task", NOON))
            await timestamps.set("with it", NOON)
            if fails:
                raise StoreError("database: database or disk is full")
        await other

    with pytest.raises(StoreError):
        await both(fails=True)
    assert (await issues.all(), await timestamps.get("with it")) == ((), None)
    await both(fails=False)
    assert len(await issues.all()) == 1
    assert await timestamps.get("with it") == await timestamps.get("another task") == NOON


async def test_a_database_that_takes_no_writes_is_not_healthy_until_it_does(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database:
        await full(database, pages=1)
        with pytest.raises(StoreError, match="full"):
            await Issues(database).add(record(), "x" * 1_000_000)
        assert not await database.healthy()
        assert database.trouble == "database: database or disk is full; make room on it"
        await full(database, pages=1_000_000)
        await Issues(database).archive("2026-03-02")
        assert await database.healthy()


async def full(database: Database, *, pages: int) -> None:
    """Let the database grow no further than so many pages, as on a full disk."""
    async with database.reading() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def test_a_transaction_that_a_stopped_process_left_open_is_ended_by_postgresql(
    postgres: Postgres,
) -> None:
    """Its locks would keep every other process from the rows, and from the lease."""
    async with Database(postgres.migrated()) as database, database.writing() as connection:
        shown = await connection.scalar(sa.text("SHOW idle_in_transaction_session_timeout"))
    assert shown == "10s"


async def test_postgresql_that_was_restarted_is_used_again(postgres: Postgres) -> None:
    async with Database(postgres.new_database()) as database:
        issues = Issues(database)
        assert await issues.all() == ()
        await asyncio.to_thread(postgres.restart)
        with pytest.raises(StoreError):
            await issues.all()
        assert await issues.all() == ()


async def test_a_file_that_is_no_database_is_reported_and_not_healthy(tmp_path: Path) -> None:
    (tmp_path / "jianbao.db").write_text("not a database " * 100)
    database = Database(f"sqlite:///{tmp_path}/jianbao.db")
    assert not await database.healthy()
    with pytest.raises(BadInput, match="is no SQLite database"):
        await database.migrate()
    await database.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:p@h/d",
        "postgresql://u:p@h:5432/d?sslmode=require",
        "postgresql+asyncpg://u:p%40%2F@/d?host=/run/postgresql&ssl=disable",
    ],
)
def test_a_server_may_be_named_as_others_name_it(url: str) -> None:
    assert Database(url).file is None


async def test_a_server_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    database = Database(f"postgresql+asyncpg://somebody:secret@/nothing?host={tmp_path}")
    with pytest.raises(StoreError) as caught:
        await database.migrate()
    await database.close()
    assert str(caught.value).startswith("database: ")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "nonsense",
            "mysterydb://user:secret@host/db",
            "mysql://u:secret@h/d",
            "postgresql://u:secret/@h:x/d",
        ),
        *("postgresql+psycopg2://u:secret@h/d", "postgresql://u:secret@h/d?sslmode=maybe"),
        *("postgresql://u:secret@h/d?channel_binding=require", "sqlite:///a.db?timeout=long", "sqlite:///"),
    ],
)
def test_an_address_nothing_can_be_done_with_is_bad_input_and_shows_no_password(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        Database(url)
    assert "secret" not in str(caught.value)
