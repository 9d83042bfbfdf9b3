"""Where the items of a section begin: by the first habit of the digest that the section shows."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.digest.habits import ItemStart
from bot.digest.heading_names import may_head
from bot.digest.parsing.bold_openings import bold_titles
from bot.digest.parsing.counting import count_at, number_of, without_number
from bot.digest.parsing.edges import text_of
from bot.digest.parsing.opening_lines import (
    FEWEST_LINES,
    begins_paragraph,
    begins_with_link,
    end_of_paragraph,
    is_bar_of_links,
    named_addresses,
    opened_lines,
    paragraph_leads_on,
    stands_out,
)
from bot.digest.parsing.rows import Row, RowKind, Rows, bold_words, is_bold

_ENTRIES = (RowKind.BULLET, RowKind.NUMBER)
#: Marks that a heading has none of.
_WITHIN_SENTENCE = re.compile(r"[，。；！？]|[,.;!?:：]\s")
_BARS = frozenset("|｜")  # between a title and its source
_SLIPS = 1 / 3  # for each heading of an item, those that may have slipped one level deeper
_WIDEST_GAP = 5  # numbers of items that were taken out


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """The places in a section's rows where items begin, and by which habit; None where by none."""

    habit: ItemStart | None
    places: frozenset[int]


def starts_of(rows: Rows, habits: Iterable[ItemStart], longest: int | None = None) -> Starts:
    """Try the habits in their order; ``longest`` is what a bold title has at most, in characters.

    Any but the first must be clear: below text of the section's own its first item has to
    stand out, for an essay too has its lists.
    """
    for rank, habit in enumerate(habits):
        places = frozenset(_FIND[habit](rows))
        if habit is ItemStart.BOLD and longest is not None:
            places = frozenset(
                place for place in places if len(bold_words(rows[place].spans).strip()) <= longest
            )
        if places and (rank == 0 or min(places) == 0 or stands_out(rows[min(places)])):
            return Starts(habit=habit, places=_with_other_groups(rows, places))
    return Starts(habit=None, places=frozenset())


def _with_other_groups(rows: Rows, places: frozenset[int]) -> frozenset[int]:
    """The places, and entries that stand out right below the heading of a group that has none of them."""
    found = set(places)
    headings = [place for place, row in enumerate(rows) if row.level and row.kind is RowKind.GROUP]
    if not headings:
        return places
    for start, end in pairwise((*headings, len(rows))):
        if places.isdisjoint(range(start, end)):
            group = rows[start + 1 : end]
            entries = set(_where(is_bullet)(group)) or set(_numbers(group))
            if entries and min(entries) == 0 and all(_is_linked_entry(group[place]) for place in entries):
                found.update(start + 1 + place for place in entries)
    return frozenset(found)


def _is_linked_entry(row: Row) -> bool:
    """Whether an entry of a list stands out, or a numbered line is a link and nothing else."""
    if row.kind is not RowKind.TEXT:
        return stands_out(row)
    return all(span.url or not span.text.strip() for span in without_number(row).spans)


def is_bullet(row: Row) -> bool:
    """Whether the row is an entry of an outermost list."""
    return row.kind is RowKind.BULLET and row.depth == 1 and not row.quote


def _numbers(rows: Rows) -> Iterator[int]:
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


def is_subheading(row: Row) -> bool:
    """Whether a line may head what stands below it without being a heading: bold, short, no sentence."""
    return begins_paragraph(row) and is_bold_name(row)


def is_bold_name(row: Row) -> bool:
    """Whether a line of text at the margin is a few bold words, no link and no sentence."""
    if row.kind is not RowKind.TEXT or row.indent or row.quote:
        return False
    return is_bold(row) and may_head(row.text) and not any(span.url for span in row.spans)


def announces(row: Row) -> bool:
    """Whether a few words on a line of their own announce what stands below: they end with a colon."""
    return begins_paragraph(row) and says_what_follows(row)


def says_what_follows(row: Row) -> bool:
    """Whether a row is a few words that end with a colon, and no sentence or link."""
    words = row.text.rstrip()
    if not words.endswith((":", "：")) or stands_out(row):
        return False
    return may_head(words) and _WITHIN_SENTENCE.search(words) is None


def _headings(rows: Rows) -> Iterator[int]:
    """The headings of items; where those are links, a few that slipped one level deeper are as well.

    Such a heading stands behind text of the item above, and is a link from end to end too.
    """
    headed = [place for place, row in enumerate(rows) if row.kind is RowKind.HEADING]
    yield from headed
    if not headed or not all(_is_link(rows[place]) for place in headed):
        return
    deeper = rows[headed[0]].level + 1
    slipped = [
        place
        for place, row in enumerate(rows)
        if place > headed[0] and row.level == deeper and row.kind is RowKind.TEXT and _is_link(row)
    ]
    if len(slipped) <= _SLIPS * len(headed):
        yield from (place for place in slipped if not rows[place - 1].level)


def _is_link(row: Row) -> bool:
    """Whether all words of a row are linked."""
    return all(span.url for span in row.spans if span.text.strip())


def _links(rows: Rows) -> Iterator[int]:
    """Paragraphs that begin with a link, and the entries of lists of links below a bold line."""
    opened = [place for place, row in enumerate(rows) if begins_paragraph(row) and begins_with_link(row)]
    yield from _without_bars(rows, opened)
    for place, row in enumerate(rows):
        if is_subheading(row):
            yield from _listed_links(rows, place + 1)


def _without_bars(rows: Rows, places: Sequence[int]) -> Sequence[int]:
    """The places without those of links side by side, such as ways to other pages, unless most are such."""
    others = [place for place in places if not is_bar_of_links(rows[place])]
    return others if 2 * len(others) > len(places) else places


def _listed_links(rows: Rows, start: int) -> Iterator[int]:
    """The entries of the list that begins at a place, if each begins with a link."""
    listed = takewhile(lambda place: rows[place].depth, range(start, len(rows)))
    entries = [place for place in listed if rows[place].depth == 1 and rows[place].kind in _ENTRIES]
    if all(begins_with_link(rows[place]) for place in entries):
        yield from entries


def _lines(rows: Rows) -> Iterator[int]:
    """What :func:`_links` finds, and the lines that begin items in paragraphs of several."""
    yield from _links(rows)
    yield from _without_bars(rows, list(_opened_lines(rows)))
    yield from _named_lines(rows)


def _opened_lines(rows: Rows) -> Iterator[int]:
    place = 0
    while place < len(rows):
        end = end_of_paragraph(rows, place)
        several = end > place + FEWEST_LINES
        heads = is_subheading(rows[place]) or (several and announces(rows[place]))
        first = place + 1 if heads and end > place + 1 else place
        if begins_paragraph(rows[place]):
            yield from (first + line for line in opened_lines(rows[first:end]))
        place = end


def _named_lines(rows: Rows) -> Iterator[int]:
    """Lines that are a name and its address, where they are more than paragraphs of other text."""
    places = [place for place, row in enumerate(rows) if begins_paragraph(row)]
    named = {place: named_addresses(rows[place : end_of_paragraph(rows, place)]) for place in places}
    if sum(map(len, named.values())) > sum(not lines for lines in named.values()):
        yield from (place + line for place, lines in named.items() for line in lines)


def _paragraphs(rows: Rows) -> Iterator[int]:
    """Paragraphs at the margin in which a link or a bare address stands."""
    linked = [
        place for place, row in enumerate(rows) if begins_paragraph(row) and paragraph_leads_on(rows, place)
    ]
    yield from _without_bars(rows, linked)


def _where(fits: Callable[[Row], bool]) -> Callable[[Rows], Iterator[int]]:
    return lambda rows: (place for place, row in enumerate(rows) if fits(row))


_FIND: dict[ItemStart, Callable[[Rows], Iterator[int]]] = {
    ItemStart.BULLET: _where(is_bullet),
    ItemStart.NUMBER: _numbers,
    ItemStart.BOLD: bold_titles,
    ItemStart.HEADING: _headings,
    ItemStart.LINK: _links,
    ItemStart.LINE: _lines,
    ItemStart.ROW: _where(lambda row: row.kind is RowKind.ROW),
    ItemStart.PARAGRAPH: _paragraphs,
}
