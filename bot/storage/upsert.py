"""``INSERT … ON CONFLICT`` in the words of the database at hand."""

from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.storage.connection import Connection

Insert = sqlite.Insert


def insert(connection: Connection, table: sa.Table) -> Insert:
    """An insert that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``.

    PostgreSQL's construct has the same methods, hence one type for both.
    """
    if connection.dialect.name == "postgresql":
        from bot.storage.postgresql import insert_into  # noqa: PLC0415  # 2 MB that SQLite has no use for

        return cast(Insert, insert_into(table))
    return sqlite.insert(table)
