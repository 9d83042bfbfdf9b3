"""The measurements of the index, on either database."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from statistics import median

import sqlalchemy as sa

from benchmarks.corpora import Corpus
from benchmarks.effort import Effort
from benchmarks.index.filling import ITEMS, Made, add_issues, index, indexed, made
from benchmarks.ledger.databases import DATABASES, Databases
from benchmarks.measured import Direction, Measured, Unit
from benchmarks.progress import progress
from bot.model import SearchQuery
from bot.storage import Database, Entries, EntryIndex
from bot.words.tokens import phrase_of

SEARCHES = ("量化", "神经网络", "tensorflow", "模型", "车", "模型 量化 手机")
_PAGE = 5
#: Milliseconds of a search, by how many items there are.
_GOALS = {"SQLite": {20_000: 5.0, 200_000: 20.0}, "PostgreSQL": {20_000: 20.0, 200_000: 60.0}}
_TAKEN_IN, _A_SECOND = 100.0, 1000.0
_SIZES = {
    "SQLite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "PostgreSQL": "SELECT pg_database_size(current_database())",
}


def indexing(
    measured: Sequence[Corpus], effort: Effort, *, databases: Mapping[str, Databases] = DATABASES
) -> Iterator[Measured]:
    """Archives of several sizes on each database."""
    for name, database in databases.items():
        with database() as new:
            for count in effort.indexed:
                progress(f"an index of {count * ITEMS:,} items on {name}")
                given = tuple(made(measured, count))
                yield from asyncio.run(_measured(name, new(), given, effort))


async def _measured(name: str, url: str, given: Sequence[Made], effort: Effort) -> list[Measured]:
    group = f"an index of {len(given) * ITEMS:,} items on {name}"
    async with Database(url) as database:
        before = await _size(database, name)
        found = [one async for one in _made(group, database, given, effort)]
        goal = _GOALS[name].get(len(given) * ITEMS)
        entries = Entries(database)
        found += [await _search(group, entries, searched, effort, goal) for searched in SEARCHES]
        size = (await _size(database, name) - before) / 1_000_000
        found.append(Measured(group=group, what="on disk", value=size, unit=Unit.MEGABYTES))
    return found


async def _made(
    group: str, database: Database, given: Sequence[Made], effort: Effort
) -> AsyncIterator[Measured]:
    await add_issues(database, given)
    seconds = await _seconds(lambda: index(database, given))
    yield Measured(
        group=group,
        what="made anew",
        value=len(given) * ITEMS / seconds,
        unit=Unit.ITEMS,
        goal=_A_SECOND,
        direction=Direction.AT_LEAST,
    )
    await _analysed(database)
    taken = [await _seconds(partial(_take_in, database, one)) for one in given[-effort.searches :]]
    value = 1000 * median(taken)
    what = f"an issue of {ITEMS} items in place of the one before"
    yield Measured(group=group, what=what, value=value, unit=Unit.MILLISECONDS, goal=_TAKEN_IN)


async def _take_in(database: Database, issue: Made) -> None:
    slug, _, entries = issue
    await EntryIndex(database).replace(slug, indexed(entries))


async def _search(
    group: str, entries: Entries, searched: str, effort: Effort, goal: float | None
) -> Measured:
    query = SearchQuery(phrases=tuple(map(phrase_of, searched.split())))
    total = (await entries.search(query, limit=_PAGE)).total
    rounds = [await _seconds(lambda: entries.search(query, limit=_PAGE)) for _ in range(effort.searches)]
    what = f"{searched} ({total:,} found)"
    return Measured(group=group, what=what, value=1000 * median(rounds), unit=Unit.MILLISECONDS, goal=goal)


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


async def _analysed(database: Database) -> None:
    """As PostgreSQL does by itself after a while; SQLite does without."""
    async with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(sa.text("ANALYZE"))


async def _size(database: Database, name: str) -> int:
    async with database.reading() as connection:
        return int(await connection.scalar(sa.text(_SIZES[name])) or 0)
