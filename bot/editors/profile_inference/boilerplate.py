"""What every issue says in the very same words: nothing that a reader needs again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.rows import Row, RowKind, is_bold
from bot.digest.profile import LeaveOut, Profile
from bot.editors.profile_inference.sample import Layout, parts_of

_FEWEST_ISSUES = 3
_NEARLY_ALL = 0.8
_SHORTEST = 10  # letters; shorter lines come again by chance
_SHORTEST_NAME = 4  # letters of a picture's name
_LONGEST = 60  # characters of a line's pattern

T = TypeVar("T")

#: What a line says: its text, numbers aside, and where its links lead.
_Said = tuple[str, tuple[str, ...]]


def leave_out_of(issues: Sequence[Layout], profile: Profile) -> LeaveOut:
    """The headings with the same text below them in nearly all issues, and the single lines that come again.

    What the profile leaves out already is not among them.
    """
    if len(issues) < _FEWEST_ISSUES:
        return LeaveOut()
    parts = parts_of(issues, profile)
    chapters = [
        {(part.heading, tuple(map(_said, part.rows))) for part in issue if part.rows} for issue in parts
    ]
    headings = tuple(heading for heading, _ in _in_nearly_all(chapters))
    lines = [_once(map(_said, rows)) for rows in _shown(issues, parts, profile, headings)]
    patterns = sorted(_pattern(text) for text, _ in _in_nearly_all(lines))
    return LeaveOut(headings=headings, lines=tuple(dict.fromkeys(patterns)))


def _shown(
    issues: Sequence[Layout],
    parts: Sequence[Sequence[SectionRows]],
    profile: Profile,
    headings: Sequence[str],
) -> Iterator[list[Row]]:
    """The rows of each issue that are not left out yet and may be."""
    for issue, own in zip(issues, parts, strict=True):
        sections = [row for part in own if part.heading not in headings for row in part.rows]
        rows = (*issue.head, *sections)
        yield [row for row in rows if _may_be_left_out(row) and not profile.left_out_line(row.text)]


def _once(lines: Iterable[_Said]) -> list[_Said]:
    """Those that an issue says once: what it says more often is the habit of its items."""
    return [line for line, times in Counter(lines).items() if times == 1]


def _in_nearly_all(issues: Sequence[Iterable[T]]) -> list[T]:
    times = Counter(chain.from_iterable(issues))
    return [thing for thing, count in times.items() if count >= _NEARLY_ALL * len(issues)]


def _said(row: Row) -> _Said:
    return re.sub(r"\d+", "0", row.text), tuple(span.url for span in row.spans if span.url)


def _may_be_left_out(row: Row) -> bool:
    """Headings open sections and bold lines stand out: they are meant to come again."""
    if row.kind is RowKind.PICTURE:
        return sum(map(str.isalnum, row.text)) >= _SHORTEST_NAME
    return not row.level and not is_bold(row) and sum(map(str.isalnum, row.text)) >= _SHORTEST


def _pattern(text: str) -> str:
    """Matches the beginning of the line, whatever numbers are in it."""
    escaped = re.sub(r"\\([ \-#&~])", r"\1", re.escape(text[:_LONGEST]))
    return escaped.replace("0", r"\d+")
