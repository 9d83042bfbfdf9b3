"""A database as a backup, and a backup as a database."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bot.errors import BadInput
from bot.storage.backup_file import BackupReader, Contents, Kinds, writing_backup
from bot.storage.connection import Connection
from bot.storage.copying import COPIED, Row, add_rows, chunks_of, continue_numbers, counted, told
from bot.storage.database import Database
from bot.storage.revision import HEAD, bring_to, bring_to_head, refusal
from bot.storage.schema import UtcTime
from bot.storage.sqlite_file import damaged_refused

#: What the columns of a backup hold, by the name of its kind.
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {  # Any, for these are invariant, and each kind has its own
    "boolean": sa.Boolean(),
    "date": sa.Date(),
    "integer": sa.BigInteger(),
    "number": sa.Double(),
    "text": sa.Text(),
    "time": UtcTime(),
}
_KINDS = (
    (UtcTime, "time"),
    (sa.Date, "date"),
    (sa.Boolean, "boolean"),
    (sa.Integer, "integer"),
    (sa.Float, "number"),
    (sa.String, "text"),
)
#: Of the kinds that JSON does not have: how its text is read.
_READ: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "time": datetime.fromisoformat,
}


Then = Callable[[Connection], Awaitable[None]]


async def back_up(database: Database, path: Path, now: datetime, *, force: bool = False) -> Contents:
    """Write all that cannot be made anew as it is at one moment, while others go on writing.

    Raises BadInput if the file cannot be written, or is there already and may not go by ``force``.
    """
    with writing_backup(path, HEAD, force=force) as file:
        async with database.snapshot() as connection:
            for table in COPIED:
                file.begin(table.name, _kinds(table))
                async for chunk in chunks_of(connection, table):
                    file.add(table.name, chunk)
        return file.end(now)


def contents_of(path: Path) -> Contents:
    """What a backup holds that this program can restore; all of it is read.

    Raises BadInput for one that is damaged, or that a newer program made.
    """
    contents = BackupReader(path).contents()
    if contents.revision > HEAD:
        reason = f"is of revision {contents.revision} and this program has {HEAD}; run the newer program"
        raise BadInput(reason, where=str(path))
    return contents


async def check_empty(database: Database) -> None:
    """Raises BadInput if the database holds a row of any table, or is damaged; makes nothing."""
    with damaged_refused(database.file):
        revision = await database.revision()
        if revision is None:
            return
        if revision != HEAD:
            raise refusal(revision)
        async with database.reading() as connection:
            await _check_empty(connection)


async def restore(database: Database, path: Path, *, then: Then | None = None) -> Contents:
    """Fill an empty database from a backup, all or nothing; one of an older revision is brought up to date.

    ``then`` is done in the same transaction, once the database holds all of it.

    Raises BadInput as :func:`contents_of` and :func:`check_empty` do, before anything is written.
    """
    contents = contents_of(path)
    await check_empty(database)
    if contents.revision == HEAD:
        await _fill(database, _rows_of(path), then)
        return contents
    with TemporaryDirectory(prefix="jianbao-") as folder:
        older = Database(f"sqlite:///{folder}/older.db")
        try:
            await _make_older(older, path, contents.revision)
            async with older.snapshot() as connection:
                await _fill(database, _all_rows(connection), then)
        finally:
            await older.close()
    return contents


async def _fill(
    database: Database, given: AsyncIterator[tuple[sa.TableClause, Sequence[Row]]], then: Then | None
) -> None:
    await database.migrate()
    async with database.writing() as connection:
        await _check_empty(connection)
        async for table, rows in given:
            await add_rows(connection, table, rows)
        await continue_numbers(connection)
        if then:
            await then(connection)


async def _make_older(database: Database, path: Path, revision: str) -> None:
    """Make the tables as they were, fill them, and take the steps since then."""
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(bring_to, revision)
        async for table, rows in _rows_of(path):
            await add_rows(connection, table, rows)
        await connection.run_sync(bring_to_head)


async def _rows_of(path: Path) -> AsyncIterator[tuple[sa.TableClause, Sequence[Row]]]:
    """The rows of a backup, as the database takes them."""
    for chunk in BackupReader(path).chunks():
        columns = [sa.column(name, _TYPES[kind]) for name, kind in chunk.kinds.items()]
        read = [(place, _READ[kind]) for place, kind in enumerate(chunk.kinds.values()) if kind in _READ]
        yield sa.table(chunk.table, *columns), [_typed(row, read) for row in chunk.rows]


def _typed(row: Sequence[object], read: Sequence[tuple[int, Callable[[str], object]]]) -> Row:
    """The row with its text read as what it says, at the places where it is to be."""
    values = list(row)
    for place, make in read:
        if values[place] is not None:
            values[place] = make(str(values[place]))
    return tuple(values)


async def _all_rows(connection: Connection) -> AsyncIterator[tuple[sa.TableClause, Sequence[Row]]]:
    for table in COPIED:
        async for rows in chunks_of(connection, table):
            yield table, rows


def _kinds(table: sa.Table) -> Kinds:
    return {column.name: _kind(column) for column in table.c}


def _kind(column: sa.Column[Any]) -> str:
    return next(kind for type_, kind in _KINDS if isinstance(column.type, type_))


async def _check_empty(connection: Connection) -> None:
    if rows := await counted(connection):
        raise BadInput(
            f"the database is not empty ({told(rows)}); name one that is, or that is not there yet"
        )
