"""How often issues come, from the days of the last ones, and when the next may be expected."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

FEWEST = 3  # days, which have two gaps between them
_MOST = 13
_NEAR = 1 / 3  # of the usual gap; others are holidays and extra issues
_WEEK = 7
_MONTH = 365.25 / 12
_SLACK = 1  # days by which a weekly issue comes early or late, and so of a monthly one


class Unit(StrEnum):
    """What a rhythm is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """An issue comes about every so many units; none on days of the week on which none ever came."""

    count: int
    unit: Unit
    weekdays: frozenset[int] = frozenset(range(_WEEK))

    def after(self, last: date) -> date:
        """The day of the issue behind that of ``last``."""
        if self.unit is Unit.MONTH:
            return _months_later(last, self.count)
        day = last + timedelta(days=self.count * (_WEEK if self.unit is Unit.WEEK else 1))
        while day.weekday() not in self.weekdays:
            day += timedelta(days=1)
        return day

    @property
    def patience(self) -> timedelta:
        """How long after its day an issue is not overdue yet: a seventh of what lies between two."""
        days = {Unit.DAY: 1, Unit.WEEK: _WEEK, Unit.MONTH: round(_MONTH)}[self.unit] * self.count
        return timedelta(days=days // _WEEK)


def rhythm_of(days: Sequence[date]) -> Rhythm | None:
    """The rhythm of the newest of these days; None for fewer than three, and where there is none.

    The usual gap is the median, so that holidays and an extra issue change nothing; at least half of
    the gaps are like it.
    """
    last = sorted(frozenset(days))[-_MOST:]
    if len(last) < FEWEST:
        return None
    gaps = [(later - day).days for day, later in pairwise(last)]
    usual = median(gaps)
    near = [gap for gap in gaps if abs(gap - usual) <= max(_SLACK, usual * _NEAR)]
    if 2 * len(near) < len(gaps):
        return None
    return _monthly(last, usual) or _weekly(usual) or _daily(last, usual)


def _monthly(days: Sequence[date], usual: float) -> Rhythm | None:
    """By the calendar for most issues, or by the length of a month."""
    count = round(usual / _MONTH)
    if not count:
        return None
    pairs = list(pairwise(days))
    fitting = [abs((_months_later(day, count) - later).days) <= _SLACK for day, later in pairs]
    if 2 * sum(fitting) > len(pairs) or abs(usual - count * _MONTH) <= _SLACK:
        return Rhythm(count=count, unit=Unit.MONTH)
    return None


def _weekly(usual: float) -> Rhythm | None:
    count = round(usual / _WEEK)
    fits = count and abs(usual - count * _WEEK) <= _SLACK
    return Rhythm(count=count, unit=Unit.WEEK) if fits else None


def _daily(days: Sequence[date], usual: float) -> Rhythm:
    weekdays = frozenset(day.weekday() for day in days) if usual < _WEEK else frozenset(range(_WEEK))
    return Rhythm(count=max(round(usual), 1), unit=Unit.DAY, weekdays=weekdays)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
