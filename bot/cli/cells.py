"""What a cell of a table says, however a spreadsheet, another program or a person wrote it.

What can be meant in two ways, or has lost digits, is refused. Raises BadInput by column.
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache

from bot.errors import BadInput
from bot.model import LANGUAGES, Language
from bot.model.spoken import language_of

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES = "\u2018\u2019\u02bc\u2032"
_ALIKE = {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_APOSTROPHES, "'")}
_FORMULA = re.compile(r'=\s*"(.*)"', re.DOTALL)
_QUOTES = "\"'“”"

_LONGEST = 99  # characters of a number
_DIGITS = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(
    r"""(?:=\s?)?(?P<sign>[+-]?)\s?
    (?P<whole>\d+ | \d{1,3}(?P<by>[\s',.])\d{3}(?:(?P=by)\d{3})*)
    (?:(?!(?P=by))[.,]0*)?""",
    re.VERBOSE,
)
_SHORTENED = (
    "was shortened by a spreadsheet, and digits are lost; format the column there as a number without"
    " decimals or as text, and save it again"
)
_NO_NUMBERS = (
    (
        re.compile(r"[+-]?\d(?:[.,]\d*)?\s?E\s?[+-]?\d+", re.IGNORECASE),
        _SHORTENED,
    ),
    (re.compile(r"[+-]?\d+[.,]\d+"), "is not a whole number"),
)
_DOUBTFUL = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")

_WORDS = {
    **dict.fromkeys(("chinese", "中文", "汉语", "漢語"), "zh"),
    **dict.fromkeys(("english", "英文", "英语", "英語"), "en"),
    **dict.fromkeys(("simplified", "chs", "简体"), "hans"),
    **dict.fromkeys(("traditional", "cht", "繁体", "繁體", "正體"), "hant"),
    "简中": "zh-hans",
    "繁中": "zh-hant",
    "united states": "us",
    "united kingdom": "gb",
    "美国": "us",
    "美國": "us",
    "英国": "gb",
    "英國": "gb",
    **dict.fromkeys(("china", "中国", "大陆"), "cn"),
    **dict.fromkeys(("taiwan", "台湾", "台灣", "臺灣"), "tw"),
    **dict.fromkeys(("hong kong", "香港"), "hk"),
    **dict.fromkeys(("macau", "macao", "澳门", "澳門"), "mo"),
}
_WORD = re.compile("|".join(_WORDS))
_BEFORE = ("zh", "zho", "chi", "cmn", "en", "eng", "latn", "hans", "hant")  # the place, in a tag
_PLACE = "(?:-(?!zh|en)(?:[a-z]{2}|[0-9]{3}))?"
_CHINESE = re.compile(rf"(?:(?:zh|zho|chi|cmn)(?:-cmn)?|(?=han))(?P<rest>(?:-?han[st])?{_PLACE})")
_ENGLISH = re.compile(rf"(?:en|eng)(?:-latn)?{_PLACE}")
_NEAR: dict[str, Language] = {**{one.casefold(): one for one in LANGUAGES}, "english": "en", "chinese": "zh"}


def plain(text: str) -> str:
    """The text without blanks around it, of usual width and signs, and without what cannot be seen."""
    return (text if text.isascii() else "".join(map(_plain_character, text))).strip()


@lru_cache(1024)
def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character in _ALIKE:
        return _ALIKE.get(character, "")
    # A raised 2 is a footnote, and no digit of an id.
    return character if category == "No" else unicodedata.normalize("NFKC", character)


def unwrapped(text: str) -> str:
    """The text without what keeps a spreadsheet from changing it: ="text", or an apostrophe before it."""
    text = text.strip()
    if found := _FORMULA.fullmatch(text):
        return found[1]
    return text[1:] if text.startswith("'") and text.count("'") == 1 else text


def integer(text: str, column: str) -> int:
    """The whole number: digits may stand in groups of three, and nothing but zeros behind a decimal sign."""
    if _DIGITS.fullmatch(text):
        return int(text)
    written = unwrapped(plain(text)).strip(_QUOTES).strip()
    found = _NUMBER.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        reasons = (reason for pattern, reason in _NO_NUMBERS if pattern.fullmatch(written))
        raise BadInput(f"{text.strip()!r} {next(reasons, 'is not a number')}", where=column)
    if _DOUBTFUL.fullmatch(written):
        without = re.sub("[.,]", "", written)
        reason = f"may be {without} or a decimal fraction; write it without {', or .'}"
        raise BadInput(f"{text.strip()!r} {reason}", where=column)
    return int(found["sign"] + re.sub(r"\D", "", found["whole"]))


def language(text: str) -> Language:
    """The language of a code, a locale or a name such as ``zh_TW``, ``en_GB.UTF-8`` or ``繁體中文``."""
    tag = _tag(text)
    if not tag:
        return LANGUAGES[0]
    if found := _CHINESE.fullmatch(tag):
        return language_of(f"zh-{found['rest']}")
    if _ENGLISH.fullmatch(tag):
        return "en"
    near = get_close_matches(tag, _NEAR, 1)
    meant = f"; is {_NEAR[near[0]]} meant?" if near else ""
    raise BadInput(f"{text.strip()!r} is not one of {', '.join(LANGUAGES)}{meant}", where="language")


def _tag(text: str) -> str:
    """The subtags that the words stand for: that of the language first, then the script, then the place."""
    words, *_ = re.split("[.@]", unwrapped(plain(text)).casefold())
    subtags = re.findall(r"[^\W_]+", _WORD.sub(lambda found: f" {_WORDS[found[0]]} ", words))
    places = len(_BEFORE)
    return "-".join(sorted(subtags, key=lambda one: _BEFORE.index(one) if one in _BEFORE else places))
