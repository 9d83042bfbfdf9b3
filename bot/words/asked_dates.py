"""Dates as people ask for them: 2022-02-22, 2022年2月, 十月五日, 5th of October, last month, the last 3."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from bot.words.clock_times import numeral
from bot.words.folding import fold_keyword
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
        r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:/(?P<year>\d{4}))?",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        rf"(?P<month>{MONTH_NAME})|(?P<number>{_NUMBER})月",
    )
)
_END = re.compile(r"(?:[年日号]|(?<=月)份)?的?$")
#: What people say around a date: 把…那期发我看看, "the one from …".
_BEFORE = re.compile(
    r"^(?:(?:请|帮我|给我|把|发|来|看看?|我要|我想看|想看|有没有|show|send|give|get|me|the|any|anything|something|issues?"
    r"|digests?|ones?|from|in|of|on|for)(?:\s+|(?<=[\u4e00-\u9fff])))+",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\s*(?:的?(?:那|这|哪|那几|哪几)一?[期篇]的?|有哪几期|有哪些|出的|发我|发给我|给我|看看|看一下|谢谢|吧|吗|呢|issues?|please|[?？!！。.]))+$",
    re.IGNORECASE,
)
_CHINESE_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=年)")
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_ANY_DAY = date(2000, 6, 15)
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_SPANS = (
    (r"(?:上上个?月|the month before last)", "month", -2),
    (r"(?:上个?月|上一个月|last month|the last month|previous month)", "month", -1),
    (r"(?:这个?月|本月|当月|this month)", "month", 0),
    (r"(?:上上周|上上个?星期|上上个?礼拜|the week before last)", "week", -2),
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
_FROM_END = re.compile(
    rf"倒数第(?P<chinese>{_NUMBER}|两)[期篇]|(?P<english>[a-z]+)[ ](?:to |from )?(?:the )?(?:last|latest)"
)
_AGO = re.compile(
    rf"(?P<english>\d{{1,2}}|[a-z]+) (?P<unit>day|week|month|year)s? ago"
    rf"|(?P<chinese>{_NUMBER}|两)个?(?P<of>天|日|周|星期|礼拜|月|年)(?:之)?前"
)
_UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year"}
_UNITS |= {unit: unit for unit in ("day", "week", "month", "year")}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
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
    bare = _CHINESE_YEAR.sub(lambda year: "".join(_DIGITS[char] for char in year[0]), asked_for(words))
    text = _END.sub("", bare.replace("號", "号"), count=1)
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
    text = asked_for(fold_keyword(words))
    for pattern, unit, steps in _SPANS:
        if found := re.match(rf"{pattern}(?:的|'s)?", text):
            rest = text[found.end() :].strip()
            first, last = _span(unit, steps, today)
            within = asked_date(rest) if rest and unit == "year" else None
            if within and not within.year:
                return _days_of(within._replace(year=first.year))
            return None if rest else (first, last)
    return _ago(text, today)


def asked_newest(words: str) -> int | None:
    """How many of the newest issues are asked for; None if the words say something else."""
    found = _NEWEST.fullmatch(fold_keyword(words))
    if found is None:
        return None
    return _count(found["english"] or found["chinese"]) or None


def asked_place(words: str) -> int | None:
    """Which issue is asked for by its place: 0 the newest, 1 the one before, -1 the first; else None."""
    text = asked_for(fold_keyword(words))
    if found := _FROM_END.fullmatch(text):
        number = _count(found["chinese"] or found["english"])
        return number - 1 if number else None
    if re.fullmatch("上上[期篇]", text):
        return 2
    return -1 if text in ("first", "very first") and text != fold_keyword(words) else None


def is_relative(words: str) -> bool:
    """Whether issues are asked for by how far they are from the newest or from today."""
    return bool(asked_newest(words) or asked_place(words) is not None or asked_span(words, _ANY_DAY))


def asked_for(words: str) -> str:
    """The words without what people say around a date."""
    bare = _BEHIND.sub("", words.strip())
    return _BEFORE.sub("", bare) or bare


def _ago(text: str, today: date) -> tuple[date, date] | None:
    found = _AGO.fullmatch(text)
    if found is None:
        return None
    number = _count(found["chinese"] or found["english"])
    unit = _UNITS[found["unit"] or found["of"]]
    return _span(unit, -number, today) if number else None


def _days_of(asked: AskedDate) -> tuple[date, date]:
    """The day, or all days of the month."""
    if asked.day:
        return asked.middle, asked.middle
    first = date(asked.year, asked.month, 1)
    return first, first.replace(day=monthrange(asked.year, asked.month)[1])


def _count(said: str) -> int:
    """A small number in digits, English or Chinese; 0 for any other word."""
    for words in (_ENGLISH, _ORDINALS):
        if said in words:
            return words.index(said) + 1
    return 2 if said == "两" else 1 if said == "a" else _number(said)


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
    if month > 12 >= day > 0 and not (year and day == month):  # 25/10
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
    months = today.year * 12 + today.month - 1 + steps
    return _days_of(AskedDate(months // 12, months % 12 + 1, 0))
