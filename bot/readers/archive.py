"""The issues that are out: the newest, those of a year, the one somebody means.

Each is asked of the database and read when somebody needs it. What waits for its day is in none of the
answers.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.model import Issue, IssueRecord
from bot.readers.parsed_issues import ParsedIssues
from bot.words.asked_dates import AskedDate, asked_date, is_month
from bot.words.issue_numbers import asked_number, carries

_NEAREST = 3
_MOST_FITTING = 9
_YEAR = 4  #: digits of a year


class Slugs(Protocol):
    """The slugs of the issues right before and behind one; None where there is none."""

    @property
    def older(self) -> str | None: ...

    @property
    def newer(self) -> str | None: ...


class Issues(Protocol):
    """The issues that readers may see, newest first."""

    async def get(self, slug: str) -> IssueRecord | None:
        """The issue of exactly this slug."""

    async def page(self, *, year: int | None = None, limit: int, offset: int = 0) -> tuple[IssueRecord, ...]:
        """Some of the issues of a year, or of all."""

    async def count(self, year: int | None = None) -> int:
        """How many issues a year has, or how many there are."""

    async def oldest(self) -> IssueRecord | None:
        """The first issue there was."""

    async def years(self) -> tuple[int, ...]:
        """The years with issues, newest first."""

    async def neighbours(self, slug: str) -> "Slugs":
        """The issues right before and behind this one."""

    async def named(self, beginning: str, *, limit: int) -> tuple[IssueRecord, ...]:
        """Those whose slug or day begins so."""

    async def undated(self, number: str, *, limit: int) -> tuple[IssueRecord, ...]:
        """Those without a day that have a number somewhere in their slug."""

    async def with_number(self, number: str) -> tuple[IssueRecord, ...]:
        """Those that have this number somewhere in their title or slug."""

    async def nearest(self, day: date, *, limit: int) -> tuple[IssueRecord, ...]:
        """Those with the days nearest to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody may have meant: one issue, or several to choose from (then ``issue`` is None).

    The candidates all match, or are only the ``nearest``.
    """

    issue: Issue | None
    candidates: tuple[Issue, ...] = ()
    nearest: bool = False


class Archive:
    """All issues that readers may see. One that cannot be read is in no answer."""

    def __init__(self, issues: Issues, parsed: ParsedIssues) -> None:
        self._issues = issues
        self._parsed = parsed

    async def latest(self) -> Issue | None:
        """The newest issue; None if there is none."""
        return await self.nth(0)

    async def nth(self, number: int) -> Issue | None:
        """The newest issue for 0, the one before it for 1, and so on; the first there was for -1."""
        if number < 0:
            oldest = await self._issues.oldest()
            return await self._parsed.issue(oldest) if oldest else None
        return next(iter(await self.page(limit=1, offset=number)), None)

    async def get(self, slug: str) -> Issue | None:
        """The issue of exactly this slug; None if readers may not see it."""
        record = await self._issues.get(slug)
        return await self._parsed.issue(record) if record else None

    async def neighbours(self, slug: str) -> tuple[Issue | None, Issue | None]:
        """The issues right before and behind this one; None where there is none, or it cannot be read."""
        found = await self._issues.neighbours(slug)
        older, newer = [await self.get(one) if one else None for one in (found.older, found.newer)]
        return older, newer

    async def years(self) -> tuple[int, ...]:
        """The years with issues, newest first."""
        return await self._issues.years()

    async def count(self, year: int | None = None) -> int:
        """How many issues a year has; how many there are if ``year`` is None."""
        return await self._issues.count(year)

    async def page(self, *, year: int | None = None, limit: int, offset: int = 0) -> tuple[Issue, ...]:
        """Some of the issues of a year, newest first; of all years if ``year`` is None."""
        return await self._read(await self._issues.page(year=year, limit=limit, offset=offset))

    async def find(self, word: str) -> Found:
        """The issue that ``word`` means: a slug, a date, the beginning of either, or an issue's number.

        A date without a year is the newest such; a month without one is a choice of its issues. If nothing
        matches, the candidates are the nearest issues, by date if ``word`` has one.
        """
        query = unicodedata.normalize("NFKC", word).strip().casefold()
        asked = await self._with_year(asked_date(query))
        fitting = await self._fitting(query, asked) if query else ()
        if not fitting:
            return Found(issue=None, candidates=await self._read(await self._nearest(asked)), nearest=True)
        called = [one for one in fitting if _is_called(one, query, asked)]
        meant = await self._read(called[:1] or fitting)
        if len(meant) == 1 and not is_month(query):
            return Found(issue=meant[0])
        return Found(issue=None, candidates=meant)

    async def within(self, first: date, last: date) -> Found:
        """The issues of these days, to choose from; or else the nearest."""
        middle = first + (last - first) / 2
        near = await self._issues.nearest(middle, limit=_MOST_FITTING)
        those = [one for one in near if one.date and first <= one.date <= last]
        newest_first = sorted(those, key=lambda one: one.slug, reverse=True)
        return Found(
            issue=None, candidates=await self._read(newest_first or near[:_NEAREST]), nearest=not those
        )

    async def _with_year(self, asked: AskedDate | None) -> AskedDate | None:
        """The date; one without a year as the newest that has an issue, else the last before the newest."""
        if asked is None or asked.year:
            return asked
        for year in await self._issues.years():
            dated = asked._replace(year=year)
            if await self._issues.named(dated.beginning, limit=1):
                return dated
        newest = await self._issues.page(limit=1)
        day = newest[0].date if newest else None
        if day is None:
            return None
        return asked._replace(year=day.year - ((asked.month, asked.day) > (day.month, day.day)))

    async def _fitting(self, query: str, asked: AskedDate | None) -> tuple[IssueRecord, ...]:
        number = asked_number(query)
        if number is not None:
            undated = await self._issues.undated(number.number, limit=_MOST_FITTING)
            if called := tuple(one for one in undated if _digits(one) == number.number):
                return called[:1]
            told = await self._told(number.number) if number.surely or len(number.number) < _YEAR else ()
            if told and (number.surely or len(told) == 1):
                return told
        called = await self._issues.named(query, limit=_MOST_FITTING)
        return called or (await self._issues.named(asked.beginning, limit=_MOST_FITTING) if asked else ())

    async def _told(self, number: str) -> tuple[IssueRecord, ...]:
        """The issues whose title, or slug beside the day, carries the number."""
        having = await self._issues.with_number(number)
        told = (one for one in having if _digits(one) == number or carries(one.title or "", number))
        return tuple(told)[:_MOST_FITTING]

    async def _nearest(self, asked: AskedDate | None) -> tuple[IssueRecord, ...]:
        if asked is None or not asked.year:
            return await self._issues.page(limit=_NEAREST)
        return await self._issues.nearest(asked.middle, limit=_NEAREST)

    async def _read(self, records: Iterable[IssueRecord]) -> tuple[Issue, ...]:
        issues = [await self._parsed.issue(record) for record in records]
        return tuple(issue for issue in issues if issue is not None)


def _is_called(record: IssueRecord, query: str, asked: AskedDate | None) -> bool:
    day = record.date.isoformat() if record.date else ""
    return query == record.slug.casefold() or (asked is not None and asked.beginning == day)


def _digits(record: IssueRecord) -> str:
    day = record.date.isoformat() if record.date else ""
    return re.sub(r"\D", "", record.slug.replace(day, "")).lstrip("0")
