"""Paragraphs that an editor's program broke into lines, each on one line again."""

from collections.abc import Iterable, Sequence

from bot.digest.parsing.labels import Labels
from bot.digest.parsing.line_ends import between
from bot.digest.parsing.rows import Row, RowKind, bold, is_bold
from bot.model import Span

#: Rows whose text may go on in the next line.
_WRAPPED = (RowKind.TEXT, RowKind.BULLET, RowKind.NUMBER)
_BRACKETS = "(（[［〔"
_COMMAS = ",，、;；–—:："


def unwrapped(rows: Iterable[Row], labels: Labels) -> tuple[Row, ...]:
    """The rows with each paragraph on one: further lines of a block join the one that opened it.

    A line that begins with a label of the digest was broken by its editor.
    """
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        broken = row.opens or row.broken or labels.read(row) is not None
        if last and row.kind is RowKind.TEXT and not broken and last.kind in _WRAPPED:
            joined[-1] = _with_further(last, row)
        else:
            joined.append(row)
    return tuple(joined)


def unwrapped_title(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of an item; a bold line that goes on with the bold one that is its title joins it.

    It begins small or in brackets, or the title ends with a comma: any other bold line says its own.
    """
    first, *further = rows
    if not (further and is_bold(first) and is_bold(further[0])) or further[0].opens:
        return rows
    goes_on = further[0].text[0].islower() or further[0].text[0] in _BRACKETS or first.text[-1] in _COMMAS
    return unwrapped_title((bold(_with_further(first, further[0])), *further[1:])) if goes_on else rows


def _with_further(row: Row, further: Row) -> Row:
    blank = between(row.text, further.text)
    return row._replace(spans=(*row.spans, *([Span(text=blank)] if blank else ()), *further.spans))
