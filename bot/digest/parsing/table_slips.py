"""Tables whose lines slipped and that have one right reading, mended before they are read."""

import re
from collections.abc import Iterator, Sequence

from bot.digest.parsing.notes import Notes

_BARS = "|｜"
_ROW = re.compile(rf"\s*[{_BARS}].*[{_BARS}]\s*")
_DIVIDER = re.compile(rf"\s*[{_BARS}](?:\s*[:：]?[-–—－]+[:：]?\s*[{_BARS}])+\s*")
_FENCE = re.compile(r"[\s>]*(?:[-*+]\s+)?(?:`{3,}[^`]*|~{3,}.*)")
_BAR = re.compile(r"(?<!\\)\|")
_MARKS = str.maketrans("｜：–—－", "|:---")
_FEWEST = 3  # rows: a head, what divides it, and one more


def with_tables(text: str, notes: Notes) -> str:
    """The text, each table as Markdown has it: plain bars, as many columns in the divider as in the head.

    A blank line inside one becomes an empty row, so that most lines keep their numbers; one below the head
    moves above it.
    """
    lines = text.split("\n")
    if not any(map(_DIVIDER.fullmatch, lines)):
        return text
    for rows in _tables(lines):
        mended = _mended([lines[place] for place in rows])
        first, last = rows[0], rows[-1]
        if last - first == len(rows) - 1 and mended == [lines[place] for place in rows]:
            continue
        notes.add("broken-table", first + 1, about=lines[first].strip()[:40])
        empty = mended[0][: -len(mended[0].lstrip())] + "| |"
        lines[first : last + 1] = [empty] * (last + 1 - first)
        lines[first] = ""
        for place, line in zip((rows[1] - 1, *rows[1:]), mended, strict=True):
            lines[place] = line
    return "\n".join(lines)


def _tables(lines: Sequence[str]) -> Iterator[Sequence[int]]:
    """The places of the rows of each table, its head first; at most one blank line parts them."""
    fenced, place = False, 0
    while place < len(lines):
        fenced ^= _FENCE.fullmatch(lines[place]) is not None
        rows = [] if fenced else _rows(lines, place)
        if len(rows) >= _FEWEST:
            yield rows
        place = rows[-1] + 1 if rows else place + 1


def _rows(lines: Sequence[str], head: int) -> list[int]:
    """The places of the rows of the table that a line is the head of; empty where it is of none."""
    divider = _next(lines, head)
    if not _is_row(lines[head]) or divider is None or not _DIVIDER.fullmatch(lines[divider]):
        return []
    rows, place = [head, divider], _next(lines, divider)
    while place is not None and _is_row(lines[place]) and not _heads(lines, place):
        if place > rows[-1] + 1 and _columns(lines[place]) != _columns(lines[head]):
            break
        rows.append(place)
        place = _next(lines, place)
    return rows


def _next(lines: Sequence[str], place: int) -> int | None:
    """The place of the next line, or of that behind a blank one."""
    below = [at for at in range(place + 1, min(place + 3, len(lines))) if lines[at].strip()]
    return below[0] if below else None


def _heads(lines: Sequence[str], place: int) -> bool:
    below = _next(lines, place)
    return below is not None and _DIVIDER.fullmatch(lines[below]) is not None


def _is_row(line: str) -> bool:
    return _ROW.fullmatch(line) is not None and _DIVIDER.fullmatch(line) is None and _columns(line) > 1


def _plain(line: str) -> str:
    """A row with plain bars; those inside one that begins with a plain bar are its words."""
    return line.replace("｜", "|") if line.lstrip().startswith("｜") else line


def _columns(line: str) -> int:
    return len(_BAR.findall(_plain(line))) - 1


def _mended(rows: Sequence[str]) -> list[str]:
    head, divider, *body = rows
    columns = _columns(head)
    plain = divider.translate(_MARKS)
    if _columns(plain) != columns or plain != divider:
        cells = [*(cell.strip() for cell in plain.strip().strip("|").split("|")), *["---"] * columns]
        plain = f"{divider[: -len(divider.lstrip())]}|{'|'.join(cells[:columns])}|"
    return [_plain(head), plain, *map(_plain, body)]
