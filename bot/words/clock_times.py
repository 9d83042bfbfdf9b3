"""What people type for a time of day, a day of the week, and for at once: 8:30, 晚上八点半, Friday 8 pm."""

import re
from datetime import time
from typing import NamedTuple

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER = r"\d{1,2}|[零〇一二两三四五六七八九十]{1,3}"
_MORNING = r"凌晨|清晨|清早|早晨|早上|早|上午|in the morning|morning|a\.?m\.?"
_NOON = r"中午|正午"
_EVENING = (
    r"下午|午后|傍晚|晚上|晚间|晚|夜里|夜晚|夜间|in the (?:afternoon|evening)|afternoon|evening|p\.?m\.?"
)
_NIGHT = r"半夜|午夜|深夜|at night"
_PART = rf"{_MORNING}|{_NOON}|{_EVENING}|{_NIGHT}"
_TIME = re.compile(
    rf"(?:at\s+)?(?P<before>{_PART})?\s*(?P<hour>{_NUMBER})"
    rf"(?:\s*(?:[:：.hH点點时時]|o'?clock)\s*(?:(?P<half>半)|(?P<quarters>[一三])刻|(?P<minute>{_NUMBER})分?|[整钟鐘])?)?"
    rf"\s*(?P<after>{_PART})?",
    re.IGNORECASE,
)
_NAMED = {"noon": time(12), "正午": time(12), "中午": time(12), "midnight": time(0), "午夜": time(0)}
_CHINESE_DAYS = "一二三四五六日"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(
    r"(?:每个?|逢)?(?:周|週|星期|礼拜|禮拜)(?P<chinese>[一二三四五六日天])|(?:(?:on|every|each)\s+)?"
    r"(?P<english>mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b",
    re.IGNORECASE,
)
_DAILY = re.compile(r"(?:每天|每日|天天|every day|daily)\s*", re.IGNORECASE)
_AT_ONCE = frozenset(
    "off none now immediately anytime 关 关闭 关掉 取消 立刻 立即 马上 随时 即时".split()  # noqa: SIM905  # easier to read
) | {"at once", "any time", "as soon as possible"}


class Wished(NamedTuple):
    """A time of day, and the day of the week if one was named, from 0 for Monday; or that it is every day."""

    at: time
    day: int | None = None
    daily: bool = False


def time_of_day(words: str) -> time | None:
    """The time that all of the words name; None if they name none. 24:00 is midnight."""
    words = words.strip()
    if named := _NAMED.get(words.lower()):
        return named
    found = _TIME.fullmatch(words)
    if found is None or (found["before"] and found["after"]):
        return None
    hour, minute = _number(found["hour"]), _minutes(found)
    part = found["before"] or found["after"]
    if part:
        hour = _in_part(hour, part)
    if (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if 0 <= hour < 24 and minute < 60 else None  # of a clock


def wished(words: str) -> Wished | None:
    """A time of day, with a day of the week before or behind it, or "every day"; None if it is none."""
    daily = _DAILY.search(words)
    day = None if daily else _DAY.search(words)
    named = daily or day
    rest = f"{words[: named.start()]} {words[named.end() :]}" if named else words
    at = time_of_day(rest.strip(" ,，的"))
    return None if at is None else Wished(at, _weekday(day) if day else None, daily is not None)


def means_at_once(words: str) -> bool:
    """Whether the words wish for no hour at all."""
    return words.strip().lower() in _AT_ONCE


def _minutes(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarters"]:
        return 15 * _DIGITS[found["quarters"]]
    return _number(found["minute"]) if found["minute"] else 0


def _in_part(hour: int, part: str) -> int:
    """The hour of a clock with 24, if it is one of half a day; an hour after noon stays as it is."""
    if hour > 12 or hour == 0:
        return hour
    if re.fullmatch(_MORNING, part, re.IGNORECASE):
        return hour % 12
    if re.fullmatch(_NOON, part, re.IGNORECASE):
        return hour + 12 if hour < 4 else hour
    if re.fullmatch(_NIGHT, part, re.IGNORECASE):
        return hour % 12 if hour < 6 or hour == 12 else hour + 12
    is_midnight = hour == 12 and part[0] in "晚夜"
    return 0 if is_midnight else hour % 12 + 12


def _number(words: str) -> int:
    """What digits or Chinese numerals below 100 say; -1 for numerals that say nothing."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[char]) for char in ones)) if len(ones) <= 2 else -1
    if not (tens in _DIGITS or tens == "") or len(ones) > 1:
        return -1
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _weekday(found: re.Match[str]) -> int:
    if found["chinese"]:
        return _CHINESE_DAYS.index(found["chinese"].replace("天", "日"))
    return _ENGLISH_DAYS.index(found["english"][:3].lower())
