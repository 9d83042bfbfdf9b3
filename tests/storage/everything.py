"""A database with rows in every table there is, whatever they mean."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.storage import Database
from bot.storage.schema import metadata

MANY = 3
NOON = datetime(2026, 3, 2, 12, 0, 0, 250, tzinfo=UTC)


async def fill(database: Database, *, rows: int = MANY, tables: sa.MetaData = metadata) -> None:
    """Put so many rows into each table; every third value that may be missing is."""
    async with database.writing() as connection:
        for table in tables.sorted_tables:
            await connection.execute(sa.insert(table), [_row(table, number) for number in range(1, rows + 1)])


def _row(table: sa.Table, number: int) -> dict[str, Any]:
    return {column.key: _value(column, number) for column in table.c}


def _value(column: sa.Column[Any], number: int) -> object:
    if column.nullable and number % 3 == 0:
        return None
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return _value(key.column, number)
    return next(make(number) for kind, make in _VALUES.items() if isinstance(column.type, kind))


_VALUES: Mapping[type[sa.types.TypeEngine[Any]], Any] = {
    sa.String: lambda number: f"“{number}”,\n簡",
    sa.BigInteger: lambda number: -(2**62) + number,
    sa.Boolean: lambda number: number % 2 == 0,
    sa.Integer: lambda number: number,
    sa.types.TypeDecorator: lambda number: NOON + timedelta(days=number),
    sa.Date: lambda number: date(2026, 3, number),
    sa.Float: lambda number: number / 3,
}


async def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, in one order."""
    async with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in await connection.execute(sa.select(*table.c))), key=str)
            for table in metadata.sorted_tables
        }
