"""Lines of cells between bars that Markdown takes for text, as no line of dashes divides them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.digest.parsing.edges import Spans, stripped
from bot.digest.parsing.html_tables import joined
from bot.digest.parsing.rows import Row, RowKind
from bot.model import Span, Style

_BARS = re.compile(r"[|｜]")
_FEWEST_LINES = 2
_FEWEST_CELLS = 2


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
    if row.kind is not RowKind.TEXT or not _BARS.match(row.text):
        return ()
    before, *cells, behind = _parted(row.spans)
    around = any(span.text.strip() for span in (*before, *behind))
    return () if around or len(cells) < _FEWEST_CELLS else tuple(map(stripped, cells))


def _parted(spans: Spans) -> Sequence[Sequence[Span]]:
    """The spans parted at bars; those in a link or in code part nothing. At least two parts."""
    parts: list[list[Span]] = [[]]
    for span in spans:
        whole = span.url or Style.CODE in span.styles
        for place, text in enumerate([span.text] if whole else _BARS.split(span.text)):
            if place:
                parts.append([])
            parts[-1] += [replace(span, text=text)] if text or span.url else []
    return parts if len(parts) > 1 else [*parts, []]
