"""Paragraphs that an editor's program broke into lines, each on one line again."""

from collections.abc import Iterable

from bot.digest.parsing.labels import Labels
from bot.digest.parsing.line_ends import between
from bot.digest.parsing.rows import Row, RowKind
from bot.model import Span

#: Rows whose text may go on in the next line.
_WRAPPED = (RowKind.TEXT, RowKind.BULLET, RowKind.NUMBER)


def unwrapped(rows: Iterable[Row], labels: Labels) -> tuple[Row, ...]:
    """The rows with each paragraph on one: further lines of a block join the one that opened it.

    A line that begins with a label of the digest was broken by its editor.
    """
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        broken = row.opens or row.broken or labels.read(row) is not None
        if last and row.kind is RowKind.TEXT and not broken and last.kind in _WRAPPED:
            blank = between(last.text, row.text)
            joined[-1] = last._replace(
                spans=(*last.spans, *([Span(text=blank)] if blank else ()), *row.spans)
            )
        else:
            joined.append(row)
    return tuple(joined)
