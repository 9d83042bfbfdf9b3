"""Lines of cells between bars that Markdown takes for text, as no line of dashes divides them."""

import re
from collections.abc import Iterator, Sequence

from bot.digest.parsing.edges import Spans, cut_at, stripped, text_of
from bot.digest.parsing.html_tables import joined
from bot.digest.parsing.rows import Row, RowKind
from bot.model import Style

_BARS = re.compile(r"[|｜]")
_FEWEST_LINES = 2
_FEWEST_BARS = 3  # around two cells


def with_undivided_tables(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; neighbouring lines between as many bars each are the rows of a table, the first its head."""
    place = 0
    while place < len(rows):
        cells = list(_table(rows, place))
        if len(cells) < _FEWEST_LINES:
            yield rows[place]
            place += 1
            continue
        for row, cut in zip(rows[place:], cells, strict=False):
            kind = RowKind.ROW if row is not rows[place] else RowKind.HEAD
            yield row._replace(kind=kind, spans=joined(cut), opens=False)
        place += len(cells)


def _table(rows: Sequence[Row], first: int) -> Iterator[Sequence[Spans]]:
    """The cells of each row of the table that begins at a place, as far as it goes."""
    columns = 0
    for place in range(first, len(rows)):
        row = rows[place]
        below = place == first or (not row.opens and row.number == rows[place - 1].number + 1)
        cells = _cells(row) if below else ()
        if not cells or (columns and len(cells) != columns):
            return
        columns = len(cells)
        yield cells


def _cells(row: Row) -> Sequence[Spans]:
    """The cells of a line of text that stands between bars; empty where it is none."""
    text = text_of(row.spans)
    if row.kind is not RowKind.TEXT or not _BARS.match(text.strip()) or not _BARS.match(text.strip()[-1:]):
        return ()
    bars = list(_bars(row.spans))
    if len(bars) < _FEWEST_BARS:
        return ()
    outer, cells = row.spans, []
    for bar in reversed(bars):
        outer, cell = cut_at(outer, bar)
        cells.append(stripped(cut_at(cell, 1)[1]))
    return cells[:0:-1]


def _bars(spans: Spans) -> Iterator[int]:
    """Where in the text bars stand that are no part of a link or of code."""
    end = 0
    for span in spans:
        if not span.url and Style.CODE not in span.styles:
            yield from (end + found.start() for found in _BARS.finditer(span.text))
        end += len(span.text)
