"""The number of an issue, as people ask for it and as titles carry it: 第 300 期, #300, no. 300."""

import re
from typing import NamedTuple

from bot.words.clock_times import numeral

_SIGN = r"第|#|№|\b(?:no|nr|issue|number|vol|volume)\b\.?"
_ASKED = re.compile(
    r"(?:(?:请?(?:给我)?(?:看看?|读|发|要|打开|查看)(?:一?下)?|(?:show|send|give|open|read|get)(?: me)?)"
    r"\s*(?:the )?)?"
    rf"(?P<sign>{_SIGN})?[\s-]*(?:0*(?P<digits>\d{{1,6}})|(?P<chinese>[零〇一二两三四五六七八九十]{{1,3}}))"
    r"\s*(?P<behind>[期号])?(?:简报|周报)?",
    re.IGNORECASE,
)


class Asked(NamedTuple):
    """A number as somebody asks for it; ``surely`` if a word says that it is the number of an issue."""

    number: str
    surely: bool


def asked_number(words: str) -> Asked | None:
    """The number that all of the words ask for; None if they ask for none."""
    found = _ASKED.fullmatch(words.strip())
    if found is None:
        return None
    surely = bool(found["sign"] or found["behind"] == "期")
    if found["digits"]:
        return Asked(found["digits"], surely)
    number = numeral(found["chinese"])
    return Asked(str(number), surely) if surely and number > 0 else None


def carries(title: str, number: str) -> bool:
    """Whether a title says that it is the issue of that number."""
    return any(re.search(pattern, title, re.IGNORECASE) for pattern in _told(number))


def _told(number: str) -> tuple[str, str]:
    return rf"(?:{_SIGN})\s*0*{number}(?!\d|\.\d)", rf"(?<![\d.])0*{number}\s*期"
