"""The days of the week, in plain words: mon, tues, Friday, 周三, 星期天."""

import re
from difflib import get_close_matches

CHINESE_DAY = "(?:周|星期|礼拜)(?P<chinese>[一二三四五六日天])"
ENGLISH_DAY = r"\b(?P<english>mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b\.?"
WEEKDAY = re.compile(f"{CHINESE_DAY}|{ENGLISH_DAY}")

_CHINESE = "一二三四五六日"
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALIKE = 0.8  #: as difflib counts
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday_number(found: re.Match[str]) -> int:
    """Which day a match of either says; Monday is 0."""
    if found["chinese"]:
        return _CHINESE.index(found["chinese"].replace("天", "日"))
    return _ENGLISH.index(found["english"][:3].lower())


def meant_weekday(words: str) -> int | None:
    """The day whose English name one of the words is with a slip; Monday is 0."""
    near = (get_close_matches(word, _NAMES, n=1, cutoff=_ALIKE) for word in re.findall("[a-z]+", words))
    return next((_NAMES.index(names[0]) for names in near if names), None)
