"""The file of a running bot's SQLite database, moved away or replaced by another."""

import asyncio
import threading
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.errors import StoreError
from bot.storage import Database, Issues
from tests.storage.rows import add_issue

SLUG = "2026-03-02"
MOVED = r"jianbao.db was moved or replaced while it was open; put the same file back"


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


@pytest.mark.parametrize("name", ["var", "a folder? 100%41 #1", "目录"])
async def test_while_the_file_is_away_nothing_is_made_and_one_reason_told_and_then_it_goes_on(
    tmp_path: Path, name: str
) -> None:
    var, away, told = tmp_path / name, tmp_path / "away", list[str | None]()
    async with Database(f"sqlite:///{quote(str(var))}/jianbao.db") as database:
        assert database.file == var / "jianbao.db"
        database.tell = told.append
        await add_issue(Issues(database), SLUG)
        var.rename(away)
        var.mkdir()
        for _ in range(2):
            with pytest.raises(StoreError, match=MOVED):
                await Issues(database).text(SLUG)
            with pytest.raises(StoreError, match=MOVED):
                await Issues(database).archive(SLUG)
            assert not await database.healthy()
        assert names(var) == set()
        var.rmdir()
        away.rename(var)
        await Issues(database).archive(SLUG)
        assert await database.healthy()
    assert [told[0] is None, len(set(told)), told[-1]] == [True, 2, None]


async def test_another_file_in_its_place_is_not_written_to_by_any_connection(tmp_path: Path) -> None:
    file, away = tmp_path / "jianbao.db", tmp_path / "away.db"
    async with Database(f"sqlite:///{file}") as database:
        file.rename(away)
        file.touch()
        with pytest.raises(StoreError, match=MOVED):
            await database.migrate()
        assert file.stat().st_size == 0
        away.rename(file)
        await database.migrate()


async def test_a_connection_makes_no_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/jianbao.db")
    with pytest.raises(StoreError, match="unable to open database file"):
        await Issues(database).text(SLUG)
    await database.close()
    await _driver_at_rest()
    assert names(tmp_path) == set()


async def _driver_at_rest() -> None:
    """The driver's thread of a connection that failed answers the loop once more, which must be there."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)


async def test_after_it_was_closed_it_may_be_another_file(tmp_path: Path) -> None:
    file = tmp_path / "jianbao.db"
    database = Database(f"sqlite:///{file}")
    await database.migrate()
    await database.close()
    file.rename(tmp_path / "other.db")
    await database.migrate()
    assert await database.healthy()
    await database.close()
