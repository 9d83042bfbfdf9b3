"""The numbers of items, as their editor wrote them and as Markdown counts on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.digest.parsing.counting import count_on, marked_with_number
from bot.digest.parsing.item_rows import ItemRows
from bot.digest.parsing.opening_lines import begins_paragraph
from bot.digest.parsing.rows import RowKind
from bot.model import Item


def with_own_numbers(items: Sequence[ItemRows]) -> Sequence[ItemRows]:
    """The items; numbers that run on before their titles, linked or not, are no part of these."""
    if not count_on([item.rows[0] for item in items if item.marked]):
        return items
    return [
        replace(item, rows=(marked_with_number(item.rows[0]), *item.rows[1:])) if item.marked else item
        for item in items
    ]


def counted_on(read: Sequence[tuple[ItemRows, Item]]) -> Iterator[Item]:
    """The items; entries of a list have the numbers that Markdown shows: counted on from the first.

    Below another heading, or a paragraph of its own, a list begins anew with its own number; so it does
    behind an item with another mark, if its number is a later one.
    """
    last, groups, parted, other = 0, None, False, False
    for rows, item in read:
        if item.number is None:
            other = True
            yield item
            continue
        listed = rows.rows[0].kind is RowKind.NUMBER
        anew = (parted and item.number == "1") or (other and int(item.number) > last)
        counted_on = listed and rows.groups == groups and not anew
        last_row, other = rows.rows[-1], False
        parted = len(rows.rows) > 1 and (last_row.quote or begins_paragraph(last_row))
        last, groups = last + 1 if counted_on else int(item.number), rows.groups
        yield replace(item, number=str(last)) if listed and item.number != str(last) else item
