"""Entries of lists as their editor meant them, where Markdown takes them for others."""

from collections.abc import Iterable, Iterator

from bot.digest.parsing.rows import Row, RowKind

ENTRIES = (RowKind.BULLET, RowKind.NUMBER)
_MARKS = frozenset("-*+•●◦▪‣")


def as_entry(row: Row) -> Row:
    """The row; one that is nothing but a mark is an empty entry, whatever blank stands behind the mark."""
    if row.kind is not RowKind.TEXT or row.text not in _MARKS:
        return row
    return row._replace(kind=RowKind.BULLET, spans=(), depth=max(row.depth, 1))


def as_nested(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with each entry below the one it is indented under, if by one blank; Markdown asks for more.

    An entry that begins with a link may be an item that was indented by chance.
    """
    above: Row | None = None
    for row in rows:
        if row.kind in ENTRIES and row.depth == 1 and not row.quote:
            if above and above.indent < row.indent and not row.begins_with_link:
                yield row._replace(depth=2)
                continue
            above = row
        elif row.level or not row.depth:
            above = None
        yield row
