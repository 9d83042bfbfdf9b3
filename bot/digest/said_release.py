"""Whether an issue is a draft, and the moment at which it is to go out, as its front matter says."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.digest.parsing.front_matter import FrontMatter, split_front_matter
from bot.digest.parsing.notes import Notes
from bot.digest.profile import Profile
from bot.digest.release_words import NO, NOTHING, READY, SCHEDULED, UNREADY, YES, state
from bot.model import Release, moments_of

_REMARK = re.compile(r"\s+#.*$")
_MOMENT = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"[ \t]*(?P<half>[AaPp]\.?[Mm]\.?)?[ \t]*(?P<zone>\S.*?)?)?"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)
_EXAMPLE = "write 2026-03-02 08:30, perhaps with a zone such as +08:00 or Asia/Shanghai behind it"
_HALF_DAY = 12  # hours
_YEARS = range(1900, 2200)
_AN_HOUR = re.compile(r"(?<!\d)(?!0?0[:：]00)\d{1,2}[:：]\d\d")  # midnight is what tools write for none
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What is meant where the front matter does not say: a time zone, and the hour of a day.

    ``dates_count``: a time in the date of an issue is its moment.
    """

    zone: tzinfo
    hour: time = time()
    dates_count: bool = True


def said_release(text: str, profile: Profile, clock: Clock, *, day: date | None) -> Release:
    """What an issue of this text and ``day`` says.

    A date of the front matter with a time is the moment if it is of that day; midnight is no time.
    """
    front = split_front_matter(text, profile.front_matter, Notes())[0]
    draft = next((f"{key}: {value}" for key, value, says_draft in _flags(front) if says_draft), None)
    unclear = next(_unclear(front, clock, day), None)
    at = _named_moment(front, clock, day)
    if draft is None and at is None:
        draft = next((f"{key}: {value}" for key, value in _states(front, SCHEDULED)), None)
    return Release(draft=draft, at=at, doubt=f"its front matter says {unclear}" if unclear else None)


def _named_moment(front: FrontMatter, clock: Clock, day: date | None) -> datetime | None:
    """The moment that it names for its issue; else a later day than the issue's that a tool noted."""
    named = next(_named(front, front.habit.publish_at), None)
    if named:
        return _moment(_dated(named[1], day), clock)
    return next(_noted(front, clock, day), None) or _of_date(front, clock, day)


def _noted(front: FrontMatter, clock: Clock, day: date | None) -> Iterator[datetime]:
    """The moments that a tool noted and that are still to come: on a later day than the issue's, or in it.

    Where its state says that it is scheduled, any of them.
    """
    scheduled = any(_states(front, SCHEDULED))
    for keys, timed in ((front.habit.published_at, True), (front.habit.published, False)):
        for _, value in _named(front, keys):
            if at := _moment(_dated(value, day), clock):
                own = at.astimezone(clock.zone).date()
                in_it = own == day and timed and _AN_HOUR.search(value)
                if scheduled or day is None or own > day or in_it:
                    yield at


def unclear_lines(
    text: str, profile: Profile, clock: Clock, *, day: date | None
) -> Iterator[tuple[int, str]]:
    """The lines of the front matter that say something of either that cannot be understood, and what."""
    front = split_front_matter(text, profile.front_matter, Notes())[0]
    for one in _unclear(front, clock, day):
        lines = (number for number, line in enumerate(front.lines, start=1) if one.value in line)
        yield next(lines, 1), str(one)


@dataclass(frozen=True, slots=True)
class _Unclear:
    key: str
    value: str
    why: str

    def __str__(self) -> str:
        return f"{self.key}: {self.value}, which is {self.why}"


def _unclear(front: FrontMatter, clock: Clock, day: date | None) -> Iterator[_Unclear]:
    for key, value, says_draft in _flags(front):
        if says_draft is None:
            yield _Unclear(key, value, "neither true nor false")
    for key, value in _given(front, front.habit.status):
        if state(value) not in NOTHING | UNREADY | SCHEDULED | READY:
            yield _Unclear(key, value, "no state that is known")
    for key, value in _named(front, (*front.habit.publish_at, *front.habit.published_at)):
        if _moment(_dated(value, day), clock) is None:
            yield _Unclear(key, value, f"no time; {_EXAMPLE}")


def _given(front: FrontMatter, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The values that are one word or a few, without a remark behind them."""
    for key, value in front.given(tuple(keys)):
        if not isinstance(value, dict | list | None):
            yield key, _REMARK.sub("", str(value)).strip().strip("\"'")


def _flags(front: FrontMatter) -> Iterator[tuple[str, str, bool | None]]:
    """Each key that says whether it is a draft, with whether it says so; None: it cannot be understood.

    Beside a key that says that it is published may stand when.
    """
    for keys, if_true in ((front.habit.draft, True), (front.habit.published, False)):
        for key, value in _given(front, keys):
            word = value.casefold()
            if word in YES | NO:
                yield key, value, (word in YES) is if_true
            elif word not in NOTHING and (if_true or not _DIGIT.search(word)):
                yield key, value, None
    yield from ((key, value, True) for key, value in _states(front, UNREADY))


def _states(front: FrontMatter, wanted: Container[str]) -> Iterator[tuple[str, str]]:
    given = _given(front, front.habit.status)
    yield from ((key, value) for key, value in given if state(value) in wanted)


def _named(front: FrontMatter, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((key, value) for key, value in _given(front, keys) if value.casefold() not in NOTHING)


def _dated(value: str, day: date | None) -> str:
    """The value; a bare time is meant on the issue's day."""
    return f"{day} {value}" if day and _TIME.match(value) else value


def _of_date(front: FrontMatter, clock: Clock, day: date | None) -> datetime | None:
    found = _MOMENT.fullmatch(_REMARK.sub("", front.date).strip())
    is_meant = clock.dates_count and found is not None and found["hour"]
    shown = _shown(found, clock.hour) if found and is_meant else None
    if shown is None or shown.date() != day or shown.time() == time():
        return None
    return _moment(front.date, clock)


def _moment(value: str, clock: Clock) -> datetime | None:
    """The moment that a text names; None if it names none."""
    found = _MOMENT.fullmatch(_REMARK.sub("", value).strip())
    if found is None:
        return _of_a_mail(value, clock)
    shown, zone = _shown(found, clock.hour), _zone(found["zone"], clock.zone)
    return None if shown is None or zone is None else moments_of(shown, zone)[0]


def _of_a_mail(value: str, clock: Clock) -> datetime | None:
    """That of ``Mon, 02 Mar 2026 08:30:00 +0800``."""
    try:
        read = parsedate_to_datetime(value)
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else moments_of(read, clock.zone)[0]


def _shown(found: re.Match[str], usual: time) -> datetime | None:
    """What clocks show then, at the usual hour where none is said; None if they never do."""
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day")))
        minute, second = int(found["minute"] or 0), int(found["second"] or 0)
        at = usual if found["hour"] is None else time(_hour(found), minute, second)
    except ValueError:
        return None
    return datetime.combine(day, at) if day.year in _YEARS else None


def _hour(found: re.Match[str]) -> int:
    """Raises ValueError if there is no such hour."""
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    if half and not 1 <= hour <= _HALF_DAY:
        raise ValueError("no hour")
    return hour % _HALF_DAY + (_HALF_DAY if half.startswith("p") else 0) if half else hour


def _zone(named: str | None, usual: tzinfo) -> tzinfo | None:
    if not named:
        return usual
    if named.casefold() in {"z", "utc", "gmt"}:
        return UTC
    if offset := _OFFSET.fullmatch(named):
        by = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(by if offset["sign"] == "+" else -by) if by < timedelta(days=1) else None
    try:
        return ZoneInfo(named.strip("()[]"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
