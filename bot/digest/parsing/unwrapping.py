"""Paragraphs that an editor's program broke into lines, each on one line again."""

import re
from collections.abc import Iterable

from bot.digest.parsing.labels import Labels
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
            joined[-1] = last._replace(spans=(*last.spans, *_between(last, row), *row.spans))
        else:
            joined.append(row)
    return tuple(joined)


#: Characters of a script without blanks between words, and the marks that stand among them.
_NO_BLANKS = re.compile(
    r"[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_MARKS = re.compile(r"[\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f“”‘’…]")


def _between(before: Row, after: Row) -> tuple[Span, ...]:
    """What a line break stood for: nothing in Chinese and at its marks, else a blank."""
    left, right = before.text[-1:], after.text[:1]
    chinese = _NO_BLANKS.match(left) and _NO_BLANKS.match(right)
    return () if chinese or _MARKS.match(left) or _MARKS.match(right) else (Span(text=" "),)
