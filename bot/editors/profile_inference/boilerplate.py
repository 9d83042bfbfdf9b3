"""What every issue says in the very same words: nothing that a reader needs again."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.digest.parsing.items import ItemReader
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.parser import lay_out
from bot.digest.parsing.rows import Row, RowKind, is_bold
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout

_FEWEST_ISSUES = 3
_NEARLY_ALL = 0.8
_SHORTEST = 10  # letters; shorter lines come again by chance
_SHORTEST_NAME = 4  # letters of a picture's name
_MOST = 0.05  # of the letters of all issues; beyond it nothing more is learned

#: What a line says: its text, and where its links lead.
_Said = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """A line that comes again: the regular expression that matches it alone, and the share that it takes."""

    text: str
    pattern: str
    share: float


def boilerplate_of(issues: Sequence[Layout], profile: Profile) -> tuple[Boilerplate, ...]:
    """The lines that stand in nearly all issues, the same to the last digit, once in each.

    No line of an item is among them, no heading, and no line that is bold from end to end.
    """
    if len(issues) < _FEWEST_ISSUES:
        return ()
    said = [Counter(map(_said, _loose(issue, profile))) for issue in issues]
    times = Counter(chain.from_iterable([line for line, count in one.items() if count == 1] for one in said))
    letters = sum(_letters(row) for issue in issues for row in issue.rows) or 1
    found: list[Boilerplate] = []
    for line, count in times.most_common():
        share = sum(map(str.isalnum, line[0])) * count / letters
        if count >= _NEARLY_ALL * len(issues) and sum(one.share for one in found) + share <= _MOST:
            found.append(Boilerplate(text=line[0], pattern=_pattern(line[0]), share=share))
    return tuple(found)


def _loose(issue: Layout, profile: Profile) -> Iterator[Row]:
    """The rows of an issue that stand in no titled item and may be left out."""
    parts = lay_out(issue.rows, profile, Notes())
    reader = ItemReader(profile, Notes())
    rows = list(parts.head)
    for section in parts.sections:
        items = sorted((item.line, item.title is not None) for item in reader.read(section))
        lines = [line for line, _ in items]
        for row in section.rows:
            place = bisect_right(lines, row.number)
            if not place or not items[place - 1][1]:
                rows.append(row)
    yield from filter(_may_be_left_out, rows)


def _said(row: Row) -> _Said:
    return row.text, tuple(span.url for span in row.spans if span.url)


def _may_be_left_out(row: Row) -> bool:
    if row.kind is RowKind.PICTURE:
        return _letters(row) >= _SHORTEST_NAME
    return not row.level and not is_bold(row) and _letters(row) >= _SHORTEST


def _letters(row: Row) -> int:
    return sum(map(str.isalnum, row.text))


def _pattern(text: str) -> str:
    """Matches the line and no other."""
    return re.sub(r"\\([ \-#&~])", r"\1", re.escape(text)) + r"\s*$"
