"""Rows of whole tables: numbered on where they end, and in files that are their owner's alone."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.model import Cut, Destination
from bot.storage import Database, Subscribers
from bot.storage.copying import add_rows, chunks_of, continue_numbers
from tests.nightly import DATABASES
from tests.storage.everything import NOON

numbered = sa.Table(
    "numbered",
    sa.MetaData(),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("word", sa.Text, nullable=False),
)


@pytest.mark.parametrize("new_url", DATABASES, indirect=True)
async def test_new_rows_are_numbered_after_those_that_were_copied(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(numbered.create)
        await continue_numbers(connection, [numbered])
        await add_rows(connection, numbered, [(4, "four"), (9, "nine")])
        await continue_numbers(connection, [numbered])
        await connection.execute(sa.insert(numbered).values(word="next"))
        assert [chunk async for chunk in chunks_of(connection, numbered, size=2)] == [
            [(4, "four"), (9, "nine")],
            [(10, "next")],
        ]
    await database.close()


@pytest.mark.parametrize("word", ["Ä", "a", "B", "中", "\U0001f600", "\uff01"])
async def test_rows_come_in_the_order_of_their_characters(new_url: str, word: str) -> None:
    table = sa.Table("words", sa.MetaData(), sa.Column("word", sa.Text, primary_key=True))
    words = ["A", "b", word, "z", "\uffee", "\U0001f601"]
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(table.create)
        await add_rows(connection, table, [(one,) for one in words])
        assert [chunk async for chunk in chunks_of(connection, table)] == [[(one,) for one in sorted(words)]]
    await database.close()


async def test_what_sqlite_writes_is_its_owners_alone(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}/data/new.db") as database:
        await Subscribers(database).join(Destination(7), Cut(), NOON)
        modes = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "data").iterdir()}
    assert modes == {"new.db": 0o600, "new.db-wal": 0o600, "new.db-shm": 0o600}


async def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch(0o640)
    path.chmod(0o640)
    async with Database(f"sqlite:///{path}"):
        assert path.stat().st_mode & 0o777 == 0o640
