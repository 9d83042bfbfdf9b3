"""Which entries of lists begin the items of a section, and which are lists of an item's own."""

from collections.abc import Collection, Iterator, Sequence

from bot.digest.parsing.counting import count_at, number_of, without_number
from bot.digest.parsing.edges import text_of
from bot.digest.parsing.group_lines import announces, is_subheading
from bot.digest.parsing.opening_lines import (
    begins_paragraph,
    begins_with_link,
    end_of_paragraph,
    leads_on,
    stands_out,
)
from bot.digest.parsing.rows import Row, RowKind, Rows

_BARS = frozenset("|｜")  # between a title and its source
_WIDEST_GAP = 5  # numbers of items that were taken out


def is_bullet(row: Row) -> bool:
    """Whether the row is an entry of an outermost list."""
    return row.kind is RowKind.BULLET and row.depth == 1 and not row.quote


def listed(rows: Rows) -> tuple[RowKind, Collection[int]]:
    """Where a section's entries of lists begin items, and of which kind they are: bullets, or numbered ones.

    Where a section has both, those are items that lead somewhere, as items do. If both do, one list below
    the other goes on with the items; if they alternate, the first of them is no point of the other, and
    those among the others are items or points.
    """
    bullets = [place for place, row in enumerate(rows) if is_bullet(row)]
    numbers = list(numbered(rows))
    if not numbers or not bullets:
        return (RowKind.BULLET, bullets) if bullets else (RowKind.NUMBER, numbers)
    lead = _most_lead_on(rows, bullets), _most_lead_on(rows, numbers)
    if lead == (True, True) and _follows(rows, bullets, numbers):
        return RowKind.BULLET, [*bullets, *numbers]
    if lead == (False, True) or (lead[0] == lead[1] and numbers[0] < bullets[0]):
        return RowKind.NUMBER, [*numbers, *_strays(rows, bullets, numbers)]
    return RowKind.BULLET, [*bullets, *_strays(rows, numbers, bullets)]


def _strays(rows: Rows, others: Sequence[int], items: Sequence[int]) -> Sequence[int]:
    """The entries with another mark than the items, if they are items and no points of these; else none.

    Each stands alone between two items, and all three are links of which more is said. They are few,
    or the count of the list goes over them, as it does not over points.
    """
    places = sorted({*others, *items})
    own = frozenset(items)
    found = [
        three
        for three in zip(places, places[1:], places[2:], strict=False)
        if three[1] not in own and own.issuperset((three[0], three[2]))
    ]
    few = 2 * len(others) < len(items)
    told = all(_is_told_link(rows, place) for three in found for place in three)
    counted = all(_is_counted(rows, *three) for three in found)
    return others if len(found) == len(others) and told and (few or counted) else ()


def _is_told_link(rows: Rows, place: int) -> bool:
    """Whether an entry begins with a link, and more is said of it."""
    return begins_with_link(without_number(rows[place])) and is_told(rows, place)


def _is_counted(rows: Rows, above: int, place: int, below: int) -> bool:
    """Whether a number says that an entry between two others is none of the list of the one above."""
    number = _number(rows[place])
    if number is not None:
        return number > 1
    first, last = _number(rows[above]), _number(rows[below])
    return first is not None and last == first + 2  # the entry itself is the one between them


def _most_lead_on(rows: Rows, places: Sequence[int]) -> bool:
    """Whether most entries lead somewhere, but for those with nothing in them."""
    worded = [place for place in places if rows[place].text]
    lead = sum(leads_somewhere(rows, place) for place in worded)
    return 2 * lead > len(worded)


def leads_somewhere(rows: Rows, place: int) -> bool:
    """Whether an entry names a source, or a link stands in it or in the lines right below."""
    lines = rows[place : end_of_paragraph(rows, place)]
    return not _BARS.isdisjoint(rows[place].text) or any(map(leads_on, lines))


def _follows(rows: Rows, bullets: Sequence[int], numbers: Sequence[int]) -> bool:
    """Whether one list stands wholly below the other, with a blank line between them.

    Bullets below are points of the last numbered item unless all entries are Markdown's, and links.
    """
    first = max(bullets[0], numbers[0])
    if rows[first].number <= rows[first - 1].number + 1:
        return False
    if bullets[-1] < numbers[0]:
        return True
    listed = all(rows[place].depth and begins_with_link(rows[place]) for place in (*bullets, *numbers))
    return numbers[-1] < bullets[0] and listed


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
        elif items and number == 1 and row.kind is kind and _goes_on(rows, place, items):
            begins = True
        elif last is None:
            begins = kind in (None, row.kind) and (place == first or _has_link(rows, place))
        elif kind is not row.kind:
            begins = number == last + 1 and stands_out(row) and not inside
        elif alike:
            begins = True
        else:
            near = last <= number <= last + _WIDEST_GAP and stands_out(row)
            begins = number == last + 1 or (near and not inside)
        inside = not begins and (inside or kind is not row.kind or number == 1)
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


def _goes_on(rows: Rows, place: int, items: Sequence[int]) -> bool:
    """Whether an entry that begins a count anew has what the items above have: a link, and words of it.

    One that begins a list of an item's own has not.
    """
    above, entry = [without_number(rows[item]) for item in items], without_number(rows[place])
    if not all(map(leads_on, (entry, *above))):
        return False
    if any(map(begins_with_link, above)) and not begins_with_link(entry):
        return False
    return is_told(rows, place) or not is_told(rows, items[-1])


def is_told(rows: Rows, place: int) -> bool:
    """Whether words stand beside the link of an entry, or more is said of it below."""
    beside = (span.text for span in without_number(rows[place]).spans if not span.url)
    return any(map(str.isalnum, "".join(beside))) or is_described(rows, place)


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
