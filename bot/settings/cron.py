"""Cron lines, checked when the configuration is read."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Self

from bot.words.english import MONTHS, SHORT_MONTHS

Values = tuple[str, ...]


def _numbers(first: int, last: int) -> Values:
    return tuple(str(number) for number in range(first, last + 1))


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = 24
#: The five fields: what each is called and what may stand in it, in order. Kinds do not mix.
_FIELDS: tuple[tuple[str, tuple[Values, ...]], ...] = (
    ("minute", (_numbers(0, 59),)),
    ("hour", (_numbers(0, 23),)),
    ("day", (_numbers(1, 31),)),
    ("month", (_numbers(1, 12), SHORT_MONTHS)),
    ("weekday", (_WEEKDAYS,)),
)
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: ``*``, one value or a range of them, and perhaps every how many.
_PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>0*[1-9][0-9]?))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CronLine:
    """What a cron line names; a day must be one of its ``days`` and of its ``weekdays``, Monday is 0."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]

    @classmethod
    def of(cls, line: str) -> Self:
        """What a line means. Raises ValueError if it is invalid, or its moment never comes.

        Weekdays are written as names, because programs disagree whether 1 is Monday or Tuesday. A range
        goes from the lower to the higher value, and names have no step.
        """
        fields = line.lower().split()
        if len(fields) != len(_FIELDS):
            raise ValueError("a cron line needs five fields: minute hour day month weekday")
        places = [_places(field, *known) for field, known in zip(fields, _FIELDS, strict=True)]
        minutes, hours, days, months, weekdays = places
        if not any(day < _LONGEST_MONTHS[month] for day, month in product(days, months)):
            never = f"{MONTHS[min(months)]} has no day {min(days) + 1}"
            raise ValueError(f"its moment never comes: {never}")
        return cls(
            minutes=minutes,
            hours=hours,
            days=frozenset(day + 1 for day in days),
            months=frozenset(month + 1 for month in months),
            weekdays=weekdays,
        )

    @property
    def every_hour(self) -> bool:
        """Whether it names each hour of a day."""
        return len(self.hours) == _HOURS

    def names(self, day: date) -> bool:
        """Whether it has moments on this day."""
        return day.month in self.months and day.day in self.days and day.weekday() in self.weekdays


def cron_line(line: str) -> str:
    """The line itself. Raises ValueError as :meth:`CronLine.of` does."""
    CronLine.of(line)
    return line


def _places(field: str, name: str, kinds: tuple[Values, ...]) -> frozenset[int]:
    """Which of the values of a field are meant, counted from 0. Raises ValueError if it is invalid."""
    meant: set[int] = set()
    for part in field.split(","):
        found = next((one for values in kinds if (one := _range(part, values))), None)
        if not found:
            allowed = " or ".join(f"{values[0]}-{values[-1]}" for values in kinds)
            raise ValueError(f"invalid {name} field {part!r}: use {allowed}, ranges low-high, or *")
        meant.update(found)
    return frozenset(meant)


def _range(part: str, values: Values) -> range | None:
    """The places of the values that a part of a field means; None if it is invalid."""
    found = _PART.fullmatch(part)
    if found is None:
        return None
    ends = [value.lstrip("0") or "0" for value in found.group("first", "last") if value]
    step = int(found["step"] or 0)
    if any(end not in values for end in ends) or (step and ends and ends[0].isalpha()):
        return None
    begin = values.index(ends[0]) if ends else 0
    to_the_last = not ends or (step and len(ends) == 1)
    end = len(values) - 1 if to_the_last else values.index(ends[-1])
    return range(begin, end + 1, step or 1) if begin <= end and step <= end - begin else None
