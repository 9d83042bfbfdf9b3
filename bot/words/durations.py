"""How long something takes, in words: seconds under two minutes, then in whole minutes, hours and days."""

from typing import NamedTuple


class Units(NamedTuple):
    """The names of the units, as they stand behind a number."""

    second: str
    minute: str
    hour: str
    day: str


ENGLISH = Units(second=" s", minute=" min", hour=" h", day=" d")
CHINESE = Units(second=" 秒", minute=" 分钟", hour=" 小时", day=" 天")


def duration(seconds: float, units: Units = ENGLISH) -> str:
    """As in "74 s", "12 min", "2 h 5 min" or "3 d 1 h", to the nearest of the last unit."""
    whole, minutes, hours = (round(max(0.0, seconds) / of) for of in (1, 60, 3600))
    if whole < 120:
        return f"{whole}{units.second}"
    if minutes < 120:
        return f"{minutes}{units.minute}"
    if hours < 48:
        return f"{minutes // 60}{units.hour} {minutes % 60}{units.minute}"
    return f"{hours // 24}{units.day} {hours % 24}{units.hour}"
