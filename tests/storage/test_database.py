import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from bot.errors import BadInput, StoreError
from bot.storage import Database
from bot.storage.schema import metadata


def tables(connection: Connection) -> dict[str, str]:
    """The words each table and index was made with, spaces evened out, by name."""
    query = sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in connection.execute(query)}


async def test_migrations_make_exactly_the_schema(database: Database, tmp_path: Path) -> None:
    plain = sa.create_engine(f"sqlite:///{tmp_path}/plain.db")
    metadata.create_all(plain)
    with plain.connect() as connection:
        wanted = tables(connection)
    plain.dispose()
    async with database.reading() as reading:
        assert await reading.run_sync(tables) == wanted
        differences = await reading.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
    assert differences == []


async def test_migrating_again_changes_nothing(database: Database) -> None:
    await database.migrate()
    assert await database.healthy()


async def test_several_processes_may_start_at_once(tmp_path: Path) -> None:
    several = [Database(f"sqlite:///{tmp_path}/new.db") for _ in range(4)]
    await asyncio.gather(*(database.migrate() for database in several))
    assert all([await database.healthy() for database in several])
    await asyncio.gather(*(database.close() for database in several))


async def test_sqlite_is_set_up_as_promised(database: Database) -> None:
    async with database.reading() as connection:
        found = [
            await connection.scalar(sa.text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 2, 1, 5000]


async def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}/a/b/jianbao.db") as database:
        assert await database.healthy()


async def test_a_failed_write_leaves_nothing_behind(database: Database) -> None:
    async def write_twice() -> None:
        async with database.writing() as connection:
            for _ in range(2):
                await connection.execute(sa.text("INSERT INTO marks VALUES ('a', '2026-03-02')"))

    with pytest.raises(StoreError):
        await write_twice()
    async with database.reading() as reading:
        assert await reading.scalar(sa.text("SELECT count(*) FROM marks")) == 0


async def test_a_file_that_is_no_database_is_reported_and_not_healthy(tmp_path: Path) -> None:
    (tmp_path / "jianbao.db").write_text("not a database " * 100)
    database = Database(f"sqlite:///{tmp_path}/jianbao.db")
    assert not await database.healthy()
    with pytest.raises(StoreError, match="file is not a database"):
        await database.migrate()
    await database.close()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysterydb://user:secret@host/db", "postgresql://u:secret@h/d"]
)
def test_an_address_nothing_can_be_done_with_is_bad_input_and_shows_no_password(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        Database(url)
    assert "secret" not in str(caught.value)
