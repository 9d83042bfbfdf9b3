"""The moment that a text names, as machines and people write it: 2026-03-02T08:30Z, 2026年3月2日上午8点半.

A wrong reading sends an issue too early, to everybody: what leaves doubt names no moment.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from bot.digest.said_spans import may_be_span, with_spans
from bot.digest.said_zones import said_zone
from bot.model import moments_of
from bot.words.clock_times import plain, times_in
from bot.words.months import MONTH_NAME, month_number
from bot.words.weekdays import WEEKDAY, weekday_number

_CLOCK = r"\d?\d:\d\d(?::\d\d)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = f"(?P<month>{MONTH_NAME})"
#: 2026-03-02, 2026年3月2日, Mar 2, 2026 (perhaps with its time before the year), 2 March 2026.
_DATES = tuple(
    re.compile(rf"(?:\bon )?(?:{pattern})(?:t(?=\d))?", re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]",
        rf"{_MONTH} ?{_DAY}(?:, ?| )(?P<between>{_CLOCK} )?{_YEAR}",
        rf"{_DAY}[ -]{_MONTH}(?:, ?|[ -]){_YEAR}",
    )
)
_EXACT = re.compile(r"(?P<clock>\d:\d\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?![\d:])")
_HOUR = re.compile(
    r"\d ?:|\d ?[点时]|[ap]\.?m\b|(?<![\d.])\d{1,2}\.\d\d(?![\d.])|\d ?uhr\b"
    r"|[早晚]上|[上下中]午|凌晨|傍晚|\b(?:morning|noon|afternoon|evening|midnight)\b"
)
_BARE = re.compile(r"\d{1,4}|\d+\s?\.\s?\d+")  # 8, 0830 and 8.30 may be something else than a time
#: Of which hours each word for a part of a day, or the 24th hour, can be said without doubt of the day.
_HOURS = (
    (re.compile(r"凌晨"), range(6)),
    (re.compile(r"a\.?m\b"), range(12)),
    (re.compile(r"(?<!凌)早|(?<!凌)晨|上午|morning"), range(4, 12)),
    (re.compile(r"中午|正午|(?<!after)noon"), range(11, 15)),
    (re.compile(r"下午|午后|afternoon|p\.?m\b"), range(12, 24)),
    (re.compile(r"晚|evening"), range(17, 24)),
    (re.compile(r"夜|night"), range(19, 24)),
    (re.compile(r"^(?:24|二十四)"), range(0)),
)
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
    """The moment that a text names; None for none, or one in doubt. A bare time is meant on ``day``.

    Every word of the text is a part of it, or there is none: the one that is not understood may be the one
    that makes it later.
    """
    found, words = _dated(plain(with_spans(text)))
    named = _day(found) if found else day
    rest = _without_weekdays(words, named) if named else None
    is_of_machine = found is not None and found[0].endswith("t")
    if named is None or rest is None or (may_be_span(rest) and not is_of_machine):
        return None
    shown = datetime.combine(named, clock.hour)
    # A dash behind a day is a time's as well as a zone's.
    zone = said_zone(rest, clock.zone, shown) if found and not rest.lstrip().startswith("-") else None
    return SaidMoment(shown=shown, zone=zone, timed=False) if zone else _timed(rest, named, clock)


def says_hour(text: str) -> bool:
    """Whether a text names an hour of a day, be it understood or not."""
    return _HOUR.search(plain(text)) is not None


def _dated(words: str) -> tuple[re.Match[str] | None, str]:
    """The first date in some words, and the others."""
    found = next(filter(None, (pattern.search(words) for pattern in _DATES)), None)
    if found is None:
        return None, words
    between = found.groupdict().get("between") or ""
    return found, f"{words[: found.start()]} {between}{words[found.end() :]}"


def _day(found: re.Match[str]) -> date | None:
    try:
        day = date(int(found["year"]), month_number(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _without_weekdays(words: str, day: date) -> str | None:
    """The words without the day of the week; None if the day is another one."""
    if any(weekday_number(found) != day.weekday() for found in WEEKDAY.finditer(words)):
        return None
    return WEEKDAY.sub(" ", words)


def _timed(words: str, day: date, clock: Clock) -> SaidMoment | None:
    """A time of day with perhaps a zone before it or behind."""
    exact = _EXACT.search(words)
    words = _EXACT.sub(r"\g<clock> ", words)
    try:
        start, end, at = times_in(words)[0]
    except (ValueError, IndexError):
        return None
    second = int(exact["second"] or 0) if exact else 0
    shown = datetime.combine(day, at.replace(second=second))
    zone = said_zone(f"{words[:start]} {words[end:]}", clock.zone, shown)
    if zone is None or not _is_sure(words[start:end].strip(), at):
        return None
    return SaidMoment(shown=shown, zone=zone, timed=True)


def _is_sure(words: str, at: time) -> bool:
    if _BARE.fullmatch(words):
        return False
    return all(at.hour in hours for part, hours in _HOURS if part.search(words))
