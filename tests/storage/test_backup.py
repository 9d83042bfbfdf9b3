"""A backup holds what a database holds, and a database made of it is the same again."""

import gzip
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import BadInput, StoreError
from bot.model import Cut, Destination, SubscriberState
from bot.storage import HEAD, Database, Subscribers
from bot.storage.backup import back_up, contents_of, restore
from bot.storage.backup_file import Contents, writing_backup
from bot.storage.copying import COPIED, MADE_ANEW
from bot.storage.schema import metadata
from tests.storage.everything import MANY, everything, fill

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def filled(database: Database) -> Database:
    await fill(database)
    return database


@pytest.fixture
async def empty(new_url: str) -> AsyncIterator[Database]:
    database = Database(new_url)
    yield database
    await database.close()


def copied(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return {name: found for name, found in rows.items() if name not in MADE_ANEW}


async def test_what_is_backed_up_and_restored_is_the_same_on_either_database(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    """Every table that is not named as made anew comes along, with every value; a later backup is equal."""
    first = await back_up(filled, tmp_path / "first", NOW)
    assert (await restore(empty, tmp_path / "first")).rows == first.rows
    assert copied(await everything(empty)) == copied(await everything(filled))
    second = await back_up(empty, tmp_path / "second", NOW + timedelta(days=1))
    assert second.checksum == first.checksum
    assert contents_of(tmp_path / "second") == second


def test_every_table_is_copied_or_made_anew() -> None:
    named = [table.name for table in COPIED]
    assert sorted([*named, *MADE_ANEW]) == sorted(metadata.tables)


async def test_a_backup_says_how_much_of_what_it_holds(filled: Database, tmp_path: Path) -> None:
    made = await back_up(filled, tmp_path / "backup", NOW)
    assert (made.revision, made.made_at) == (HEAD, NOW)
    assert made.rows == {table.name: MANY for table in COPIED}


async def test_a_backup_is_of_one_moment_while_others_write(filled: Database) -> None:
    async with filled.snapshot() as connection:
        count = sa.select(sa.func.count()).select_from(metadata.tables["subscribers"])
        before = await connection.scalar(count)
        await Subscribers(filled).join(Destination(7), Cut(), NOW)
        assert await connection.scalar(count) == before


async def test_only_its_owner_may_read_a_backup_and_none_is_written_over(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "backup"
    await back_up(database, path, NOW)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(BadInput, match="is there already"):
        await back_up(database, path, NOW + timedelta(days=1))
    assert path.read_bytes() == before
    await back_up(database, path, NOW + timedelta(days=1), force=True)
    assert contents_of(path).made_at == NOW + timedelta(days=1)
    assert names(tmp_path, "backup") == ["backup"]


def names(folder: Path, word: str = "") -> list[str]:
    return sorted(one.name for one in folder.iterdir() if word in one.name)


@pytest.mark.parametrize("place", ["gone/backup", "."])
async def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(
    database: Database, tmp_path: Path, place: str
) -> None:
    before = names(tmp_path)
    with pytest.raises(BadInput, match=r"cannot be written: No such file|is a folder"):
        await back_up(database, tmp_path / place, NOW)
    assert names(tmp_path) == before


async def test_a_backup_that_fails_leaves_the_one_before(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    made = await back_up(database, path, NOW)
    async with database.writing() as connection:
        await connection.execute(sa.text("DROP TABLE cuts"))
    with pytest.raises(StoreError):
        await back_up(database, path, NOW, force=True)
    assert contents_of(path) == made
    async with database.writing() as connection:
        await connection.run_sync(metadata.tables["cuts"].create)


def cut_off(content: bytes) -> bytes:
    return content[: len(content) // 2]


def changed(content: bytes) -> bytes:
    """As somebody who does not know of the checksum would."""
    return gzip.compress(
        gzip.decompress(content).replace(b"-4611686018427387903", b"-4611686018427387000", 1)
    )


def without_a_row(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(keepends=True)
    return gzip.compress(b"".join(line for place, line in enumerate(lines) if place != 2))


def without_the_end(content: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize(
    "damaged",
    [
        cut_off,
        changed,
        without_a_row,
        without_the_end,
        lambda content: content + content,
        lambda content: content + b"something else",
        lambda _: b"",
        lambda _: b"chat_id,language,topics\n",
        lambda _: gzip.compress(b"{}\n"),
        lambda content: gzip.compress(gzip.decompress(content).replace(b'backup":1', b'backup":2')),
        lambda content: gzip.compress(gzip.decompress(content).replace(HEAD.encode(), b"9999")),
    ],
)
async def test_a_backup_that_is_not_what_was_written_is_refused_before_anything_is(
    sqlite_file: Path, tmp_path: Path, damaged: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "backup"
    source = Database(f"sqlite:///{shutil.copy(sqlite_file, tmp_path)}")
    await fill(source)
    await back_up(source, path, NOW)
    await source.close()
    path.write_bytes(damaged(path.read_bytes()))
    target = Database(f"sqlite:///{tmp_path}/new.db")
    with pytest.raises(BadInput, match=r"backup: (is no backup|is damaged|is a backup of a newer program)"):
        await restore(target, path)
    assert not (tmp_path / "new.db").exists()


async def test_a_backup_of_a_newer_revision_is_refused(empty: Database, tmp_path: Path) -> None:
    with writing_backup(tmp_path / "backup", "9999", force=False) as file:
        file.end(NOW)
    with pytest.raises(BadInput, match="revision 9999 and this program has"):
        await restore(empty, tmp_path / "backup")


async def test_a_database_that_holds_anything_is_not_restored_into(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    await back_up(filled, tmp_path / "backup", NOW)
    await empty.migrate()
    await Subscribers(empty).join(Destination(7), Cut(), NOW)
    before = await everything(empty)
    with pytest.raises(BadInput, match=r"not empty \(subscribers: 1, tallies: 1\)"):
        await restore(empty, tmp_path / "backup")
    assert await everything(empty) == before


async def test_a_restore_that_fails_half_way_leaves_the_database_empty(
    empty: Database, tmp_path: Path
) -> None:
    with writing_backup(tmp_path / "backup", HEAD, force=False) as file:
        file.begin("marks", {"name": "text", "at": "time"})
        file.add("marks", [("first", NOW), ("first", NOW)])
        file.end(NOW)
    with pytest.raises(StoreError):
        await restore(empty, tmp_path / "backup")
    assert not any((await everything(empty)).values())


def of_the_first_revision(path: Path) -> Contents:
    """A backup as a program of the first revision would have made it."""
    with writing_backup(path, "0001", force=False) as file:
        texts = ("state", "language", "mode", "topics", "sections", "cut")
        kinds = dict.fromkeys(texts, "text") | {"chat_id": "integer"}
        file.begin("subscribers", kinds | {"joined_at": "time", "updated_at": "time"})
        file.add("subscribers", [("stopped", "en", "full", "", "", "en|full|cut||", 42, NOW, NOW)])
        return file.end(NOW)


async def test_a_backup_of_an_older_revision_is_brought_up_to_date(empty: Database, tmp_path: Path) -> None:
    of_the_first_revision(tmp_path / "backup")
    await restore(empty, tmp_path / "backup")
    assert await empty.revision() == HEAD
    found = await Subscribers(empty).get(Destination(42))
    assert found is not None
    assert (found.state, found.cut, found.joined_at) == (SubscriberState.STOPPED, Cut(language="en"), NOW)
