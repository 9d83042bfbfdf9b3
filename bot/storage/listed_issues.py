"""The issues that readers may see, listed and looked up without reading one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.model import IssueRecord
from bot.storage.database import Database
from bot.storage.issues import NEWEST_FIRST, OLDEST_FIRST, READ, is_listed, record_of
from bot.storage.schema import issues

_year = sa.extract("year", issues.c.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The slugs of the issues right before and behind one; None where there is none."""

    older: str | None = None
    newer: str | None = None


class ListedIssues:
    """Those of one database, newest first. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, slug: str) -> IssueRecord | None:
        """The issue of exactly this slug; None if readers may not see it."""
        return next(iter(await self._records(issues.c.slug == slug)), None)

    async def page(self, *, year: int | None = None, limit: int, offset: int = 0) -> tuple[IssueRecord, ...]:
        """Some of the issues of a year; of all if ``year`` is None."""
        return await self._records(*_of(year), limit=limit, offset=offset)

    async def count(self, year: int | None = None) -> int:
        """How many issues a year has; how many there are if ``year`` is None."""
        query = sa.select(sa.func.count()).select_from(issues).where(is_listed, *_of(year))
        async with self._database.reading() as connection:
            return await connection.scalar(query) or 0

    async def oldest(self) -> IssueRecord | None:
        """The first issue there was; None if there is none."""
        return next(iter(await self._records(limit=1, order=OLDEST_FIRST)), None)

    async def neighbours(self, slug: str) -> Neighbours:
        """The issues right before and behind this one."""
        older = sa.func.lead(issues.c.slug).over(order_by=NEWEST_FIRST).label("older")
        newer = sa.func.lag(issues.c.slug).over(order_by=NEWEST_FIRST).label("newer")
        listed = sa.select(issues.c.slug, older, newer).where(is_listed).subquery()
        query = sa.select(listed.c.older, listed.c.newer).where(listed.c.slug == slug)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return Neighbours() if row is None else Neighbours(older=row.older, newer=row.newer)

    async def named(self, beginning: str, *, limit: int) -> tuple[IssueRecord, ...]:
        """Those whose slug or whose day, as ISO writes it, begins so; the slug in any case."""
        slug, day = sa.func.lower(issues.c.slug), sa.cast(issues.c.date, sa.String)
        begins = (text.startswith(beginning.lower(), autoescape=True) for text in (slug, day))
        return await self._records(sa.or_(*begins), limit=limit)

    async def undated(self, number: str, *, limit: int) -> tuple[IssueRecord, ...]:
        """Those without a day that have this number somewhere in their slug."""
        has = issues.c.slug.contains(number, autoescape=True)
        return await self._records(issues.c.date.is_(None), has, limit=limit)

    async def with_number(self, number: str) -> tuple[IssueRecord, ...]:
        """Those that have this number somewhere in their title or slug."""
        has = (text.contains(number, autoescape=True) for text in (issues.c.title, issues.c.slug))
        return await self._records(sa.or_(*has))

    async def nearest(self, day: date, *, limit: int) -> tuple[IssueRecord, ...]:
        """Those with the days nearest to this one, the nearest first."""
        before = await self._records(issues.c.date <= day, limit=limit)
        after = await self._records(issues.c.date > day, limit=limit, order=OLDEST_FIRST)
        distances = [(abs((one.date - day).days), one) for one in (*before, *after) if one.date]
        return tuple(one for _, one in sorted(distances, key=lambda pair: pair[0])[:limit])

    async def years(self) -> tuple[int, ...]:
        """The years with issues, newest first."""
        query = sa.select(_year).where(is_listed, issues.c.date.is_not(None)).distinct()
        async with self._database.reading() as connection:
            return tuple(sorted(map(int, await connection.scalars(query)), reverse=True))

    async def _records(
        self,
        *where: sa.ColumnElement[bool],
        limit: int | None = None,
        offset: int = 0,
        order: Sequence[sa.ColumnElement[Any]] = NEWEST_FIRST,
    ) -> tuple[IssueRecord, ...]:
        query = sa.select(*READ).where(is_listed, *where).order_by(*order).limit(limit).offset(offset)
        async with self._database.reading() as connection:
            return tuple(record_of(row) for row in await connection.execute(query))


def _of(year: int | None) -> Iterator[sa.ColumnElement[bool]]:
    if year is not None:
        yield issues.c.date.between(date(year, 1, 1), date(year, 12, 31))
