"""Lists of lists: ``- Compiler:`` above ``  - [A story](https://…)`` heads its items and is none."""

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile

from bot.digest.parsing.group_lines import says_what_follows
from bot.digest.parsing.item_rows import SUBHEADING
from bot.digest.parsing.list_entries import is_bullet, is_told
from bot.digest.parsing.opening_lines import begins_with_link
from bot.digest.parsing.rows import Row, RowKind, Rows

_NESTED = 2  # the depth of an entry of a list in a list
_ENTRIES = (RowKind.BULLET, RowKind.NUMBER)


def with_nested_groups(rows: Rows, is_label: Callable[[Row], bool]) -> Rows:
    """The rows; an entry that only names or announces a list of links heads a group, they are its entries.

    That is so if no other entry stands below the first such one: nothing would end the group. What
    ``is_label`` says is a field of an item announces nothing.
    """
    lengths = {
        place: length
        for place, row in enumerate(rows)
        if is_bullet(row) and not is_label(row) and not any(span.url for span in row.spans)
        if (length := _length_of_list(rows, place, announced=says_what_follows(row)))
    }
    if not lengths:
        return rows
    first = min(lengths)
    if any(is_bullet(row) and place not in lengths for place, row in enumerate(rows) if place > first):
        return rows
    return tuple(_parted(rows, lengths))


def _length_of_list(rows: Rows, place: int, *, announced: bool) -> int:
    """How many rows stand in the entry at a place, if they are a list of links; 0 if not.

    Where nothing announces it, more is said of each than the link: else they are the entry's own.
    """
    below = tuple(takewhile(lambda row: row.depth > 1, rows[place + 1 :]))
    entries = [row for row in below if row.depth == _NESTED and row.kind in _ENTRIES]
    if not entries or below[0] is not entries[0] or not all(map(begins_with_link, entries)):
        return 0
    items = announced or all(is_told(below, below.index(entry)) for entry in entries)
    return len(below) if items else 0


def _parted(rows: Rows, lengths: Mapping[int, int]) -> Iterator[Row]:
    inside = {place + further for place, length in lengths.items() for further in range(1, length + 1)}
    for place, row in enumerate(rows):
        if place in lengths:
            yield row._replace(kind=RowKind.GROUP, level=SUBHEADING, depth=0, marker="")
        else:
            yield row._replace(depth=row.depth - 1) if place in inside else row
