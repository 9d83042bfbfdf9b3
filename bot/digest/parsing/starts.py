"""Where the items of a section begin: by the first habit of the digest that the section shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.digest.habits import ItemStart
from bot.digest.parsing.bold_openings import bold_titles
from bot.digest.parsing.counting import count_on, without_number
from bot.digest.parsing.group_lines import announces, is_subheading
from bot.digest.parsing.list_entries import is_bullet, listed, numbered
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

_LISTED = {RowKind.BULLET: ItemStart.BULLET, RowKind.NUMBER: ItemStart.NUMBER}
_ENTRIES = (RowKind.BULLET, RowKind.NUMBER)
_SLIPS = 1 / 3  # for each heading of an item, those that may have slipped one level deeper


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
    tried = tuple(habits)
    for rank, begin in enumerate(tried):
        habit, places = begin, frozenset(_FIND[begin](rows))
        if habit is ItemStart.BULLET and ItemStart.NUMBER in tried[rank:]:
            kind, entries = listed(rows)
            habit, places = _LISTED[kind], frozenset(entries)
        if habit is ItemStart.TITLE and places:
            habit = ItemStart.HEADING if rows[min(places)].level else ItemStart.BOLD
        if habit is ItemStart.BOLD and longest is not None:
            places = frozenset(
                place for place in places if len(bold_words(rows[place].spans).strip()) <= longest
            )
        if places and (rank == 0 or min(places) == 0 or stands_out(rows[min(places)])):
            return Starts(habit=habit, places=_with_other_groups(rows, places))
    return Starts(habit=None, places=frozenset())


def without_addresses(rows: Rows, starts: Starts) -> Rows:
    """The rows without the lines that say where headings lead, if these are titles: they lead there."""
    headed = {rows[place].number for place in starts.places if rows[place].kind is RowKind.GROUP}
    return tuple(row for row in rows if row.level or row.number not in headed)


def _headed(rows: Rows) -> Sequence[int]:
    """The headings of one level that are titles: they are counted, or links all of them."""
    places = [place for place, row in enumerate(rows) if row.level]
    several = len(places) > 1 and len({rows[place].level for place in places}) == 1
    counted = several and count_on([rows[place] for place in places])
    return (
        places
        if counted or (several and all(_is_link(without_number(rows[place])) for place in places))
        else []
    )


def _in_bold(rows: Rows) -> Sequence[int]:
    """The lines in bold that are titles: they begin the section, and paragraphs."""
    places = [place for place, row in enumerate(rows) if begins_paragraph(row) and is_bold(row)]
    told = all(place + 1 < len(rows) and place + 1 not in places for place in places)
    return places if len(places) > 1 and places[0] == 0 and told else []


def _with_other_groups(rows: Rows, places: frozenset[int]) -> frozenset[int]:
    """The places, and entries that stand out right below the heading of a group that has none of them."""
    found = set(places)
    headings = [place for place, row in enumerate(rows) if row.level and row.kind is RowKind.GROUP]
    if not headings:
        return places
    for start, end in pairwise((*headings, len(rows))):
        if places.isdisjoint(range(start, end)):
            group = rows[start + 1 : end]
            entries = set(_where(is_bullet)(group)) or set(numbered(group))
            if entries and min(entries) == 0 and all(_is_linked_entry(group[place]) for place in entries):
                found.update(start + 1 + place for place in entries)
    return frozenset(found)


def _is_linked_entry(row: Row) -> bool:
    """Whether an entry of a list stands out, or a numbered line is a link and nothing else."""
    if row.kind is not RowKind.TEXT:
        return stands_out(row)
    return all(span.url or not span.text.strip() for span in without_number(row).spans)


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
    ItemStart.NUMBER: numbered,
    ItemStart.BOLD: bold_titles,
    ItemStart.HEADING: _headings,
    ItemStart.LINK: _links,
    ItemStart.LINE: _lines,
    ItemStart.ROW: _where(lambda row: row.kind is RowKind.ROW),
    ItemStart.PARAGRAPH: _paragraphs,
    ItemStart.TITLE: lambda rows: iter(_headed(rows) or _in_bold(rows)),
}
