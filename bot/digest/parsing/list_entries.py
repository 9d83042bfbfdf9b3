"""Which entries of lists begin the items of a section, and which are lists of an item's own."""

from collections.abc import Iterator

from bot.digest.parsing.counting import count_at, number_of, without_number
from bot.digest.parsing.edges import text_of
from bot.digest.parsing.group_lines import announces, is_subheading
from bot.digest.parsing.opening_lines import begins_paragraph, begins_with_link, end_of_paragraph, stands_out
from bot.digest.parsing.rows import Row, RowKind, Rows

_BARS = frozenset("|｜")  # between a title and its source
_WIDEST_GAP = 5  # numbers of items that were taken out


def is_bullet(row: Row) -> bool:
    """Whether the row is an entry of an outermost list."""
    return row.kind is RowKind.BULLET and row.depth == 1 and not row.quote


def numbered(rows: Rows) -> Iterator[int]:
    """Entries numbered on, 1, 2, 3 …; those of a list inside an item begin anew and are none.

    Below text of the section's own only an entry that stands out begins the items:
    an essay may count its points. A number may stand twice or be missing: editors forget to count on,
    or write the same one everywhere. Below a heading, or a line that stands for one, they count anew. One
    with another mark than the first stands out and counts on.
    """
    last, kind, first = None, None, 0
    items: list[int] = []
    alike = _all_alike(rows)
    inside = False  # a list of an item's own
    for place, row in enumerate(rows):
        if row.level and last is not None:
            last, first = None, place + 1
        number = _number(row)
        if number is None:
            continue
        if items and number == 1 and _begins_anew(rows, place, items[0]):
            begins, kind = True, row.kind
        elif last is None:
            begins = kind in (None, row.kind) and (place == first or _has_link(rows, place))
        elif kind is not row.kind:
            begins = number == last + 1 and stands_out(row) and not inside
        elif alike:
            begins = True
        else:
            begins = number == last + 1 or (last <= number <= last + _WIDEST_GAP and stands_out(row))
        inside = not begins and (inside or kind is not row.kind)
        if begins:
            last, kind = number, kind or row.kind
            items.append(place)
            yield place


def _begins_anew(rows: Rows, place: int, first: int) -> bool:
    """Whether an entry begins further items, and not a list of the item above.

    It is a link below a paragraph, or below a line that heads a group as one does above the first item. More
    is said of it than the link, or else both are headed.
    """
    entry = without_number(rows[place]) if rows[place].kind is RowKind.TEXT else rows[place]
    above = rows[place - 1] if place else None
    if above is None or not (above.quote or begins_paragraph(above)) or not begins_with_link(entry):
        return False
    return is_described(rows, place) or (_is_headed(rows, place) and _is_headed(rows, first))


def is_described(rows: Rows, place: int) -> bool:
    """Whether more is said of a link than where it leads: it names its source, or text stands right below."""
    below = rows[place + 1] if place + 1 < len(rows) else None
    told = below is not None and below.kind is RowKind.TEXT and not below.opens
    return told or not _BARS.isdisjoint(rows[place].text)


def _is_headed(rows: Rows, place: int) -> bool:
    """Whether the line right above may head a group."""
    return place > 0 and (is_subheading(rows[place - 1]) or announces(rows[place - 1]))


def _all_alike(rows: Rows) -> bool:
    """Whether all entries of the outermost lists have one number, which Markdown would count on."""
    numbers = [row.marker for row in rows if row.kind is RowKind.NUMBER and row.depth == 1 and not row.quote]
    return len(numbers) > 1 and len(set(numbers)) == 1


def _number(row: Row) -> int | None:
    if row.kind is RowKind.NUMBER and row.depth == 1 and not row.quote:
        return int(number_of(row) or 0)
    # A line at the margin belongs to the entry above it only because Markdown does not know its mark.
    at_margin = row.kind is RowKind.TEXT and not row.quote and (not row.depth or not row.indent)
    begins = at_margin and (row.opens or stands_out(row))
    found = count_at(text_of(row.spans)) if begins else None
    return int(found.number) if found else None


def _has_link(rows: Rows, place: int) -> bool:
    """Whether a row stands out, or a further line of its paragraph does."""
    return any(map(stands_out, rows[place : end_of_paragraph(rows, place)]))
