"""Another day and number where a text has those of an earlier issue, written as they are there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.digest.parsing.dates import day_of
from bot.words.english import MONTHS, SHORT_MONTHS

_DATE_GROUPS = ("year", "month", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What tells an issue from the others: its day, its number, or both."""

    day: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """Finds the stamp ``old`` in texts by ``patterns`` of dates, and writes ``new`` in its place.

    ``padded``: a month or a day below ten has a nought before it, where the text does not show whether.
    """

    old: Stamp
    new: Stamp
    patterns: Sequence[re.Pattern[str]]
    padded: bool = True

    def renewed(self, text: str) -> str:
        """The text with the new stamp wherever the old one stands."""
        pieces, at = [], 0
        for start, end, written in self._places(text):
            pieces += [text[at:start], written]
            at = end
        return "".join((*pieces, text[at:]))

    def _places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where it stands, in order, and what is to stand there."""
        dates = self._dates(text)
        taken = [(start, end) for start, end, _ in dates]
        numbers = [
            one
            for one in self._numbers(text)
            if not any(one[0] < end and start < one[1] for start, end in taken)
        ]
        yield from sorted(dates + numbers)

    def _dates(self, text: str) -> list[tuple[int, int, str]]:
        found: dict[int, tuple[int, int, str]] = {}
        for pattern in self.patterns if self.old.day and self.new.day else ():
            for match in pattern.finditer(text):
                if self._is_old(match):
                    found |= {one[0]: one for one in self._groups(match, self.new.day or date.min)}
        return list(found.values())

    def _is_old(self, match: re.Match[str]) -> bool:
        day, old = day_of(match), self.old.day
        if day is None or old is None:
            return False
        return day.date == old if day.known else (day.date.year, day.date.month) == (old.year, old.month)

    def _groups(self, match: re.Match[str], day: date) -> Iterator[tuple[int, int, str]]:
        for name in _DATE_GROUPS:
            written = match.groupdict().get(name)
            if written:
                start, end = match.span(name)
                yield start, end, self._written(name, written, day)

    def _written(self, name: str, old: str, day: date) -> str:
        if name == "year":
            return str(day.year)[-len(old) :]
        if not old.isdecimal():
            return _month_name(old, day)
        value = day.month if name == "month" else day.day
        pads = len(old) > 1 and (old.startswith("0") or self.padded)
        return f"{value:02}" if pads else str(value)

    def _numbers(self, text: str) -> list[tuple[int, int, str]]:
        if self.old.number is None or self.new.number is None:
            return []
        return [
            (found.start(), found.end(), str(self.new.number).zfill(len(found[0])))
            for found in re.finditer(rf"(?<![\d.])0*{self.old.number}(?!\d|\.\d)", text)
        ]


def number_of(titles: Sequence[str], day: date | None) -> int | None:
    """The number of the last title, if it is one more than what stands in its place in the title before.

    A part of the ``day`` is none.
    """
    if len(titles) < len(("before", "last")):
        return None
    before, last = (list(map(int, re.findall(r"\d+", title))) for title in titles[-2:])
    found = [number for old, number in zip(before, last, strict=False) if number == old + 1]
    of_the_day = (day.year, day.month, day.day) if day else ()
    return found[0] if len(found) == 1 and found[0] not in of_the_day else None


def _month_name(old: str, day: date) -> str:
    """An English name as long as the old one; of another language it stays, for its editor to correct."""
    mark = "." if old.endswith(".") else ""
    bare = old.removesuffix(".")
    names = MONTHS if bare.casefold() in map(str.casefold, MONTHS) else SHORT_MONTHS
    if bare.casefold() not in map(str.casefold, names):
        return old
    name = names[day.month - 1] + mark
    return name.upper() if bare.isupper() else name.capitalize() if bare.istitle() else name.lower()
