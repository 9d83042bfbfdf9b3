"""Lists of lists: ``- Compiler:`` above ``  - [A story](https://…)`` heads its items and is none."""

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile

from bot.digest.parsing.item_rows import SUBHEADING
from bot.digest.parsing.opening_lines import begins_with_link
from bot.digest.parsing.rows import Row, RowKind, Rows
from bot.digest.parsing.starts import is_bullet, says_what_follows

_NESTED = 2  # the depth of an entry of a list in a list


def with_nested_groups(rows: Rows, is_label: Callable[[Row], bool]) -> Rows:
    """The rows; an entry that only announces a list of links is the heading of a group, they are its entries.

    That is so if no other entry stands below the first such one: nothing would end the group. What
    ``is_label`` says is a field of an item announces nothing.
    """
    lengths = {
        place: length
        for place, row in enumerate(rows)
        if is_bullet(row) and says_what_follows(row) and not is_label(row)
        if (length := _length_of_list(rows, place))
    }
    if not lengths:
        return rows
    first = min(lengths)
    if any(is_bullet(row) and place not in lengths for place, row in enumerate(rows) if place > first):
        return rows
    return tuple(_parted(rows, lengths))


def _length_of_list(rows: Rows, place: int) -> int:
    """How many rows stand in the entry at a place, if they are a list of links; 0 if not."""
    below = list(takewhile(lambda row: row.depth > 1, rows[place + 1 :]))
    entries = [row for row in below if row.depth == _NESTED and row.kind is RowKind.BULLET]
    return len(below) if entries and below[0] is entries[0] and all(map(begins_with_link, entries)) else 0


def _parted(rows: Rows, lengths: Mapping[int, int]) -> Iterator[Row]:
    inside = {place + further for place, length in lengths.items() for further in range(1, length + 1)}
    for place, row in enumerate(rows):
        if place in lengths:
            yield row._replace(kind=RowKind.GROUP, level=SUBHEADING, depth=0, marker="")
        else:
            yield row._replace(depth=row.depth - 1) if place in inside else row
