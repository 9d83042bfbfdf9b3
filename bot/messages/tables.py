"""A table as a phone can show it: a small one in columns, a larger one row by row.

======== ===================================== ===========================================
layout   for                                   looks like
======== ===================================== ===========================================
columns  cells of text, narrow enough          a monospaced block, a rule below the head
pairs    two cells a row                       • first: second
entries  anything else                         • **first**, below it "head: cell" in a row
======== ===================================== ===========================================
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.messages.markup import Kind, Marked, join, visible

WIDEST = 30  # narrow characters that a small phone shows of a monospaced line …
_WIDE = 5 / 3  # … where a Chinese one, from another typeface, is as wide as this many of them

_GAP = "  "
_BULLET = "• "
_BETWEEN = " · "
_WIDE_BLANK = "\u3000"  # as wide as a Chinese character in any typeface
_PAIR = 2
_NOTHING = Marked()

Row = tuple[Marked, ...]


def table(head: Row, rows: Sequence[Row]) -> Marked:
    """The rows under their head, which may be empty; rows without a visible cell are left out.

    No cell is lost. In columns its look is, so that cells with links never stand there.
    """
    shown = [row for row in rows if any(visible(cell.text) for cell in row)]
    columns = list(zip_longest(head, *shown, fillvalue=_NOTHING))
    if not columns:
        return _NOTHING
    if not _has_links(columns) and _width(columns) <= WIDEST:
        return _in_columns(columns, headed=bool(head))
    if len(columns) <= _PAIR:
        return join("\n", (*_title(head), *map(_pair, shown)))
    # The name of a column without cells stands beside that of the first: no row would tell it.
    unused = [name for name, *cells in columns[1 : len(head)] if not any(cell.text for cell in cells)]
    title = _title((*head[:1], *unused))
    return join("\n", (*title, *(line for row in shown for line in _entry(head, row))))


def _has_links(columns: Sequence[Row]) -> bool:
    return any(entity.kind is Kind.LINK for column in columns for cell in column for entity in cell.entities)


def _width(columns: Sequence[Row]) -> float:
    *padded, last = columns
    widths = (_WIDE * wide + narrow for wide, narrow in map(_room, padded))
    return sum(widths) + len(_GAP) * len(padded) + max(map(_cell_width, last))


def _cell_width(cell: Marked) -> float:
    return len(cell) + (_WIDE - 1) * _wides(cell.text)


def _room(column: Row) -> tuple[int, int]:
    """How many wide and how many narrow characters a column needs."""
    wides = [_wides(cell.text) for cell in column]
    return max(wides), max(len(cell) - wide for cell, wide in zip(column, wides, strict=True))


def _wides(text: str) -> int:
    return sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def _in_columns(columns: Sequence[Row], *, headed: bool) -> Marked:
    padded = [_padded(column) for column in columns]
    lines = [_GAP.join(cells).rstrip() for cells in zip(*padded, strict=True)]
    if headed and len(lines) > 1:
        lines.insert(1, "-" * int(_width(columns)))
    return Marked("\n".join(lines)).strip("\n").within(Kind.PRE)


def _padded(column: Row) -> list[str]:
    wide, narrow = _room(column)
    return [
        cell.text + _WIDE_BLANK * (wide - wides) + " " * (narrow - len(cell) + wides)
        for cell in column
        for wides in (_wides(cell.text),)
    ]


def _title(head: Row) -> Iterator[Marked]:
    """The line above the rows."""
    cells = [cell for cell in head if visible(cell.text)]
    if cells:
        yield join(_BETWEEN, cells).within(Kind.BOLD)


def _pair(row: Row) -> Marked:
    first, *rest = row
    return join("", (Marked(_BULLET), _told(first, rest[0]) if rest else first))


def _entry(head: Row, row: Row) -> Iterator[Marked]:
    first, *rest = row
    yield join("", (Marked(_BULLET), first.within(Kind.BOLD)))
    facts = [_told(name, cell) for name, cell in zip_longest(head[1:], rest, fillvalue=_NOTHING) if cell.text]
    if facts:
        yield join(_BETWEEN, facts)


def _told(name: Marked, value: Marked) -> Marked:
    """``name: value``, with a colon that fits the name."""
    if not (visible(name.text) and value.text):
        return value if value.text else name
    return join("：" if _wides(name.text) else ": ", (name, value))
