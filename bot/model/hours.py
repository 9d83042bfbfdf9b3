"""When a reader wants what comes out: at once or at an hour, in which zone, and when nothing may ring."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model.wall_clock import moments_of

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NO_SUCH_DAY = timedelta(hours=12)  #: clocks that are later by that much have passed over a whole day
_SILENT, _ON_TOPICS = "st"
_LONGEST_ZONE = 32
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From when until when nothing comes, by the reader's clock; over midnight if it begins later."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise ValueError("quiet hours begin and end at different times")

    def holds(self, shown: time) -> bool:
        """Whether a clock that shows this is within."""
        if self.begins < self.ends:
            return self.begins <= shown < self.ends
        return shown >= self.begins or shown < self.ends

    def __str__(self) -> str:
        """As :meth:`parse` reads it."""
        return f"{_digits(self.begins)}-{_digits(self.ends)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """``2200-0700``; ValueError for anything else."""
        begins, ends = text.split("-")
        return cls(begins=read_digits(begins), ends=read_digits(ends))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When one reader gets what comes out; equal for all who share a set.

    ``at`` is the hour, None for at once; with a ``day`` (0 is Monday) it comes on that day of the week
    alone. ``zone`` is a name of tzdata; empty only where nothing depends on it. ``silent``: it rings never.
    ``on_topics``: an issue without anything for the reader does not come at all.
    ValueError for a day without an hour, for an hour without a zone, and for a name that cannot be one.
    """

    zone: str = ""
    at: time | None = None
    day: int | None = None
    quiet: Quiet | None = None
    silent: bool = False
    on_topics: bool = False

    def __post_init__(self) -> None:
        if self.day is not None and (self.at is None or not 0 <= self.day < DAYS_OF_A_WEEK):
            raise ValueError("a day is 0 (Monday) to 6 (Sunday), and has an hour")
        if not self.zone and self.waits:
            raise ValueError("an hour is one of a time zone")
        if "|" in self.zone or len(self.zone) > _LONGEST_ZONE:
            raise ValueError(f"no time zone: {self.zone!r}")

    @property
    def waits(self) -> bool:
        """Whether anything may have to wait for its hour."""
        return self.at is not None or self.quiet is not None

    def not_before(self, now: datetime) -> datetime | None:
        """The first moment at which what comes out ``now`` may go; None if that is at once.

        Whenever it is asked until then, it is the same moment.
        """
        moments = iter((now,)) if self.at is None else self._hours_from(now)
        moment = next(m for m in map(self._awake, moments) if m >= now)
        return moment if moment > now else None

    def is_quiet(self, now: datetime) -> bool:
        """Whether nothing may ring now."""
        return self.quiet is not None and self.quiet.holds(self._shown(now).time())

    def quiet_until(self, now: datetime) -> datetime:
        """When the quiet hours that are now end."""
        assert self.quiet is not None  # noqa: S101  # what is_quiet says
        ends = self._ends_from(now, self.quiet.ends)
        return next(moment for moment in ends if moment > now and not self.is_quiet(moment))

    def _awake(self, moment: datetime) -> datetime:
        """The moment, or where that is in quiet hours their end."""
        return self.quiet_until(moment) if self.is_quiet(moment) else moment

    def _hours_from(self, now: datetime) -> Iterator[datetime]:
        """The moments of the hour, from about now on: of a time that is there twice the first."""
        assert self.at is not None  # noqa: S101  # the caller's if
        for day in _days_from(self._shown(now).date()):
            if self.day is None or day.weekday() == self.day:
                yield from _moments(day, self.at, _zone(self.zone))[:1]

    def _ends_from(self, now: datetime, ends: time) -> Iterator[datetime]:
        for day in _days_from(self._shown(now).date()):
            yield from _moments(day, ends, _zone(self.zone))

    def _shown(self, now: datetime) -> datetime:
        return now.astimezone(_zone(self.zone))

    @property
    def signature(self) -> str:
        """The hours as one line of text, at most 53 bytes: equal for equal ones, empty where all is usual."""
        if self == ANY_TIME:
            return ""
        return "|".join(
            (
                self.zone,
                "" if self.at is None else _digits(self.at),
                "" if self.day is None else str(self.day),
                str(self.quiet or ""),
                _SILENT * self.silent + _ON_TOPICS * self.on_topics,
            )
        )

    @classmethod
    def parse(cls, signature: str) -> "Hours":
        """The hours that :attr:`signature` was made from; ValueError for anything else."""
        return _parsed(signature) if signature else ANY_TIME

    def in_zone(self, zone: str) -> Self:
        """The same by the clocks of another zone."""
        return replace(self, zone=zone)


#: At once, and loud.
ANY_TIME = Hours()


@lru_cache(maxsize=4096)
def _parsed(signature: str) -> Hours:
    zone, at, day, quiet, flags = signature.split("|")
    return Hours(
        zone=zone,
        at=read_digits(at) if at else None,
        day=int(day) if day else None,
        quiet=Quiet.parse(quiet) if quiet else None,
        silent=_SILENT in flags,
        on_topics=_ON_TOPICS in flags,
    )


def read_digits(text: str) -> time:
    """``0830`` as a time; ValueError for anything else."""
    if len(text) != len("0830") or not (text.isascii() and text.isdigit()):
        raise ValueError(f"no time of day: {text!r}")
    return time(int(text[:2]), int(text[2:]))


def _digits(at: time) -> str:
    return f"{at:%H%M}"


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    """The zone; UTC for one that this machine's tzdata does not know (any more)."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _days_from(day: date) -> Iterator[date]:
    """Every day, from the one before on: where clocks are put back over midnight it comes again."""
    day -= _DAY
    while True:
        yield day
        day += _DAY


def _moments(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When clocks show the time on that day, or jump over it; nothing where they jump over the day."""
    wanted = datetime.combine(day, at)
    first, *later = moments_of(wanted, zone)
    while _naive(first, zone) < wanted:  # the second before a jump into the next day
        first += _SECOND
    if _naive(first, zone) - wanted >= _NO_SUCH_DAY:
        return ()
    return (first.astimezone(UTC), *later)


def _naive(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
