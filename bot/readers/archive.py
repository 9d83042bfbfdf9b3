"""The issues that are out: the newest, those of a year, the one somebody means.

Each is asked of the database and read when somebody needs it. What waits for its day is in none of the
answers.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.model import Issue, IssueRecord
from bot.readers.parsed_issues import ParsedIssues
from bot.words.issue_numbers import asked_number, carries
from bot.words.months import MONTH_NAME, month_number

_NEAREST = 3
_MOST_FITTING = 9
_YEAR = 4  #: digits of a year
_MONTH = rf"\d{{1,2}}|{MONTH_NAME}"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-./年 ]*(?:({_MONTH})(?:[-./月 ]*(\d{{1,2}}))?)?", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({MONTH_NAME})[ ,]*(\d{{4}})", re.IGNORECASE)


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

        If nothing matches, the candidates are the nearest issues, by date if ``word`` has one.
        """
        query = unicodedata.normalize("NFKC", word).strip().casefold()
        fitting = await self._fitting(query) if query else ()
        if not fitting:
            return Found(issue=None, candidates=await self._read(await self._nearest(query)), nearest=True)
        called = [one for one in fitting if _is_called(one, query)]
        meant = await self._read(called[:1] or fitting)
        if len(meant) == 1:
            return Found(issue=meant[0])
        return Found(issue=None, candidates=meant)

    async def _fitting(self, query: str) -> tuple[IssueRecord, ...]:
        asked = asked_number(query)
        if asked is not None:
            undated = await self._issues.undated(asked.number, limit=_MOST_FITTING)
            if called := tuple(one for one in undated if _digits(one) == asked.number):
                return called[:1]
            told = await self._told(asked.number) if asked.surely or len(asked.number) < _YEAR else ()
            if told and (asked.surely or len(told) == 1):
                return told
        return await self._issues.named(_iso(query), limit=_MOST_FITTING)

    async def _told(self, number: str) -> tuple[IssueRecord, ...]:
        """The issues whose title, or slug beside the day, carries the number."""
        having = await self._issues.with_number(number)
        told = (one for one in having if _digits(one) == number or carries(one.title or "", number))
        return tuple(told)[:_MOST_FITTING]

    async def _nearest(self, query: str) -> tuple[IssueRecord, ...]:
        meant = _meant_day(query)
        if meant is None:
            return await self._issues.page(limit=_NEAREST)
        return await self._issues.nearest(meant, limit=_NEAREST)

    async def _read(self, records: Iterable[IssueRecord]) -> tuple[Issue, ...]:
        issues = [await self._parsed.issue(record) for record in records]
        return tuple(issue for issue in issues if issue is not None)


def _is_called(record: IssueRecord, query: str) -> bool:
    day = record.date.isoformat() if record.date else ""
    return query == record.slug.casefold() or _iso(query) == day


def _digits(record: IssueRecord) -> str:
    day = record.date.isoformat() if record.date else ""
    return re.sub(r"\D", "", record.slug.replace(day, "")).lstrip("0")


def _iso(query: str) -> str:
    """A date, a month or a year in another notation as ISO writes it; anything else unchanged."""
    parts = _date_parts(query.rstrip("年月日号"))
    if parts is None:
        return query
    year, *rest = parts
    return "-".join((str(year), *(f"{part:02}" for part in rest if part)))


def _date_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day; 0 for what is not said. None if the text is no date."""
    if found := _MONTH_FIRST.fullmatch(text):
        return int(found[2]), month_number(found[1]), 0
    found = _YEAR_FIRST.fullmatch(text)
    return found and (int(found[1]), month_number(found[2] or "0"), int(found[3] or 0))


def _meant_day(query: str) -> date | None:
    """The day that a date means, one in the middle for a month or a year; None if it is no date.

    A day or a month that does not exist counts as the nearest one that does.
    """
    parts = _date_parts(query.rstrip("年月日号"))
    if parts is None or not parts[0]:
        return None
    year, month, day = parts[0], min(parts[1] or 6, 12), parts[2] or 15
    return date(year, month, min(day, monthrange(year, month)[1]))
