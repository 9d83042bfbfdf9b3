"""How a database is: its program, its size, whether it may be written and when it was last tidied up."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.errors import StoreError
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.schema import metadata
from bot.storage.sqlite_file import check_writable


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a database is. ``size`` is in bytes, ``unused`` the share of it that tidying up would free.

    ``unwritable`` says why it cannot be written; None if it can. ``vacuumed`` and ``analyzed`` are None
    where that is not known: SQLite keeps no record of it.
    """

    program: str
    version: str
    size: int
    unused: float
    unwritable: str | None
    vacuumed: datetime | None = None
    analyzed: datetime | None = None


async def condition(database: Database) -> Condition:
    """How it is; changes nothing. Raises StoreError if it cannot be read."""
    async with database.reading() as connection:
        if database.file is None:
            return await _of_postgresql(connection)
        version = await connection.scalar(sa.text("SELECT sqlite_version()"))
        pages, page, free = [
            int(await connection.scalar(sa.text(f"PRAGMA {name}")) or 0)
            for name in ("page_count", "page_size", "freelist_count")
        ]
    try:
        check_writable(database.file)
        unwritable = None
    except StoreError as error:
        unwritable = str(error)
    return Condition(
        program="SQLite",
        version=str(version),
        size=pages * page,
        unused=free / max(1, pages),
        unwritable=unwritable,
    )


_TIDIED = """
SELECT min(greatest(last_vacuum, last_autovacuum)), min(greatest(last_analyze, last_autoanalyze)),
    coalesce(sum(n_dead_tup), 0)::float / greatest(1, coalesce(sum(n_live_tup + n_dead_tup), 0))
FROM pg_stat_user_tables WHERE relname IN ('deliveries', 'subscribers')
"""
_MAY = "SELECT current_user, pg_is_in_recovery(), pg_database_size(current_database())"


async def _of_postgresql(connection: Connection) -> Condition:
    version = await connection.scalar(sa.text("SHOW server_version"))
    user, is_copy, size = (await connection.execute(sa.text(_MAY))).one()
    vacuumed, analyzed, dead = (await connection.execute(sa.text(_TIDIED))).one()
    unwritable = "this server is a copy that follows another one" if is_copy else None
    if (table := await _forbidden(connection)) is not None:
        unwritable = f"the user {user} may not change the table {table}"
    return Condition(
        program="PostgreSQL",
        version=str(version).partition(" ")[0],
        size=int(size),
        unused=float(dead),
        unwritable=unwritable,
        vacuumed=vacuumed,
        analyzed=analyzed,
    )


async def _forbidden(connection: Connection) -> str | None:
    """A table of ours that the user may not change; None if there is none."""
    for table in metadata.sorted_tables:
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            if not await connection.scalar(sa.select(sa.func.has_table_privilege(table.name, right))):
                return table.name
    return None
