"""Dates and numbers in a text, as an editor says where they stand: ``{year}.{month}.{day}``."""

import re
from collections.abc import Callable, Mapping

from bot.words.eras import ERA_YEAR
from bot.words.months import MONTH_NAME

PLACEHOLDER = re.compile(r"\{(year|short_year|era_year|month|day|number|month_name)\}")

#: What stands for each: alone, and right beside another, where only its length parts them.
_DIGITS = {
    "year": (r"\d{4}", r"\d{4}"),
    "short_year": (r"\d\d", r"\d\d"),
    "month": (r"\d{1,2}", r"\d\d"),
    "day": (r"\d{1,2}", r"\d\d"),
    "number": (r"\d+", r"\d+"),
}
#: What a placeholder says, where its name says how.
_GROUPS = {"month_name": "month", "short_year": "year", "era_year": "year"}
_WORDED = {"month_name": MONTH_NAME, "era_year": ERA_YEAR}
_ORDINAL = r"(?:(?:st|nd|rd|th|er)\b|º)?"
#: Marks that editors and their programs write for one another.
_SAME = {
    "-": "[-‐-―−－~～〜至]",
    "(": "[(（]",
    ")": "[)）]",
    ",": "[,，]",
    ".": "[.．]",
    "/": "[/／]",
}  # they look alike, that is why
_UNITS = "年月日号년월일"  # blanks beside them make no difference


def has_placeholder(written: str) -> bool:
    """Whether a date or a number has a place in it."""
    return PLACEHOLDER.search(written) is not None


def regex_of(template: str, literal: Callable[[str], str]) -> str:
    """A regular expression with groups ``year``, ``month``, ``day`` and ``number`` for a template.

    ``literal`` makes one of what stands between placeholders. Of a placeholder that stands twice,
    as in a range of days, the last counts.
    """
    pieces = PLACEHOLDER.split(template)  # text, name, text, name, …, text
    texts, names = pieces[::2], pieces[1::2]
    groups = [_GROUPS.get(name, name) for name in names]
    parts = [literal(texts[0])]
    for place, name in enumerate(names):
        before, behind = names[:place][-1:], names[place + 1 :][:1]
        glued = (
            not texts[place] and bool(before) and before[0] in _DIGITS,
            not texts[place + 1] and bool(behind) and behind[0] in _DIGITS,
        )
        opening = "(?:" if groups[place] in groups[place + 1 :] else f"(?P<{groups[place]}>"
        parts += [_placed(name, opening, glued), literal(texts[place + 1])]
    return "".join(parts)


def as_text(literal: str) -> str:
    """What stands between placeholders in a text: blanks are any blanks, a dash is any dash."""
    return "".join(_character(char) for char in re.sub(r"\s+", " ", literal))


def filled(template: str, values: Mapping[str, str]) -> str | None:
    """The template with values in place of ``{name}``; None if one of them is not known."""
    names = re.findall(r"\{(\w+)\}", template)
    if not all(values.get(name) for name in names):
        return None
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], template)


def _placed(name: str, opening: str, glued: tuple[bool, bool]) -> str:
    """A placeholder's group; ``glued`` says whether other digits stand right before and behind it."""
    if name in _WORDED:
        return f"{opening}{_WORDED[name]})"
    before, behind = glued
    ordinal = _ORDINAL if name == "day" and not behind else ""
    start, end = "" if before else "(?<![0-9])", "" if behind else "(?![0-9])"
    return f"{start}{opening}{_DIGITS[name][before or behind]}){end}{ordinal}"


def _character(char: str) -> str:
    if char == " ":
        return r"\s+"
    return rf"\s*{char}\s*" if char in _UNITS else _SAME.get(char, re.escape(char))
