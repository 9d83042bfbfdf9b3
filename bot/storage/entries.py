"""The index of entries as it is read: listed, opened and searched without reading an issue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.model import Entry, SearchQuery
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.entry_rows import READ, ItemRow, entry_of, issue_number
from bot.storage.entry_statements import Searched, newest_first, searched, visible
from bot.storage.index_schema import index_words, indexed_issues, item_topics, item_urls, items
from bot.words.addresses import fold_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the entries that were found, and how many there are in ``total``."""

    total: int
    entries: tuple[Entry, ...]


class Entries:
    """The index of one database. Every method raises StoreError when the database does.

    Only entries of issues that readers may see are found. They come newest first, those of an issue
    in its order, if nothing else is said.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, query: SearchQuery, *, limit: int, offset: int = 0) -> Page:
        """What is searched for: first what has the words in its title, then in its tags or source."""
        async with self._database.reading() as connection:
            found = searched(connection, query)
            numbers = await _page(connection, found, limit=limit, offset=offset)
            total = await connection.scalar(found.every.with_only_columns(sa.func.count())) or 0
            return Page(total=total, entries=await _read(connection, numbers))

    async def by_url(self, url: str) -> tuple[Entry, ...]:
        """The entries with this address, however it is written, or with this paper of arXiv."""
        item = item_urls.c.item
        found = visible(sa.select(item), item).where(item_urls.c.address == fold_address(url))
        async with self._database.reading() as connection:
            return await _read(connection, await connection.scalars(newest_first(found, item)))

    async def entry(self, issue_slug: str, item_id: str) -> Entry | None:
        """One entry; None if there is none, or readers may not see its issue."""
        one = sa.and_(items.c.issue_slug == issue_slug, items.c.item_id == item_id)
        found = visible(sa.select(items.c.id), items.c.id).where(one).order_by(items.c.id).limit(1)
        async with self._database.reading() as connection:
            return next(iter(await _read(connection, await connection.scalars(found))), None)

    async def of_issue(self, issue_slug: str) -> tuple[Entry, ...]:
        """All entries of an issue, in its order; none if readers may not see it."""
        found = visible(sa.select(items.c.id), items.c.id).where(items.c.issue_slug == issue_slug)
        async with self._database.reading() as connection:
            return await _read(connection, await connection.scalars(found.order_by(items.c.id)))

    async def words(self, beginning: str, *, lengths: range) -> tuple[str, ...]:
        """The words of so many letters that begin so, of all that were ever in the index, by the alphabet."""
        of_length = sa.func.length(index_words.c.word).between(lengths.start, lengths.stop - 1)
        query = sa.select(index_words.c.word).where(of_length)
        query = query.where(index_words.c.word.startswith(beginning, autoescape=True))
        async with self._database.reading() as connection:
            return tuple(sorted(await connection.scalars(query)))

    async def topic_counts(self) -> dict[str, int]:
        """How many entries each topic has; only topics that occur."""
        counts = visible(sa.select(item_topics.c.topic, sa.func.count()), item_topics.c.item)
        async with self._database.reading() as connection:
            rows = await connection.execute(counts.group_by(item_topics.c.topic))
            return {row[0]: row[1] for row in rows}

    async def count(self, query: SearchQuery) -> int:
        """How many entries are searched for."""
        async with self._database.reading() as connection:
            every = searched(connection, query).every
            return await connection.scalar(every.with_only_columns(sa.func.count())) or 0

    async def years(self, query: SearchQuery) -> dict[int, int]:
        """How many of what is searched for each year has, by year; only years that occur."""
        year = sa.extract("year", indexed_issues.c.day)
        async with self._database.reading() as connection:
            found = searched(connection, query)
            dated = found.every.join(indexed_issues, indexed_issues.c.number == issue_number(found.item))
            each = dated.with_only_columns(year, sa.func.count()).group_by(year).order_by(year)
            return {int(row[0]): row[1] for row in await connection.execute(each)}


async def _page(connection: Connection, found: Searched, *, limit: int, offset: int) -> Sequence[int]:
    """The numbers of some rows, the best first. All rows are put in order only if the best are too few."""
    if found.best is not None:
        best = newest_first(found.best, found.item).limit(limit).offset(offset)
        numbers = (await connection.scalars(best)).all()
        if len(numbers) == limit:
            return numbers
    every = newest_first(found.every, found.item, found.rank.desc()).limit(limit).offset(offset)
    return (await connection.scalars(every)).all()


async def _read(connection: Connection, wanted: Iterable[int]) -> tuple[Entry, ...]:
    """The entries of the rows with these numbers, in their order."""
    numbers = tuple(wanted)
    rows = await connection.execute(sa.select(*READ).where(items.c.id.in_(numbers)))
    by_number = {row.id: row for row in map(ItemRow._make, rows)}
    return tuple(entry_of(by_number[number]) for number in numbers)
