"""What becomes of a database that is not there, or of another revision, by what it is opened for."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import BadInput, StoreBusy, StoreError
from bot.storage import HEAD, SENDER, Access, Database, Issues, Leases, older_sender, open_database, reach
from bot.storage.sqlite_file import check_writable
from tests.storage.revisions import at_revision
from tests.storage.rows import add_issue


async def revision(url: str) -> str | None:
    database = Database(url)
    found = await database.revision()
    await database.close()
    return found


@pytest.mark.parametrize("access", [Access.READ, Access.WRITE])
async def test_one_that_is_not_there_is_refused_and_not_made(new_url: str, access: Access) -> None:
    with pytest.raises(BadInput, match="only `jianbao run`, `migrate` and `restore --yes` make"):
        await open_database(new_url, access)
    assert await revision(new_url) is None


async def test_the_database_itself_refuses_changes_of_who_only_reads(database_of_its_own: str) -> None:
    database = await open_database(database_of_its_own, Access.READ)
    assert await Issues(database).all() == ()
    with pytest.raises(StoreError, match=r"readonly|read-only"):
        await add_issue(Issues(database))
    await database.close()


@pytest.fixture
def reachable(sqlite_file: Path) -> Iterator[Path]:
    """A database in a folder that everybody may reach, as that of the tests is not."""
    with tempfile.TemporaryDirectory(prefix="jianbao-rights-") as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "data"
        folder.mkdir()
        yield Path(shutil.copy(sqlite_file, folder))


@pytest.fixture
def somebody() -> Iterator[Callable[[], None]]:
    """Makes this process one that may not do everything; undone at the end."""
    user = os.geteuid()
    yield lambda: os.seteuid(user or 65534)
    os.seteuid(user)


@pytest.fixture
def read_only() -> Path:
    """A file on a disk that is mounted for reading only, if the machine has one."""
    mounts = Path("/proc/mounts")
    lines = mounts.read_text("utf-8").splitlines() if mounts.exists() else []
    places = [Path(line.split()[1]) for line in lines if "ro" in line.split()[3].split(",")]
    place = next((one for one in places if one.exists()), None)
    if place is None:
        pytest.skip("nothing is mounted for reading only on this machine")
    return place


def restrict(database: Path, file: int, folder: int) -> None:
    database.chmod(file)
    database.parent.chmod(folder)


@pytest.mark.parametrize(
    ("access", "file", "folder", "told"),
    [
        (Access.WRITE, 0o444, 0o777, "{file} may not be written by user"),
        (Access.WRITE, 0o666, 0o555, "{folder} may not be written by user"),
        (Access.MIGRATE, 0o666, 0o555, "{folder} may not be written by user"),
        (Access.READ, 0o000, 0o777, "{file} cannot be read by user"),
        (
            Access.READ,
            0o666,
            0o555,
            "{file}, opened by user .*this process may not write the file, or beside",
        ),
    ],
)
async def test_who_may_not_write_or_read_is_named_with_what_to_do(
    reachable: Path, somebody: Callable[[], None], access: Access, file: int, folder: int, told: str
) -> None:
    restrict(reachable, file, folder)
    somebody()
    with pytest.raises(StoreError, match=told.format(file=reachable, folder=reachable.parent)):
        await open_database(f"sqlite:///{reachable}", access)


def test_a_disk_mounted_for_reading_only_is_named_as_that(read_only: Path) -> None:
    with pytest.raises(StoreError, match="mounted for reading only; mount it for writing"):
        check_writable(read_only)


async def test_tables_of_another_program_are_left_alone(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.exec_driver_sql("CREATE TABLE subscribers (email TEXT)")
    with pytest.raises(BadInput, match="tables of another program, such as subscribers"):
        await database.migrate()
    await database.close()


@pytest.mark.parametrize("revision", ["3f1a2b4c5d6e", "0a1b2c3d4e5f"])
async def test_a_revision_that_another_program_counts_is_none_of_ours(tmp_path: Path, revision: str) -> None:
    database = Database(f"sqlite:///{tmp_path}/other.db")
    database.make_file()
    async with database.writing() as connection:
        await connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
        await connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision,))
    with pytest.raises(BadInput, match="belongs to another program"):
        await database.migrate()
    await database.close()


@pytest.mark.parametrize("file", ["new.db", "data/new.db"])
def test_to_look_whether_a_file_is_there_makes_neither_it_nor_its_folder(tmp_path: Path, file: str) -> None:
    assert asyncio.run(revision(f"sqlite:///{tmp_path}/{file}")) is None
    assert list(tmp_path.iterdir()) == []


async def test_an_empty_file_is_a_database_without_tables(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    assert await revision(f"sqlite:///{tmp_path}/new.db") is None


async def test_who_may_migrate_makes_one_where_there_is_none(new_url: str) -> None:
    database = await open_database(new_url, Access.MIGRATE)
    await add_issue(Issues(database))
    await database.close()
    assert await revision(new_url) == HEAD


@pytest.mark.parametrize("access", [Access.READ, Access.WRITE])
async def test_an_older_one_is_refused_unless_it_may_be_migrated(new_url: str, access: Access) -> None:
    await made_at("0001", new_url)
    with pytest.raises(BadInput, match=f"has revision 0001 and this program needs {HEAD}"):
        await open_database(new_url, access)
    assert await revision(new_url) == "0001"
    database = await open_database(new_url, Access.MIGRATE)
    assert await Issues(database).all() == ()
    await database.close()
    assert await revision(new_url) == HEAD


async def test_one_that_an_older_program_sends_from_is_not_brought_up_to_date(new_url: str) -> None:
    await made_at("0002", new_url)
    database = Database(new_url)
    database.make_file()
    token = await Leases(database).acquire(SENDER, holder="old:7", seconds=10)
    told = "old:7 still sends from the database, which has revision 0002; stop it"
    with pytest.raises(StoreBusy, match=told):
        await reach(new_url)
    for ours_or_none in (HEAD, "9999", "3f1a2b4c5d6e", f"copying {HEAD}", None):
        assert await older_sender(database, ours_or_none) is None
    await Leases(database).release(SENDER, token=token or 0)
    assert await reach(new_url) == "0002"
    await database.close()


async def made_at(revision: str, url: str) -> None:
    database = Database(url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, revision)
    await database.close()


_READS = """\
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM marks").fetchall()
connection.close()
"""


async def test_who_reads_beside_a_bot_that_was_started_again_leaves_its_log_in_place(tmp_path: Path) -> None:
    file = tmp_path / "jianbao.sqlite"
    for _ in range(2):  # at the second start the file is there already
        await reach(f"sqlite+aiosqlite:///{file}")
        database = await open_database(f"sqlite+aiosqlite:///{file}", Access.MIGRATE)
        await add_issue(Issues(database), f"issue-{_}")
        log = file.with_name("jianbao.sqlite-wal")
        before = log.stat().st_ino
        reader = (sys.executable, "-c", _READS, str(file))
        await asyncio.to_thread(subprocess.run, reader, check=True)
        assert log.stat().st_ino == before
        await database.close()
