"""Which scripts have blanks between their words, and which run on."""

import unicodedata
from functools import cache

#: Han, Kana, Bopomofo, Hangul, and the scripts of South-East Asia and Tibet: ranges for a regular expression.
RUN_ON = (
    "\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3040-\u312f\u3130-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U000323af"
)
_RANGES = tuple(
    (ord(RUN_ON[place - 1]), ord(RUN_ON[place + 1])) for place, char in enumerate(RUN_ON) if char == "-"
)


@cache  # there are only so many characters, and each is asked for often
def runs_on(char: str) -> bool:
    """Whether it is of a script whose words stand without blanks between them."""
    return any(first <= ord(char) <= last for first, last in _RANGES)


@cache
def in_word(char: str) -> bool:
    """Whether it is a letter, mark or digit of a script whose words stand alone."""
    return unicodedata.category(char)[0] in "LMN" and not runs_on(char)
