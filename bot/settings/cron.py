"""Cron lines, looked at before anything runs by them."""

import re

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
#: The five fields: what each is called and what may stand in it.
_FIELDS: tuple[tuple[str, list[str]], ...] = (
    ("minute", [str(number) for number in range(60)]),
    ("hour", [str(number) for number in range(24)]),
    ("day", [str(number) for number in range(1, 32)]),
    ("month", [*(str(number) for number in range(1, 13)), *_MONTHS]),
    ("weekday", _WEEKDAYS),
)
#: ``*``, one value or a range of them, and perhaps every how many.
_PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/0*[1-9]\d*)?")


def cron_line(line: str) -> str:
    """The line itself; ValueError says what is wrong with it.

    Weekdays are written as names: whether 1 is Monday or Tuesday, programs do not agree.
    """
    fields = line.lower().split()
    if len(fields) != len(_FIELDS):
        raise ValueError("a cron line has five fields: minute hour day month weekday")
    for field, (name, allowed) in zip(fields, _FIELDS, strict=True):
        for part in field.split(","):
            if not _fits(part, allowed):
                raise ValueError(f"{part!r} is no {name}; write {allowed[0]} to {allowed[-1]}, or *")
    return line


def _fits(part: str, allowed: list[str]) -> bool:
    found = _PART.fullmatch(part)
    values = [value.lstrip("0") or "0" for value in found.groups() if value] if found else [""]
    return all(value in allowed for value in values)
