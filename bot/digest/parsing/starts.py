"""Where the items of a section begin: by the first habit of the digest that the section shows."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.digest.parsing.edges import text_of, without_start
from bot.digest.parsing.rows import Row, RowKind, Rows, is_bold
from bot.digest.profile import ItemStart

_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})(?:\s*、|[.．)）](?!\d))\s*")
_WIDEST_GAP = 5  # numbers of items that were taken out
_LONGEST_BOLD = 80  # characters; a longer bold paragraph is a cry, no title


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """The places in a section's rows where items begin, and by which habit; None where by none."""

    habit: ItemStart | None
    places: frozenset[int]


def starts_of(rows: Rows, habits: Iterable[ItemStart]) -> Starts:
    """Try the habits in their order.

    Any but the first must be clear: below text of the section's own its first item has to
    stand out, for an essay too has its lists.
    """
    for rank, habit in enumerate(habits):
        places = frozenset(_FIND[habit](rows))
        if places and (rank == 0 or min(places) == 0 or _stands_out(rows[min(places)])):
            return Starts(habit=habit, places=places)
    return Starts(habit=None, places=frozenset())


def without_number(row: Row) -> Row:
    """The row without the number it begins with."""
    found = _NUMBER.match(text_of(row.spans)) if row.kind is not RowKind.NUMBER else None
    return replace(row, spans=without_start(row.spans, found.end())) if found else row


def is_bullet(row: Row) -> bool:
    """Whether the row is an entry of an outermost list."""
    return row.kind is RowKind.BULLET and row.depth == 1 and not row.quote


def begins_paragraph(row: Row) -> bool:
    """Whether the row begins a paragraph at the margin."""
    return row.kind is RowKind.TEXT and row.opens and not row.depth and not row.quote


def _numbers(rows: Rows) -> Iterator[int]:
    """Entries numbered on, 1, 2, 3 …; those of a list inside an item begin anew and are none.

    Below text of the section's own only an entry that stands out begins the items:
    an essay may count its points. A number may stand twice or be missing: editors forget to count on.
    """
    last, kind = None, None
    for place, row in enumerate(rows):
        number = _number(row)
        if number is None or kind not in (None, row.kind):
            continue
        if last is None:
            begins = place == 0 or _stands_out(row)
        else:
            begins = number == last + 1 or (last <= number <= last + _WIDEST_GAP and _stands_out(row))
        if begins:
            last, kind = number, row.kind
            yield place


def _number(row: Row) -> int | None:
    if row.kind is RowKind.NUMBER and row.depth == 1 and not row.quote:
        return int(re.sub(r"\D", "", row.marker) or 0)
    at_margin = row.kind is RowKind.TEXT and not row.depth and not row.quote
    begins = at_margin and (row.opens or _stands_out(row))
    found = _NUMBER.match(text_of(row.spans)) if begins else None
    return int(found["number"]) if found else None


def _stands_out(row: Row) -> bool:
    return is_bold(row) or any(span.url for span in row.spans)


def _begins_with_link(row: Row) -> bool:
    return begins_paragraph(row) and row.begins_with_link


def _is_bold_title(row: Row) -> bool:
    return begins_paragraph(row) and is_bold(row) and len(row.text) <= _LONGEST_BOLD


def _where(fits: Callable[[Row], bool]) -> Callable[[Rows], Iterator[int]]:
    return lambda rows: (place for place, row in enumerate(rows) if fits(row))


_FIND: dict[ItemStart, Callable[[Rows], Iterator[int]]] = {
    ItemStart.BULLET: _where(is_bullet),
    ItemStart.NUMBER: _numbers,
    ItemStart.BOLD: _where(_is_bold_title),
    ItemStart.HEADING: _where(lambda row: row.level > 0),
    ItemStart.LINK: _where(_begins_with_link),
}
