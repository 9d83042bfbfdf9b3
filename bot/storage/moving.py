"""A database copied into another, of the same kind or not; the source is only read.

Both are walked through in the order of their keys, and what the target lacks is written. So a copy that
was cut short goes on where it was, and one that began while the bot was still at work is brought up to
date. Until it is done, the target has no revision that any program runs on.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

import sqlalchemy as sa

from bot.errors import BadInput, StoreError
from bot.storage.connection import Connection
from bot.storage.copying import (
    COPIED,
    Counts,
    Key,
    Row,
    chunks_of,
    continue_numbers,
    counted,
    key_of,
    put_rows,
    remove_rows,
    told,
)
from bot.storage.database import Database
from bot.storage.leases import SENDER, Leases
from bot.storage.revision import HEAD, UNFINISHED, refusal, set_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What the target holds now, ``rows`` by table, all as in the source; ``written`` are new or changed.

    ``at_work`` names a process that sent from the source meanwhile: what it did is not in the target, which
    therefore cannot be run on before it was brought up to date.
    """

    rows: Counts
    written: int
    at_work: str | None = None


class _Difference(NamedTuple):
    """Of a stretch of a table: the rows that the target lacks or has otherwise, and what it has too much."""

    lacking: list[Row]
    too_many: list[Key]


async def move(source: Database, target: Database) -> Moved:
    """Let the target hold what the source does, and compare them row by row.

    Raises BadInput if both are one database, and if the target holds anything but the same rows, or an
    earlier copy that was not finished; StoreError if they differ in the end.
    """
    if await _is_same(source, target):
        raise BadInput("is the database itself; name another one")
    before = await _sender(source)
    async with source.snapshot() as ours:
        rows = await counted(ours, COPIED)
        if await _is_there_already(ours, target):
            return Moved(rows=rows, written=0, at_work=before)
        written = await _make_equal(ours, target)
        await _check_equal(ours, target)
    at_work = before or await _sender(source)
    if at_work is None:
        await _finish(target)
    return Moved(rows=rows, written=written, at_work=at_work)


async def _is_same(source: Database, target: Database) -> bool:
    """Whether both are one database, however each is named."""
    if source.file or target.file:
        there = [one for one in (source.file, target.file) if one and one.exists()]
        return len(there) > 1 and there[0].samefile(there[1])
    return await _postgresql_identity(source) == await _postgresql_identity(target)


async def _postgresql_identity(database: Database) -> object:
    """What no other database has: when its server was started, and its number there."""
    query = "SELECT pg_postmaster_start_time(), oid FROM pg_database WHERE datname = current_database()"
    async with database.reading() as connection:
        return tuple((await connection.execute(sa.text(query))).one())


async def _sender(database: Database) -> str | None:
    lease = await Leases(database).current(SENDER)
    return lease.holder if lease else None


async def _is_there_already(ours: Connection, target: Database) -> bool:
    """Whether the target has all rows and no other; otherwise it is one to be filled from now on."""
    revision = await target.revision()
    if revision == UNFINISHED:
        return False
    if revision is None:
        await target.migrate()
    elif revision != HEAD:
        raise refusal(revision)
    async with target.snapshot() as theirs:
        held = await counted(theirs)
        if held and await _is_equal(ours, theirs):
            return True
    if held:
        raise BadInput(f"holds other data ({told(held)}); name a database without any")
    async with target.writing() as connection:
        await connection.run_sync(set_revision, UNFINISHED)
    return False


async def _is_equal(ours: Connection, theirs: Connection) -> bool:
    for table in COPIED:
        async for _ in _differences(ours, theirs, table):
            return False
    return True


async def _make_equal(ours: Connection, target: Database) -> int:
    """Write what differs, each stretch in a transaction of its own; returns how many rows that were."""
    written = 0
    async with target.snapshot() as theirs:
        for table in reversed(COPIED):  # before those that they refer to
            if await counted(theirs, [table]):
                async for found in _differences(ours, theirs, table):
                    if found.too_many:
                        async with target.writing() as connection:
                            await remove_rows(connection, table, found.too_many)
        for table in COPIED:
            async for found in _differences(ours, theirs, table):
                if found.lacking:
                    async with target.writing() as connection:
                        await put_rows(connection, table, found.lacking)
                    written += len(found.lacking)
    return written


async def _check_equal(ours: Connection, target: Database) -> None:
    async with target.snapshot() as theirs:
        for table in COPIED:
            async for found in _differences(ours, theirs, table):
                count = len(found.lacking) + len(found.too_many)
                raise StoreError(f"the copy differs in {count} rows of {table.name} at least; run this again")


async def _finish(target: Database) -> None:
    async with target.writing() as connection:
        await continue_numbers(connection)
        await connection.run_sync(set_revision, HEAD)


async def _differences(ours: Connection, theirs: Connection, table: sa.Table) -> AsyncIterator[_Difference]:
    """Where the rows of a table differ, stretch by stretch; nothing where they are the same."""
    left, right = chunks_of(ours, table), chunks_of(theirs, table)
    here, there = list[Row](), list[Row]()
    while (here := here or await anext(left, [])) or (there := there or await anext(right, [])):
        there = there or await anext(right, [])
        if here == there:
            here, there = [], []
            continue
        upto = min(key_of(table, rows[-1]) for rows in (here, there) if rows)
        wanted, found = _stretch(table, here, upto), _stretch(table, there, upto)
        difference = _Difference(
            lacking=[row for key, row in wanted.items() if found.get(key) != row],
            too_many=[key for key in found if key not in wanted],
        )
        if any(difference):
            yield difference
        here, there = here[len(wanted) :], there[len(found) :]


def _stretch(table: sa.Table, rows: list[Row], upto: Key) -> dict[Key, Row]:
    """The first rows, by their keys, which come in order."""
    keyed = ((key_of(table, row), row) for row in rows)
    return dict(takewhile(lambda one: one[0] <= upto, keyed))
