"""How far clocks are from UTC, as people type it: UTC+8, GMT-3, +0530, 东八区."""

import re
from datetime import timedelta

_HOURS = r"\d{1,2}"
#: Finds one in plain words. A sign alone is one with a plus, or where nothing else is said: 22 -7 is a span.
OFFSET = re.compile(
    rf"(?<![/\w])(?:utc|gmt)\s?(?P<sign>[+-])\s?(?P<hours>{_HOURS})(?::?(?P<minutes>\d\d))?(?![\d:])"
    rf"|(?:^|(?<=\s))(?P<alone>\+|^-(?=\d\d?:?(?:\d\d)?$))(?P<hours_alone>{_HOURS})(?::?(?P<minutes_alone>\d\d))?(?![\d:])"
    r"|(?P<side>[东西])(?P<number>[一二三四五六七八九]|十[一二]?|\d{1,2})时?区"
)
_NUMBERS = {char: value for value, char in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_OF_PLACES = (timedelta(hours=-12), timedelta(hours=14))
_STEP = timedelta(minutes=15)


def offset(found: re.Match[str]) -> timedelta:
    """What was found, as a difference from UTC, positive in the east."""
    if side := found["side"]:
        number = found["number"]
        hours = timedelta(hours=_NUMBERS.get(number) or int(number))
        return hours if side == "东" else -hours
    sign = found["sign"] or found["alone"]
    away = timedelta(
        hours=int(found["hours"] or found["hours_alone"]),
        minutes=int(found["minutes"] or found["minutes_alone"] or 0),
    )
    return away if sign == "+" else -away


def places_have(away: timedelta) -> bool:
    """Whether clocks anywhere may be so far from UTC."""
    first, last = _OF_PLACES
    return first <= away <= last and not away % _STEP
