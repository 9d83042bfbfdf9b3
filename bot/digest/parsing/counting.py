"""The numbers that editors put before items: ``1.`` ``1)`` ``1、`` ``１．`` ``(1)`` ``（1）`` ``①``."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import numeric

from bot.digest.parsing.edges import text_of, without_box, without_start
from bot.digest.parsing.rows import Row, RowKind, is_bare_mark

_MARK = re.compile(
    r"\s*(?:(?P<marked>\d{1,3})(?:\s*、|[.．)）](?!\d))|[(（](?P<bracketed>\d{1,3})[)）]"
    r"|(?P<circled>[\u2460-\u2473\u24f5-\u24fe\u2776-\u277f]))\s*"
)
_LOST_DASH = re.compile(r"\s*[-*•·–—－●◦▪]+\s*")


class Count(NamedTuple):
    """A number as written, in digits, and where its mark ends in the text."""

    number: str
    end: int


def count_at(text: str) -> Count | None:
    """The number that a text begins with; None where it begins with none."""
    found = _MARK.match(text)
    if found is None:
        return None
    circled = found["circled"]
    number = str(int(numeric(circled))) if circled else found["marked"] or found["bracketed"]
    return Count(number, found.end())


def number_of(row: Row) -> str | None:
    """The number that a row begins with, as the editor counted; None where it has none."""
    if marked := re.sub(r"\D", "", row.marker):
        return marked
    found = count_at(text_of(row.spans))
    return found.number if found else None


def without_number(row: Row) -> Row:
    """The row without the number that its text begins with."""
    found = count_at(text_of(row.spans)) if row.kind is not RowKind.NUMBER else None
    return row._replace(spans=without_start(row.spans, found.end)) if found else row


def count_on(rows: Sequence[Row]) -> bool:
    """Whether the texts of several rows begin with numbers that run on, or begin anew at 1."""
    counts = [count_at(text_of(row.spans)) for row in rows]
    numbers = [int(count.number) for count in counts if count]
    runs = all(below in (above + 1, 1) for above, below in pairwise(numbers))
    return runs and 1 < len(numbers) == len(rows)


def marked_with_number(row: Row) -> Row:
    """The row, the number that its text begins with as its mark, unless it has one."""
    bare = without_number(row._replace(kind=RowKind.TEXT))
    return bare._replace(kind=row.kind, marker=f"{number_of(row) or ''}.")


def is_empty_entry(row: Row) -> bool:
    """Whether nothing stands in a row but the bullet or the number of an entry that is not nested."""
    if row.depth > 1 or row.quote or row.level:
        return False
    if row.kind is RowKind.TEXT:
        return row.text != "" and not without_number(row).text
    return is_bare_mark(row) and row.kind in (RowKind.BULLET, RowKind.NUMBER)


def is_marked_link(row: Row) -> bool:
    """Whether a link begins a row behind a mark that makes no list: ``• [title](url)``, ``-[title](url)``."""
    bare = without_lost_dash(row)
    return row.kind is RowKind.TEXT and bare.text != row.text and bare.begins_with_link


def without_lost_dash(row: Row) -> Row:
    """The row without a dash that has lost its space, and the box of a task behind it."""
    dash = _LOST_DASH.match(text_of(row.spans))
    return row._replace(spans=without_box(without_start(row.spans, dash.end() if dash else 0)))
