"""An issue's file as its editor left it, line by line: where a thing stands, and what is content."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import outline
from bot.digest.parsing.parser import front_and_rows, raised
from bot.digest.parsing.rows import RowKind, Rows
from bot.digest.profile import Profile

#: Stands for a character of code, so that columns stay and nothing in it is taken for markup.
COVER = "\ufffc"

#: What readers do not get; what nobody ended is text.
_HIDDEN = re.compile(r"<!--.*?-->|^\s*<(script|style)\b.*?</\1\s*>", re.DOTALL | re.MULTILINE | re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_FENCE = re.compile(r"[\s>]*(?:[-*+]\s+)?(?:`{3,}[^`]*|~{3,}.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The lines of a file, and of each what is content in it, column for column.

    In ``content`` code is covered; lines of front matter, of comments, of fenced code
    and of what the profile leaves out are empty. ``first`` is the first line below
    the front matter, ``headings`` are the lines with one, all counted from 1; ``starts``
    tells where in ``text`` each line begins, and the one that would follow.
    """

    text: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]
    content: tuple[str, ...]
    headings: frozenset[int]
    first: int

    def numbered(self) -> Iterator[tuple[int, str]]:
        """The lines of content with their numbers."""
        return ((number, line) for number, line in enumerate(self.content, start=1) if line)

    def column(self, line: int, text: str) -> int:
        """Where ``text`` begins in a line; its first visible character where it is not in it."""
        written = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        at = written.find(text) if text else -1
        return at + 1 if at >= 0 else len(written) - len(written.lstrip()) + 1

    def find(
        self,
        text: str,
        first: int,
        last: int,
        *,
        behind: Sequence[str] = ("",),
        since: tuple[int, int] = (1, 1),
    ) -> tuple[int, int] | None:
        """Line and column where ``text`` stands between two lines, both included.

        Of several places the one ``behind`` the earliest of these marks; of those the first
        after the place ``since``, or the first of all if there is none after it.
        """
        start, end = self.starts[first - 1], self.starts[min(last, len(self.lines))]
        later = max(start, self.starts[since[0] - 1] + since[1] - 1)
        for mark in behind if text else ():
            for begin in (later, start):
                at = self.text.find(mark + text, begin, end)
                if at >= 0:
                    return self._place(at + len(mark))
        return None

    def _place(self, at: int) -> tuple[int, int]:
        number = bisect_right(self.starts, at)
        return number, at - self.starts[number - 1] + 1


def read_source(text: str, profile: Profile) -> Source:
    """The source of a text whose lines end in line feeds, read as the parser reads it."""
    notes, lines = Notes(), text.split("\n")
    _, rows = front_and_rows(text, profile.front_matter, notes)
    rows = raised(rows, profile.issues)
    outline(rows, profile, notes)
    left_out = {one.line for one in notes.left_out}
    code = {row.number for row in rows if row.kind is RowKind.CODE}
    first = rows[0].number if rows else len(lines) + 1
    none = left_out | code | set(range(1, first))
    shown = ("" if number in none else _shown(line) for number, line in enumerate(lines, start=1))
    return Source(
        text=text,
        lines=tuple(lines),
        starts=tuple(accumulate((len(line) + 1 for line in lines), initial=0)),
        content=tuple(_uncommented(shown)),
        headings=_headings(rows, notes) - left_out,
        first=min(first, len(lines)),
    )


def _headings(rows: Rows, notes: Notes) -> frozenset[int]:
    """The lines of headings, those included whose space was forgotten."""
    glued = (note.line for note in notes.warnings if note.code == "heading-space")
    return frozenset({*glued, *(row.number for row in rows if row.kind is RowKind.HEADING)})


def _shown(line: str) -> str:
    return "" if _FENCE.fullmatch(line) or not line.strip() else _CODE.sub(_covered, line)


def _uncommented(lines: Iterable[str]) -> Iterator[str]:
    text = _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), "\n".join(lines))
    return (line if line.strip() else "" for line in text.split("\n"))


def _covered(code: re.Match[str]) -> str:
    return COVER * len(code[0])
