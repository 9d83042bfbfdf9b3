"""Numbers of list entries: those that an editor left to Markdown (1. 1. 1.) are counted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.model import Line, LineKind

_NUMBER = re.compile(r"([0-9]{1,9})([.)])")
#: Lines whose depth says which lists go on; code, tables and pictures stand anywhere.
_PLACED = frozenset({LineKind.TEXT, LineKind.BULLET, LineKind.NUMBER})


def counted(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, numbered on where a list repeats its first number; others stay as written."""
    lists: dict[int, tuple[str, int]] = {}  # by depth: the first marker, and how often it stood there
    for line in lines:
        if line.kind in _PLACED:
            _end(lists, line.depth - (line.kind is LineKind.BULLET))
        if line.kind is not LineKind.NUMBER:
            yield line
            continue
        first, times = lists.get(line.depth, (line.marker, 0))
        repeats = first == line.marker
        lists[line.depth] = (first, times + 1) if repeats else ("", 0)
        yield _ahead(line, times) if repeats and times else line


def _end(lists: dict[int, tuple[str, int]], deepest: int) -> None:
    for depth in [depth for depth in lists if depth > deepest]:
        del lists[depth]


def _ahead(line: Line, by: int) -> Line:
    number = _NUMBER.fullmatch(line.marker)
    return replace(line, marker=f"{int(number[1]) + by}{number[2]}") if number else line
