"""When an issue came out, as its text, its front matter or the path of its file say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate

from bot.digest.parsing.leading_label import leading_label
from bot.digest.profile import Profile
from bot.words.eras import year_of_era
from bot.words.months import month_number

_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?(?!\d)")

#: What may stand around a date and is of it.
_OPENING = re.compile(r"[(（\[【《「]\s*$")
_REST = re.compile(r"\s*日?(?:\s*[,，]?\s*(?:周|星期|礼拜)[一二三四五六日天])?")
_CLOSING = re.compile(r"\s*[)）\]】》」]")
_BEFORE = " \t*_"
_WEEKDAY = re.compile(
    r"\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b|(?:周|星期|礼拜)[一二三四五六日天]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day; where only its month is ``known``, the first of that."""

    date: date
    known: bool = True


def find_day(text: str, profile: Profile) -> Day | None:
    """The first date in a text by the first of the profile's patterns that finds one that is possible."""
    days = (day_of(found) for pattern in profile.date_patterns if (found := pattern.search(text)))
    return next(filter(None, days), None)


def find_date(text: str, profile: Profile) -> date | None:
    """As :func:`find_day`; None for none or an impossible one."""
    day = find_day(text, profile)
    return day.date if day else None


def date_match(text: str, profile: Profile) -> re.Match[str] | None:
    """Where a text holds a date as the digest writes one, be it possible or not."""
    return next(filter(None, (pattern.search(text) for pattern in profile.date_patterns)), None)


def whole_date(text: str, profile: Profile) -> tuple[int, int] | None:
    """Where a date begins and ends in a text, with its 日, its day of the week and the brackets around it."""
    found = date_match(text, profile)
    if found is None:
        return None
    opening = _OPENING.search(text, 0, found.start())
    rest = _REST.match(text, found.end())
    end = rest.end() if rest else found.end()
    closing = _CLOSING.match(text, end) if opening else None
    if opening is None or closing is None:
        return found.start(), end
    return opening.start(), closing.end()


def is_date(text: str, profile: Profile) -> bool:
    """Whether a text is a possible date and nothing else, but for its day of the week, marks and emoji."""
    place = whole_date(text, profile)
    if place is None or find_day(text, profile) is None:
        return False
    return not any(map(str.isalnum, _WEEKDAY.sub("", f"{text[: place[0]]} {text[place[1] :]}")))


def labelled_date(text: str, profile: Profile) -> int | None:
    """Where a date ends that stands right behind a label, ``发布日期：2026-11-27``; None for none."""
    label = leading_label(text)
    behind = text[label[1] :].lstrip(_BEFORE) if label else ""
    place = whole_date(behind, profile) if behind else None
    return len(text) - len(behind) + place[1] if place and place[0] == 0 else None


def written_by_machine(text: str, profile: Profile) -> Day | None:
    """The date of a front matter, as the digest writes dates or as machines do."""
    found = find_day(text, profile)
    if found or not profile.date:
        return found
    iso = _ISO.match(text)
    return day_of(iso) if iso else _of_a_mail(text)


def _of_a_mail(text: str) -> Day | None:
    """The day of ``Fri, 20 Nov 2026`` or ``November 20, 2026``, with a time behind it or without."""
    read = parsedate(text) or parsedate(f"{text} 00:00:00")
    try:
        return Day(date=date(*read[:3])) if read else None
    except ValueError:
        return None


def day_of(found: re.Match[str]) -> Day | None:
    """The day that the groups of a match say; None where they say no month or an impossible day."""
    said = found.groupdict()
    year, month, day = (said.get(name) for name in ("year", "month", "day"))
    if not year or not month:
        return None
    try:
        return Day(date=date(int(whole_year(year)), month_number(month), int(day or 1)), known=bool(day))
    except ValueError:
        return None


def whole_year(written: str) -> str:
    """A year in digits; one of two digits is of this century."""
    if (year := year_of_era(written)) is not None:
        return str(year)
    return f"20{written}" if len(written) == len("26") else written


def apart(one: Day, other: Day) -> bool:
    """Whether two days differ in what both of them know."""
    if one.known and other.known:
        return one.date != other.date
    return one.date.replace(day=1) != other.date.replace(day=1)


def first_of(days: Iterable[Day | None]) -> Day | None:
    """The first; where it knows its month alone, the day of another of that month."""
    given = list(filter(None, days))
    if not given or given[0].known:
        return given[0] if given else None
    month = given[0].date.replace(day=1)
    return next((one for one in given if one.known and one.date.replace(day=1) == month), given[0])
