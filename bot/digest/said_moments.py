"""The moment that a text names, as machines and people write it: 2026-03-02T08:30Z, 2026年3月2日上午8点半.

A wrong reading sends an issue too early, to everybody: what leaves doubt names no moment.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.model import moments_of
from bot.words.clock_times import plain, times_in
from bot.words.utc_offsets import OFFSET, offset

_DATE = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
    r"|\s?年\s?(?P<moon>\d{1,2})\s?月\s?(?P<sun>\d{1,2})\s?[日号])(?:t(?=\d))?"
)
_YEAR = re.compile(r"\b\d{4}$")
_EXACT = re.compile(r"(?P<clock>\d:\d\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?![\d:])")
_BARE = re.compile(r"\d{1,4}|.*\d\s?\.\s?\d.*")  # 8, 0830 and 8.30 may be something else than a time
#: Of which hours each word for a part of a day, or the 24th hour, can be said without doubt of the day.
_HOURS = (
    (re.compile(r"凌晨"), range(6)),
    (re.compile(r"a\.?m\b"), range(12)),
    (re.compile(r"(?<!凌)早|(?<!凌)晨|上午|morning"), range(4, 12)),
    (re.compile(r"中午|正午|(?<!after)noon"), range(11, 15)),
    (re.compile(r"下午|午后|afternoon"), range(12, 20)),
    (re.compile(r"p\.?m\b"), range(12, 24)),
    (re.compile(r"晚|evening"), range(17, 24)),
    (re.compile(r"夜|night"), range(19, 24)),
    (re.compile(r"^(?:24|二十四)"), range(0)),
)
_AROUND = " ,()[]【】「」"
_OUR_ZONE = ("北京", "中国", "中国标准", "上海", "beijing", "china standard")
_A_DAY = timedelta(days=1)
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What is meant where the front matter does not say: a time zone, and the hour of a day.

    ``dates_count``: a time in the date of an issue is its moment.
    """

    zone: tzinfo
    hour: time = time()
    dates_count: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidMoment:
    """``shown`` is what clocks of the zone show; ``timed``: an hour is said, not only a day."""

    shown: datetime
    zone: tzinfo
    timed: bool

    @property
    def at(self) -> datetime:
        """The moment; where clocks show it twice, the first."""
        return moments_of(self.shown, self.zone)[0]


def said_moment(text: str, clock: Clock, day: date | None = None) -> SaidMoment | None:
    """The moment that a text names; None for none, or one in doubt. A bare time is meant on ``day``."""
    words = plain(text)
    found = _DATE.search(words)
    if found is None:
        return _of_a_mail(text, clock) or (_timed(words, day, clock) if day else None)
    named = _day(found)
    rest = f"{words[: found.start()]} {words[found.end() :]}".strip(_AROUND)
    if named is None:
        return None
    zone = _zone(rest, clock.zone)
    if zone is not None:
        return SaidMoment(shown=datetime.combine(named, clock.hour), zone=zone, timed=False)
    return _timed(rest, named, clock)


def _day(found: re.Match[str]) -> date | None:
    try:
        day = date(
            int(found["year"]), int(found["month"] or found["moon"]), int(found["day"] or found["sun"])
        )
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _timed(words: str, day: date, clock: Clock) -> SaidMoment | None:
    """A time of day with perhaps a zone before it or behind."""
    exact = _EXACT.search(words)
    words = _EXACT.sub(r"\g<clock> ", words)
    try:
        start, end, at = times_in(words)[0]
    except (ValueError, IndexError):
        return None
    zone = _zone(f"{words[:start]} {words[end:]}", clock.zone)
    if zone is None or not _is_sure(words[start:end].strip(), at):
        return None
    second = int(exact["second"] or 0) if exact else 0
    return SaidMoment(shown=datetime.combine(day, at.replace(second=second)), zone=zone, timed=True)


def _is_sure(words: str, at: time) -> bool:
    if _BARE.fullmatch(words):
        return False
    return all(at.hour in hours for part, hours in _HOURS if part.search(words))


def _zone(words: str, usual: tzinfo) -> tzinfo | None:
    """The zone that all of the words name, the usual one if there are none; None if they name none."""
    words = words.strip(_AROUND).removesuffix("时间").removesuffix(" time")
    if not words:
        return usual
    if words in _OUR_ZONE:
        return ZoneInfo("Asia/Shanghai")
    if found := OFFSET.fullmatch(words):
        away = offset(found)
        return timezone(away) if abs(away) < _A_DAY else None
    name = _names().get(words)
    return UTC if words == "z" else ZoneInfo(name) if name else None


@cache
def _names() -> dict[str, str]:
    """The zones of tzdata by their names in plain words."""
    return {plain(name): name for name in available_timezones()}


def _of_a_mail(text: str, clock: Clock) -> SaidMoment | None:
    """That of ``Mon, 02 Mar 2026 08:30:00 +0800``, or without a time."""
    dated = [(f"{text} 00:00:00", clock.hour)] if _YEAR.search(text) else []
    for written, usual in ((text, None), *dated):
        try:
            read = parsedate_to_datetime(written)
        except ValueError:
            continue
        shown = read.replace(tzinfo=None) if usual is None else datetime.combine(read, usual)
        return SaidMoment(shown=shown, zone=read.tzinfo or clock.zone, timed=usual is None)
    return None
