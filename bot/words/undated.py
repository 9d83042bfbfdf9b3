"""A text without dates that are known, however the text writes them."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from bot.words.english import MONTHS, SHORT_MONTHS

#: Stands where the date stood.
_PLACE = "\N{SYMBOL FOR NULL}"


def undated(text: str, days: Iterable[date | None]) -> str:
    """The text with a mark in place of each of these days: 2026-03-02, 20260302, 3月2日, 03-02, 2 Mar."""
    for day in filter(None, days):
        if str(day.day) in text:  # most texts hold no day, and are many
            text = _forms(day).sub(_PLACE, text)
    return text


@cache
def _forms(day: date) -> re.Pattern[str]:
    year, month, number = f"(?:{day.year}|{day.year % 100:02})", f"0?{day.month}", f"0?{day.day}"
    name = f"(?:{MONTHS[day.month - 1]}|{SHORT_MONTHS[day.month - 1]})[.]?"
    mark, ordinal = r"[-/._ ]", "(?:st|nd|rd|th)?"
    forms = (
        rf"(?:{year}{mark})?{month}{mark}{number}",
        rf"(?:{year} ?年 ?)?{month} ?月 ?{number} ?日?",
        rf"{year}?{day:%m%d}",
        rf"{number}{mark}{month}(?:{mark}{year})?",
        rf"(?:{year}{mark})?(?<![a-z]){name}{mark}{number}{ordinal}(?:,?{mark}{day.year})?",
        rf"{number}{ordinal}{mark}?{name}(?![a-z])(?:,?{mark}?{day.year})?",
    )
    return re.compile(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)", re.IGNORECASE)
