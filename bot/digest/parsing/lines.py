"""Rows of Markdown as lines of styled text."""

from collections.abc import Iterable

from bot.digest.parsing.edges import Spans, stripped
from bot.digest.parsing.rows import Row, RowKind
from bot.digest.parsing.signs import link_to
from bot.model import Line, LineKind, RichText

_KINDS = {
    RowKind.HEADING: LineKind.TEXT,
    RowKind.GROUP: LineKind.TEXT,
    RowKind.TEXT: LineKind.TEXT,
    RowKind.BULLET: LineKind.BULLET,
    RowKind.NUMBER: LineKind.NUMBER,
    RowKind.CODE: LineKind.CODE,
    RowKind.PICTURE: LineKind.PICTURE,
    RowKind.HEAD: LineKind.HEAD,
    RowKind.ROW: LineKind.ROW,
    RowKind.RULE: LineKind.TEXT,
}
#: Kept as they are: their blanks mean something, or they have nothing to strip.
_AS_THEY_ARE = (RowKind.CODE, RowKind.PICTURE, RowKind.HEAD, RowKind.ROW)


def as_line(row: Row) -> Line:
    """The row as a line; its depth stays, a quoted line of text becomes a quotation."""
    if row.kind in _AS_THEY_ARE:
        return Line(spans=row.spans, kind=_KINDS[row.kind], depth=row.depth)
    kind = LineKind.QUOTE if row.quote and row.kind is RowKind.TEXT else _KINDS[row.kind]
    spans = stripped(row.spans) or row.spans
    if not all(span.text for span in spans):
        spans = _with_words(spans)
    return Line(spans=spans, kind=kind, depth=row.depth, marker=row.marker)


def _with_words(spans: Spans) -> Spans:
    """The spans; a link without words is called by its host, and one without an address too goes."""
    worded = {span.url for span in spans if span.text}
    named = (link_to(span.url) if span.url and not span.text else span for span in spans)
    return tuple(
        shown
        for span, shown in zip(spans, named, strict=True)
        if span.text or (span.url and span.url not in worded)
    )


def as_lines(rows: Iterable[Row]) -> RichText:
    """The rows as lines, empty ones left out but for one between two paragraphs."""
    lines: list[Line] = []
    before: Row | None = None
    for row in rows:
        line = as_line(row)
        if not line.spans and row.kind is not RowKind.CODE:
            continue
        if before is not None and row.opens and _is_paragraph(row) and _is_paragraph(before):
            lines.append(Line(spans=()))
        lines.append(line)
        before = row
    return tuple(lines)


def _is_paragraph(row: Row) -> bool:
    return row.kind is RowKind.TEXT and not row.depth and not row.quote
