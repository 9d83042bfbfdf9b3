"""A database copied into another: all of it, after a kill the rest of it, and never over other data."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import BadInput
from bot.model import Cut, Destination
from bot.storage import HEAD, SENDER, Database, Leases, Subscribers
from bot.storage.copying import COPIED, MADE_ANEW, add_rows, chunks_of
from bot.storage.moving import Moved, move
from bot.storage.revision import UNFINISHED, set_revision
from bot.storage.schema import marks, metadata
from tests.storage.everything import MANY, NOON, everything, fill


@pytest.fixture
async def source(database: Database) -> Database:
    await fill(database)
    return database


@pytest.fixture
async def target(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Database]:
    """A database of the other kind that is not there yet."""
    is_sqlite = database_url.startswith("sqlite")
    url = request.getfixturevalue("postgres").new_database() if is_sqlite else f"sqlite:///{tmp_path}/new.db"
    database = Database(url)
    yield database
    await database.close()


async def copied(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in (await everything(database)).items() if name not in MADE_ANEW}


async def cut_short(source: Database, target: Database) -> None:
    """What a copy leaves that is killed after the issues and one of the marks."""
    await target.migrate()
    async with target.writing() as connection, source.reading() as ours:
        for table in COPIED[:2]:
            async for rows in chunks_of(ours, table):
                await add_rows(connection, table, rows)
        async for rows in chunks_of(ours, marks):
            await add_rows(connection, marks, rows[1:2])
        await connection.run_sync(set_revision, UNFINISHED)


async def test_a_copy_has_every_row_and_the_source_is_as_before(source: Database, new_url: str) -> None:
    target = Database(new_url)
    before = await everything(source)
    moved = await move(source, target)
    assert moved == Moved(rows={table.name: MANY for table in COPIED}, written=MANY * len(COPIED))
    assert await copied(target) == await copied(source)
    assert await everything(source) == before
    assert await target.revision() == HEAD
    await target.close()


async def test_a_copy_that_was_cut_short_goes_on_where_it_was(source: Database, target: Database) -> None:
    await cut_short(source, target)
    moved = await move(source, target)
    assert moved.written == MANY * (len(COPIED) - 2) - 1
    assert await copied(target) == await copied(source)


async def test_what_changed_since_a_copy_was_cut_short_is_changed_in_it_too(
    source: Database, target: Database
) -> None:
    await cut_short(source, target)
    async with source.writing() as connection:
        await connection.execute(sa.delete(marks))
        await connection.execute(sa.update(metadata.tables["issues"]).values(text="another"))
        await connection.execute(sa.insert(marks).values(name="new", at=NOON))
    await move(source, target)
    assert await copied(target) == await copied(source)


async def test_no_program_runs_on_a_copy_that_was_cut_short(source: Database, target: Database) -> None:
    await cut_short(source, target)
    with pytest.raises(BadInput, match="run jianbao migrate --to again"):
        await target.migrate()


async def test_a_database_with_other_data_is_refused_and_left_alone(
    source: Database, target: Database
) -> None:
    await target.migrate()
    await Subscribers(target).join(Destination(7), Cut(), NOON)
    before = await everything(target)
    with pytest.raises(BadInput, match=r"holds other data \(subscribers: 1, tallies: 1\)"):
        await move(source, target)
    assert await everything(target) == before


async def test_to_copy_once_more_what_is_there_changes_nothing(source: Database, target: Database) -> None:
    await move(source, target)
    assert (await move(source, target)).written == 0
    await Subscribers(target).join(Destination(7), Cut(), NOON)
    with pytest.raises(BadInput, match="holds other data"):
        await move(source, target)


async def test_a_database_is_not_copied_into_itself_however_it_is_named(
    source: Database, database_url: str, tmp_path: Path
) -> None:
    other = database_url
    if source.file:
        link = tmp_path / "link.db"
        link.symlink_to(source.file)
        other = f"sqlite:///{link}"
    same = Database(other)
    with pytest.raises(BadInput, match="is the database itself; name another one"):
        await move(source, same)
    await same.close()
    assert await source.revision() == HEAD


async def test_a_copy_that_holds_all_is_not_called_finished_while_the_bot_works_on_the_source(
    source: Database, target: Database
) -> None:
    await move(source, target)
    leases = Leases(source)
    async with source.writing() as connection:
        await connection.execute(sa.delete(metadata.tables["leases"]))
    assert await leases.acquire(SENDER, holder="bot-1", seconds=30) is not None
    assert (await move(source, target)).at_work == "bot-1"


async def test_while_the_bot_works_on_the_source_the_copy_is_not_finished(
    source: Database, target: Database
) -> None:
    leases = Leases(source)
    async with source.writing() as connection:
        await connection.execute(sa.delete(metadata.tables["leases"]))
    token = await leases.acquire(SENDER, holder="bot-1", seconds=30)
    assert token is not None
    assert (await move(source, target)).at_work == "bot-1"
    await Subscribers(source).join(Destination(7), Cut(), NOON)
    await leases.release(SENDER, token=token)
    moved = await move(source, target)
    assert (moved.at_work, moved.written) == (None, 2)  # who joined, and that somebody did
    assert await copied(target) == await copied(source)
