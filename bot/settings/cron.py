"""Cron lines, checked when the configuration is read."""

import re

from bot.words.english import SHORT_MONTHS


def _numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
#: The five fields: what each is called and what may stand in it, in order. Kinds do not mix.
_FIELDS: tuple[tuple[str, tuple[list[str], ...]], ...] = (
    ("minute", (_numbers(0, 59),)),
    ("hour", (_numbers(0, 23),)),
    ("day", (_numbers(1, 31),)),
    ("month", (_numbers(1, 12), list(SHORT_MONTHS))),
    ("weekday", (_WEEKDAYS,)),
)
#: ``*``, one value or a range of them, and perhaps every how many.
_PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>0*[1-9][0-9]?))?")


def cron_line(line: str) -> str:
    """The line itself. Raises ValueError if it is invalid.

    Weekdays are written as names, because programs disagree whether 1 is Monday or Tuesday. A range
    goes from the lower to the higher value, and names have no step: the scheduler allows none.
    """
    fields = line.lower().split()
    if len(fields) != len(_FIELDS):
        raise ValueError("a cron line needs five fields: minute hour day month weekday")
    for field, (name, kinds) in zip(fields, _FIELDS, strict=True):
        for part in field.split(","):
            if not any(_fits(part, values) for values in kinds):
                allowed = " or ".join(f"{values[0]}-{values[-1]}" for values in kinds)
                raise ValueError(f"invalid {name} field {part!r}: use {allowed}, ranges low-high, or *")
    return line


def _fits(part: str, values: list[str]) -> bool:
    found = _PART.fullmatch(part)
    if found is None:
        return False
    ends = [value.lstrip("0") or "0" for value in found.group("first", "last") if value]
    step = int(found["step"] or 0)
    if any(end not in values for end in ends) or (step and ends and ends[0].isalpha()):
        return False
    begin = values.index(ends[0]) if ends else 0
    to_the_last = not ends or (step and len(ends) == 1)
    end = len(values) - 1 if to_the_last else values.index(ends[-1])
    return begin <= end and step <= end - begin
