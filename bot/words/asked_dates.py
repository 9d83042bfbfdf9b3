"""Dates as people ask for them: 2022-02-22, 2022年2月, 十月五日, 5th of October, last month, the last 3."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from bot.words.clock_times import numeral
from bot.words.months import MONTH_NAME, month_number

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBER = rf"\d{{1,2}}|{_CHINESE}"
_MONTH = rf"\d{{1,2}}|{MONTH_NAME}"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY_FIRST = rf"(?:the )?(?P<day>\d{{1,2}}){_ORDINAL}"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<year>\d{{4}})[-./年 ]*(?:(?P<month>{_MONTH})(?:[-./月 ]*(?P<day>{_NUMBER})|月)?)?",
        rf"(?P<month>{MONTH_NAME})[ ,]*(?P<year>\d{{4}})",
        rf"(?P<month>{MONTH_NAME})[ .]*(?:the )?(?P<day>\d{{1,2}}){_ORDINAL}(?:[ ,]+(?P<year>\d{{4}}))?",
        rf"{_DAY_FIRST}[ .-]*(?:of )?(?P<month>{MONTH_NAME})(?:[ ,.-]*(?P<year>\d{{4}}))?",
        rf"(?P<month>{_NUMBER})月(?P<day>{_NUMBER})",
        r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        rf"(?P<month>{MONTH_NAME})|(?P<number>{_NUMBER})月",
    )
)
_END = re.compile(r"(?:[年日号]|(?<=月)份)?的?$")
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_SPANS = (
    (r"(?:上个?月|上一个月|last month|the last month|previous month)", "month", -1),
    (r"(?:这个?月|本月|当月|this month)", "month", 0),
    (r"(?:上周|上个?星期|上个?礼拜|last week|the last week|previous week)", "week", -1),
    (r"(?:这周|本周|这个?星期|这个?礼拜|this week)", "week", 0),
    (r"(?:去年|上一年|last year|previous year)", "year", -1),
    (r"(?:今年|本年|this year)", "year", 0),
    (r"(?:昨天|昨日|yesterday)", "day", -1),
    (r"(?:前天|the day before yesterday)", "day", -2),
)
_NEWEST = re.compile(
    rf"(?:the )?(?:last|latest|newest|past|recent|most recent) (?P<english>\d{{1,2}}|[a-z]+)(?: issues?)?"
    rf"|(?:最近|最新|近|过去)的?(?P<chinese>{_NUMBER}|两)[期篇]",
    re.IGNORECASE,
)
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class AskedDate(NamedTuple):
    """A date; 0 for what of it was not said."""

    year: int
    month: int
    day: int

    @property
    def beginning(self) -> str:
        """As ISO writes it, up to what was said."""
        return "-".join((f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)))

    @property
    def middle(self) -> date:
        """The day, or one in the middle; of a day or month that does not exist the nearest one that does."""
        month, day = min(self.month or 6, 12), self.day or 15
        return date(self.year, month, min(day, monthrange(self.year, month)[1]))


def asked_date(words: str) -> AskedDate | None:
    """The date that the words are; None if they are none."""
    text = _END.sub("", words.strip(), count=1)
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            given = found.groupdict()
            asked = AskedDate(int(given.get("year") or 0), _month(given), _number(given.get("day")))
            return _swapped(asked)
    return None


def is_month(words: str) -> bool:
    """Whether the words are a month, and no year."""
    asked = asked_date(words)
    return asked is not None and not asked.year and not asked.day


def asked_span(words: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of the time that is named by how far it is from today; None for others."""
    text = words.strip().casefold()
    for pattern, unit, steps in _SPANS:
        if re.fullmatch(rf"{pattern}(?:的|'s issues?)?", text):
            return _span(unit, steps, today)
    return None


def asked_newest(words: str) -> int | None:
    """How many of the newest issues are asked for; None if the words say something else."""
    found = _NEWEST.fullmatch(words.strip())
    if found is None:
        return None
    said = (found["english"] or found["chinese"]).casefold()
    if said in _ENGLISH:
        return _ENGLISH.index(said) + 1
    return 2 if said == "两" else max(_number(said), 0) or None


def _month(given: dict[str, str | None]) -> int:
    written = given.get("month") or given.get("number") or "0"
    return month_number(written) or _number(written)


def _number(written: str | None) -> int:
    """What digits or Chinese numerals say; 0 for none, and for any other word."""
    if not written or not re.fullmatch(_NUMBER, written):
        return 0
    return max(numeral(written), 0)


def _swapped(asked: AskedDate) -> AskedDate | None:
    """The date, day and month in their places; None if no month is so."""
    year, month, day = asked
    if not year and month > 12 >= day > 0:  # 25/10
        month, day = day, month
    return AskedDate(year, month, day) if year or (0 < month <= 12 and day <= 31) else None


def _span(unit: str, steps: int, today: date) -> tuple[date, date]:
    if unit == "day":
        day = today + steps * _DAY
        return day, day
    if unit == "week":
        monday = today - today.weekday() * _DAY + steps * _WEEK
        return monday, monday + 6 * _DAY
    if unit == "year":
        return date(today.year + steps, 1, 1), date(today.year + steps, 12, 31)
    first = (today.replace(day=1) - _DAY).replace(day=1) if steps else today.replace(day=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])
