"""Rows of whole tables, read in order and written in great number: for backups, restores and moves.

Every table is copied that is not named here as made anew: the item index by the bot that runs, from the
issues, and the lease by whoever sends next. A row is read and written by its types, so that one of SQLite
is one of PostgreSQL.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

import sqlalchemy as sa

from bot.storage.connection import Connection
from bot.storage.reader_schema import metadata  # with its tables too, and those below
from bot.storage.upsert import insert

MADE_ANEW = frozenset(
    {"leases", "indexed_issues", "items", "item_topics", "item_urls", "item_words", "index_words"}
)
#: In an order in which each comes after those that it refers to.
COPIED: tuple[sa.Table, ...] = tuple(table for table in metadata.sorted_tables if table.name not in MADE_ANEW)
CHUNK = 2000  # rows; a few megabytes at most, but for issues, which are as long as they are

Row = tuple[object, ...]
Rows = Sequence[Row]
Key = tuple[object, ...]
Counts = Mapping[str, int]  #: how many rows, by table


async def chunks_of(
    connection: Connection, table: sa.Table, *, size: int = CHUNK
) -> AsyncIterator[list[Row]]:
    """All rows of a table by key, a chunk at a time; in the same order on either database."""
    bytewise = "C" if connection.dialect.name == "postgresql" else "BINARY"
    order = (
        sa.collate(column, bytewise) if isinstance(column.type, sa.String) else column
        for column in table.primary_key
    )
    async for rows in connection.chunks(sa.select(*table.c).order_by(*order), size=size):
        yield [tuple(row) for row in rows]


async def add_rows(connection: Connection, table: sa.TableClause, rows: Iterable[Row]) -> None:
    """Add rows, their values in the order of the table's columns."""
    names = [column.key for column in table.c]
    await connection.execute(sa.insert(table), [dict(zip(names, row, strict=True)) for row in rows])


async def put_rows(connection: Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    """Add rows, or give those of the same key the other values."""
    new = insert(connection, table)
    changed = {column: new.excluded[column.key] for column in table.c if not column.primary_key}
    names = [column.key for column in table.c]
    values = [dict(zip(names, row, strict=True)) for row in rows]
    if changed:
        change = new.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
    else:  # a table that is all key
        change = new.on_conflict_do_nothing()
    await connection.execute(change, values)


async def remove_rows(connection: Connection, table: sa.Table, keys: Iterable[Key]) -> None:
    """Remove the rows of these keys."""
    own = (column == sa.bindparam(f"of_{column.name}") for column in table.primary_key)
    names = [f"of_{column.name}" for column in table.primary_key]
    values = [dict(zip(names, key, strict=True)) for key in keys]
    await connection.execute(sa.delete(table).where(*own), values)


def key_of(table: sa.Table, row: Row) -> Key:
    """The key of a row."""
    return tuple(value for value, column in zip(row, table.c, strict=True) if column.primary_key)


async def counted(connection: Connection, tables: Iterable[sa.Table] = metadata.sorted_tables) -> Counts:
    """How many rows the tables have; those that have none are left out."""
    counts = {
        table.name: await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in tables
    }
    return {name: count for name, count in counts.items() if count}


def told(rows: Counts) -> str:
    """The counts as a person reads them."""
    counts = (f"{name.replace('_', ' ')}: {count:,}" for name, count in rows.items() if count)
    return ", ".join(counts) or "nothing"


async def continue_numbers(connection: Connection, tables: Iterable[sa.Table] = COPIED) -> None:
    """Let PostgreSQL number new rows after those that were written; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if (column := table.autoincrement_column) is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            last = sa.select(sa.func.max(column)).scalar_subquery()
            await connection.execute(sa.select(sa.func.setval(sequence, last)).where(sequence.is_not(None)))
