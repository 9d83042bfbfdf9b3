"""Where the items of a section begin: by the first habit of the digest that the section shows."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.digest.habits import ItemStart
from bot.digest.heading_names import may_head
from bot.digest.parsing.counting import count_at, number_of, without_number
from bot.digest.parsing.edges import text_of
from bot.digest.parsing.marks import is_around_link, is_sign, without_tags
from bot.digest.parsing.rows import Row, RowKind, Rows, bold_words, is_bold, opens_with_title

_ENTRIES = (RowKind.BULLET, RowKind.NUMBER)
#: ``[title] (address)``, which Markdown does not take for a link.
_BROKEN_LINK = re.compile(r"\[[^\[\]]+\]\s{0,3}[(（]\s?https?://")
#: Marks that a heading has none of.
_WITHIN_SENTENCE = re.compile(r"[，。；！？]|[,.;!?:：]\s")
_WIDEST_GAP = 5  # numbers of items that were taken out
_FEWEST_LINES = 2  # of a paragraph that begin with a sign, where they are items
_DOTS = frozenset("·•‣⁃・∙→»※")  # that editors write for those of a list; Markdown does not know them
_DASHES = frozenset("–—")  # the same, where several lines begin so: a single one may name who is quoted


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
        if places and (rank == 0 or min(places) == 0 or _stands_out(rows[min(places)])):
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
        return _stands_out(row)
    return all(span.url or not span.text.strip() for span in without_number(row).spans)


def is_bullet(row: Row) -> bool:
    """Whether the row is an entry of an outermost list."""
    return row.kind is RowKind.BULLET and row.depth == 1 and not row.quote


def begins_paragraph(row: Row) -> bool:
    """Whether the row begins a paragraph at the margin."""
    return row.kind is RowKind.TEXT and row.opens and not row.depth and not row.quote


def _numbers(rows: Rows) -> Iterator[int]:
    """Entries numbered on, 1, 2, 3 …; those of a list inside an item begin anew and are none.

    Below text of the section's own only an entry that stands out begins the items:
    an essay may count its points. A number may stand twice or be missing: editors forget to count on,
    or write the same one everywhere. Below a heading they count anew. One with another mark than the
    first stands out and counts on.
    """
    last, kind, first = None, None, 0
    alike = _all_alike(rows)
    inside = False  # a list of an item's own
    for place, row in enumerate(rows):
        if row.level and last is not None:
            last, first = None, place + 1
        number = _number(row)
        if number is None:
            continue
        if last is None:
            begins = kind in (None, row.kind) and (place == first or _has_link(rows, place))
        elif kind is not row.kind:
            begins = number == last + 1 and _stands_out(row) and not inside
        elif alike:
            begins = True
        else:
            begins = number == last + 1 or (last <= number <= last + _WIDEST_GAP and _stands_out(row))
        inside = not begins and (inside or kind is not row.kind)
        if begins:
            last, kind = number, kind or row.kind
            yield place


def _all_alike(rows: Rows) -> bool:
    """Whether all entries of the outermost lists have one number, which Markdown would count on."""
    numbers = [row.marker for row in rows if row.kind is RowKind.NUMBER and row.depth == 1 and not row.quote]
    return len(numbers) > 1 and len(set(numbers)) == 1


def _number(row: Row) -> int | None:
    if row.kind is RowKind.NUMBER and row.depth == 1 and not row.quote:
        return int(number_of(row) or 0)
    # A line at the margin belongs to the entry above it only because Markdown does not know its mark.
    at_margin = row.kind is RowKind.TEXT and not row.quote and (not row.depth or not row.indent)
    begins = at_margin and (row.opens or _stands_out(row))
    found = count_at(text_of(row.spans)) if begins else None
    return int(found.number) if found else None


def _stands_out(row: Row) -> bool:
    return is_bold(row) or _leads_on(row)


def _leads_on(row: Row) -> bool:
    """Whether a link or a bare address stands in a row."""
    return any(span.url for span in row.spans) or "://" in row.text


def _has_link(rows: Rows, place: int) -> bool:
    """Whether a row stands out, or a further line of its paragraph has a link."""
    return any(map(_stands_out, rows[place : _end(rows, place)]))


def is_subheading(row: Row) -> bool:
    """Whether a line may head what stands below it without being a heading: bold, short, no sentence."""
    return (
        begins_paragraph(row)
        and is_bold(row)
        and may_head(row.text)
        and not any(span.url for span in row.spans)
    )


def announces(row: Row) -> bool:
    """Whether a few words on a line of their own announce what stands below: they end with a colon."""
    return begins_paragraph(row) and says_what_follows(row)


def says_what_follows(row: Row) -> bool:
    """Whether a row is a few words that end with a colon, and no sentence or link."""
    words = row.text.rstrip()
    if not words.endswith((":", "：")) or _stands_out(row):
        return False
    return may_head(words) and _WITHIN_SENTENCE.search(words) is None


def _begins_with_link(row: Row) -> bool:
    return begins_paragraph(row) and begins_with_link(row)


def begins_with_link(row: Row) -> bool:
    """Whether a row begins with a link; signs such as 🔥 and tags in brackets may stand before it."""
    before = takewhile(lambda span: not span.url or not span.text.strip(), row.spans)
    linked = any(span.url and span.text.strip() for span in row.spans)
    if not linked:
        return _BROKEN_LINK.match(row.text) is not None
    return all(is_around_link(char) or char in _DOTS for char in without_tags(text_of(tuple(before))))


def _begins_with_sign(row: Row) -> bool:
    """Whether a row begins with an emoji, or with a dot or an arrow in the place of a list's."""
    first = row.text[:1]
    return bool(first) and (first in _DOTS | _DASHES or (is_sign(first) and not first.isalnum()))


def _opened(lines: Rows) -> list[int]:
    """The lines of a paragraph that begin items; empty where it is none of items.

    All of them, where most begin with a link and the others have one, or all open with a title in
    bold; else those that begin with a sign, as the first does, if each has a link in it.
    """
    begin = sum(map(begins_with_link, lines))
    linked = all(any(span.url for span in line.spans) or _BROKEN_LINK.match(line.text) for line in lines)
    titled = len(lines) > 1 and all(opens_with_title(line.spans) for line in lines)
    if linked and (titled or (begins_with_link(lines[0]) and 2 * begin > len(lines))):
        return list(range(len(lines)))
    signed = [place for place, line in enumerate(lines) if _begins_with_sign(line)]
    if len(signed) < _FEWEST_LINES or signed[0]:
        return []
    items = (lines[start:end] for start, end in pairwise((*signed, len(lines))))
    return signed if all(any(map(_leads_on, item)) for item in items) else []


def _links(rows: Rows) -> Iterator[int]:
    """Paragraphs that begin with a link, and the entries of lists of links below a bold line."""
    for place, row in enumerate(rows):
        if _begins_with_link(row):
            yield place
        elif is_subheading(row):
            yield from _listed_links(rows, place + 1)


def _listed_links(rows: Rows, start: int) -> Iterator[int]:
    """The entries of the list that begins at a place, if each begins with a link."""
    listed = takewhile(lambda place: rows[place].depth, range(start, len(rows)))
    entries = [place for place in listed if rows[place].depth == 1 and rows[place].kind in _ENTRIES]
    if all(begins_with_link(rows[place]) for place in entries):
        yield from entries


def _lines(rows: Rows) -> Iterator[int]:
    """What :func:`_links` finds, and the lines that begin items in paragraphs of several."""
    yield from _links(rows)
    place = 0
    while place < len(rows):
        end = _end(rows, place)
        several = end > place + _FEWEST_LINES
        heads = is_subheading(rows[place]) or (several and announces(rows[place]))
        first = place + 1 if heads and end > place + 1 else place
        if begins_paragraph(rows[place]):
            yield from (first + line for line in _opened(rows[first:end]))
        place = end


def _bold_titles(rows: Rows) -> Iterator[int]:
    """Paragraphs in bold; where there are none, those that open with a title in bold, as most do.

    A single one is a remark unless the section begins with it.
    """
    paragraphs = [place for place, row in enumerate(rows) if begins_paragraph(row)]
    bold = [place for place in paragraphs if is_bold(rows[place])]
    opened = [place for place in paragraphs if not bold and opens_with_title(rows[place].spans)]
    most = 2 * len(opened) >= len(paragraphs) and (len(opened) > 1 or opened == [0])
    yield from bold or (opened if most else ())


def _paragraphs(rows: Rows) -> Iterator[int]:
    """Paragraphs at the margin in which a link or a bare address stands."""
    for place, row in enumerate(rows):
        if begins_paragraph(row) and any(map(_leads_on, rows[place : _end(rows, place)])):
            yield place


def _end(rows: Rows, place: int) -> int:
    """Where the paragraph ends that begins at a place."""
    end = place + 1
    while end < len(rows) and not rows[end].opens and rows[end].kind is RowKind.TEXT:
        end += 1
    return end


def _where(fits: Callable[[Row], bool]) -> Callable[[Rows], Iterator[int]]:
    return lambda rows: (place for place, row in enumerate(rows) if fits(row))


_FIND: dict[ItemStart, Callable[[Rows], Iterator[int]]] = {
    ItemStart.BULLET: _where(is_bullet),
    ItemStart.NUMBER: _numbers,
    ItemStart.BOLD: _bold_titles,
    ItemStart.HEADING: _where(lambda row: row.kind is RowKind.HEADING),
    ItemStart.LINK: _links,
    ItemStart.LINE: _lines,
    ItemStart.ROW: _where(lambda row: row.kind is RowKind.ROW),
    ItemStart.PARAGRAPH: _paragraphs,
}
