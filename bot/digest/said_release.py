"""Whether an issue is a draft, and the moment at which it is to go out, as its front matter says."""

import json
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import chain

from bot.digest.parsing.front_matter import FrontMatter, split_front_matter
from bot.digest.parsing.notes import Notes
from bot.digest.profile import Profile
from bot.digest.said_clocks import with_clocks
from bot.digest.said_conflicts import conflicts
from bot.digest.said_marks import marks
from bot.digest.said_moments import Clock, SaidMoment, said_moment, says_hour
from bot.model import Release
from bot.words.release_words import NO, NOTHING, READY, SCHEDULED, UNREADY, YES, state

_REMARK = re.compile(r"\s+#.*$")
_BARE_HOUR = re.compile(r"\d{1,4}")
_DIGIT = re.compile(r"\d")
_MARKED = "what one writes of an issue that is not to be sent"
_TORN = "the mark of a merge that nobody has finished"
_EXAMPLE = "write 2026-03-02 08:30, perhaps with a zone such as +08:00 or Asia/Shanghai behind it"


def said_release(text: str, profile: Profile, clock: Clock, *, day: date | None) -> Release:
    """What an issue of this text and ``day`` says.

    A date of the front matter with a time is the moment if it is of that day; midnight is no time.
    """
    front, below = split_front_matter(text, profile.front_matter, Notes())
    draft = next((f"{key}: {value}" for key, value, says_draft in _flags(front) if says_draft), None)
    unclear = (f"its front matter says {one}" for one in _unclear(front, clock, day))
    marked = (f"{one.place} says {one.words}, which is {_MARKED}" for one in marks(front, below))
    torn = (f"it holds {words}, which is {_TORN}" for _, words in conflicts(text))
    at = _named_moment(front, clock, day)
    if draft is None and at is None:
        draft = next((f"{key}: {value}" for key, value in _states(front, SCHEDULED)), None)
    return Release(draft=draft, at=at, doubt=next(chain(unclear, marked, torn), None))


def is_draft(text: str, profile: Profile) -> bool:
    """Whether an issue of this text is a draft, whatever day it is of."""
    return said_release(text, profile, Clock(zone=UTC), day=None).draft is not None


def _named_moment(front: FrontMatter, clock: Clock, day: date | None) -> datetime | None:
    """The moment that it names for its issue; else a later day than the issue's that a tool noted.

    Of several the last: to wait can be mended.
    """
    hours = _values(front, front.habit.hour)
    if named := _values(front, front.habit.publish_at):
        said = (said_moment(value, clock, day) for value in with_clocks(named, hours, clock))
        return max((one.at for one in said if one), default=None)
    return max((*_noted(front, clock, day), *_of_date(front, clock, day)), default=None)


def _noted(front: FrontMatter, clock: Clock, day: date | None) -> Iterator[datetime]:
    """The moments that a tool noted and that are still to come: on a later day than the issue's, or in it.

    Where its state says that it is scheduled, any of them.
    """
    scheduled = any(_states(front, SCHEDULED))
    values = _values(front, (*front.habit.published_at, *front.habit.published, *front.habit.hour))
    for value in with_clocks(values, (), clock):
        if said := said_moment(value, clock, day):
            own = said.at.astimezone(clock.zone).date()
            if scheduled or day is None or own > day or (own == day and _is_of_an_hour(said)):
                yield said.at


def unclear_lines(
    text: str, profile: Profile, clock: Clock, *, day: date | None
) -> Iterator[tuple[int, str]]:
    """The lines that leave either in doubt, and what they say."""
    front, below = split_front_matter(text, profile.front_matter, Notes())
    for one in _unclear(front, clock, day):
        yield _line_of(one, front.lines), str(one)
    for mark in marks(front, below):
        yield mark.line, f"{mark.words}, which is {_MARKED}"
    for line, words in conflicts(text):
        yield line, f"{words}, which is {_TORN}"


@dataclass(frozen=True, slots=True)
class _Unclear:
    key: str
    value: str
    why: str

    def __str__(self) -> str:
        return f"{self.key}: {self.value}, which is {self.why}"


def _line_of(one: _Unclear, lines: Sequence[str]) -> int:
    """The line of the value as it is written, else of its key."""
    values = (number for number, line in enumerate(lines, start=1) if one.value in line)
    keys = (number for number, line in enumerate(lines, start=1) if one.key in line.casefold())
    return next(chain(values, keys), 1)


def _unclear(front: FrontMatter, clock: Clock, day: date | None) -> Iterator[_Unclear]:
    for key, value, says_draft in _flags(front):
        if says_draft is None:
            yield _Unclear(key, value, "neither true nor false")
    for key, value in _given(front, front.habit.status):
        if state(value) not in NOTHING | UNREADY | SCHEDULED | READY:
            yield _Unclear(key, value, "no state that is known")
    moments = _named(front, (*front.habit.publish_at, *front.habit.published_at))
    for key, value in (*moments, *_dated(front), *_hours(front), *_dates_with_hours(front, clock)):
        if said_moment(value, clock, day) is None:
            yield _Unclear(key, value, f"no time; {_EXAMPLE}")
    for key, given in front.given_below(front.habit.publish_at):
        if (value := _text(given)).casefold() not in NOTHING:
            yield _Unclear(key, value, "below another key, where it is not read; move it to the margin")


def _given(front: FrontMatter, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The values as text, without a remark behind; what is more than one is JSON, and never understood."""
    for key, value in front.given(tuple(keys)):
        if value is not None:
            yield key, _text(value)


def _text(value: object) -> str:
    if isinstance(value, list) and len(value) == 1:
        return _text(value[0])
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str) if value else ""
    return _REMARK.sub("", str(value)).strip().strip("\"'")


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


def _values(front: FrontMatter, keys: Sequence[str]) -> Sequence[str]:
    return [value for _, value in _named(front, keys)]


def _hours(front: FrontMatter) -> Iterator[tuple[str, str]]:
    """Keys that say an hour, and not how long something takes."""
    for key, value in _named(front, front.habit.hour):
        if says_hour(value) or _BARE_HOUR.fullmatch(value):
            yield key, value


def _dated(front: FrontMatter) -> Iterator[tuple[str, str]]:
    """Keys that say that it is published, beside which stands when."""
    for key, value in _named(front, front.habit.published):
        if value.casefold() not in YES | NO and _DIGIT.search(value):
            yield key, value


def _dates_with_hours(front: FrontMatter, clock: Clock) -> Iterator[tuple[str, str]]:
    """The date of the issue, if what it says of the hour counts."""
    for key, value in _given(front, front.habit.date):
        is_of_issue = value and front.date and (value in front.date or front.date in value)
        if clock.dates_count and is_of_issue and says_hour(value):
            yield key, value


def _of_date(front: FrontMatter, clock: Clock, day: date | None) -> Iterator[datetime]:
    said = said_moment(_REMARK.sub("", front.date), clock)
    if said and clock.dates_count and _is_of_an_hour(said) and said.shown.date() == day:
        yield said.at


def _is_of_an_hour(said: SaidMoment) -> bool:
    """Whether an hour is said that was meant: midnight is what tools write for none."""
    return said.timed and said.shown.time() != time()
