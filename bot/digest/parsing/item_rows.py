"""A section divided: the rows of each item, and the headings of the groups that it stands in."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.digest.habits import ItemHabit, ItemStart
from bot.digest.heading_names import shown_name
from bot.digest.parsing.counting import is_empty_entry, is_marked_link
from bot.digest.parsing.group_lines import announces, is_bold_name, is_subheading, stands_apart
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.list_entries import leads_somewhere
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.opening_lines import begins_paragraph, leads_on
from bot.digest.parsing.rows import Row, RowKind, Rows, as_text, is_bare_mark
from bot.digest.parsing.starts import Starts, starts_of
from bot.digest.parsing.titled_fields import is_known_field, place_of_title
from bot.digest.parsing.titles import Titles

_LISTS = (ItemStart.BULLET, ItemStart.NUMBER)
SUBHEADING = 7  # the level of a bold line that heads items: below all headings


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRows:
    """The rows of one item; ``marked`` says that it begins as the digest's items do."""

    rows: Rows
    marked: bool
    groups: tuple[str, ...] = ()


class Divider:
    """Divides sections by the habits of their items. ``strict``: text outside an item is a slip."""

    def __init__(
        self, habit: ItemHabit, labels: Labels, *, titles: Titles, notes: Notes, strict: bool
    ) -> None:
        self._habit = habit
        self._labels = labels
        self._titles = titles
        self._notes = notes
        self._strict = strict

    def starts(self, rows: Rows) -> Starts:
        """Where items begin; a bullet that is a field, ``- 摘要：…``, belongs to the item above it.

        But for a summary, that is so only where the other items are no names with their addresses.
        """
        starts = starts_of(rows, self._habit.begin, self._habit.longest)
        first = min(starts.places, default=0)
        further = sorted(starts.places - {first})
        ends = (*further[1:], len(rows)) if further else ()
        entries = zip(further, ends, strict=True)
        of_fields = bool(starts.places) and is_known_field(rows[first], self._labels)
        fields = {
            place
            for place, end in entries
            if self._is_field(rows, place, end)
            and not (of_fields and place_of_title(rows[place:end], self._labels) is not None)
        }
        if not fields:
            return starts
        others = starts.places - fields
        named = sum(self._labels.is_named_address(rows[place]) for place in others)
        if 2 * named > len(others):
            fields = {place for place in fields if self._labels.is_summary(rows[place])}
        return replace(starts, places=starts.places - fields)

    def _is_field(self, rows: Rows, place: int, end: int) -> bool:
        """Whether the entry up to ``end`` belongs to the item above.

        It has a known label, or is on the way to a summary that is not its own.
        """
        if not self._labels.is_field(rows[place]):
            return False
        if not self._labels.is_named_address(rows[place]):
            return True
        own = self._labels.lead_to_summary(rows[:end], place + 1)
        return not own and self._labels.lead_to_summary(rows, place)

    def divide(self, rows: Rows, starts: Starts) -> Iterator[ItemRows]:
        """The items in order; what stands outside of them is unmarked."""
        rows = tuple(self._with_subheadings(rows, starts))
        worded = replace(starts, places=starts.places - _bare_marks(rows, starts.places))
        open_item = _Open()
        groups: list[Row] = []
        levels = _levels_of_groups(rows, worded)
        for place, row in enumerate(rows):
            if starts.habit and row.level and place not in starts.places and row.kind is not RowKind.TEXT:
                yield from open_item.ended(groups)
                if self._is_repeated(rows, place):
                    continue
                bare = self._is_bare(rows, place)
                if bare or row.level in levels or _leads_to_items(rows, place, worded):
                    groups = self._within(groups, row)
                    continue
            if starts.habit in _LISTS and is_empty_entry(row) and _ends_at(rows, place, starts.places):
                self._note_empty(row)
                continue
            begins = place in starts.places
            if begins or row.kind is RowKind.RULE or self._parts(rows, place, starts, open_item):
                yield from open_item.ended(groups)
            open_item.take(row, begins=begins, sums=not open_item.summed and self._labels.is_summary(row))
        yield from open_item.ended(groups)

    def _note_empty(self, row: Row) -> None:
        self._notes.add("empty-bullet", row.number)
        if row.text:
            self._notes.leave_out(row.number, row.text, "empty-bullet")

    def _is_repeated(self, rows: Rows, place: int) -> bool:
        """Whether a heading stands once more right below, which is noted."""
        heading, below = rows[place], rows[place + 1] if place + 1 < len(rows) else None
        if below is None or (below.level, below.text) != (heading.level, heading.text):
            return False
        self._notes.leave_out(heading.number, heading.text, "repeated heading")
        return True

    def _within(self, groups: Sequence[Row], heading: Row) -> list[Row]:
        """The headings of the groups below one more; if it is the same again, readers see it once."""
        within = [*(one for one in groups if one.level < heading.level), heading]
        if [one.text for one in within] == [one.text for one in groups]:
            self._notes.leave_out(heading.number, heading.text, "repeated heading")
        return within

    def _goes_with_next(self, rows: Rows, place: int, starts: Starts) -> bool:
        """Whether a line is set off above an item that leads somewhere: it goes with what follows.

        It stands below an item that leads somewhere too, or is the first line of its part.
        """
        if starts.habit not in _LISTS or not stands_apart(rows, place):
            return False
        above = max((start for start in starts.places if start < place), default=None)
        if place + 1 not in starts.places or self._labels.read(rows[place]):
            return False
        if above is None and place and not rows[place - 1].level:
            return False
        return leads_somewhere(rows, place + 1) and (above is None or leads_somewhere(rows, above))

    def _is_bare(self, rows: Rows, place: int) -> bool:
        """Whether nothing stands below the heading of a group, which is noted."""
        heading = rows[place]
        below = takewhile(lambda row: not 0 < row.level <= heading.level, rows[place + 1 :])
        bare = all(row.level or row.kind is RowKind.RULE or is_empty_entry(row) for row in below)
        if bare:
            self._notes.add("empty-section", heading.number, about=heading.text)
            self._notes.leave_out(heading.number, heading.text, "empty-section")
        return bare

    def _with_subheadings(self, rows: Rows, starts: Starts) -> Iterator[Row]:
        """The rows; bold lines and announcements right above an item are headings of groups."""
        titled = starts.habit in (ItemStart.BOLD, ItemStart.HEADING)
        in_prose = starts.habit is ItemStart.PARAGRAPH
        bare = _bare_marks(rows, starts.places)
        grouped = not titled and any(is_subheading(rows[place - 1]) for place in starts.places if place)
        for place, row in enumerate(rows):
            below = next(further for further in range(place + 1, len(rows) + 1) if further not in bare)
            above = below in starts.places and place not in starts.places and not titled
            says = above and not in_prose and announces(row) and self._labels.read(row) is None
            says = says or (above and self._goes_with_next(rows, place, starts) and not leads_on(row))
            heads = says or (above and (is_subheading(row) or (grouped and is_bold_name(row))))
            yield row._replace(kind=RowKind.GROUP, level=SUBHEADING) if heads else row

    def _parts(self, rows: Rows, place: int, starts: Starts, item: "_Open") -> bool:
        """Whether something new begins here without the mark of an item."""
        if starts.habit is ItemStart.ROW:
            return begins_paragraph(rows[place])
        if self._labels.is_editors(rows[place]):
            return True
        if leads_on(rows[place]) and self._goes_with_next(rows, place, starts):
            return True
        if starts.habit is not ItemStart.BULLET and not (self._strict and starts.habit is None):
            return False
        if self._lost_its_dash(rows, place, summed=item.summed):
            return not (item.summed and self._reads_on(rows, place, starts))
        return item.marked and not self._habit.paragraphs and begins_paragraph(rows[place])

    def _reads_on(self, rows: Rows, place: int, starts: Starts) -> bool:
        """Whether a line that is a link, right below a summary, only leads further: no text is below it."""
        if rows[place].opens or not self._titles.is_link(rows[place]):
            return False
        below = rows[place + 1] if place + 1 < len(rows) and place + 1 not in starts.places else None
        return below is None or below.opens or below.kind is not RowKind.TEXT

    def _lost_its_dash(self, rows: Rows, place: int, *, summed: bool) -> bool:
        """Whether an item begins here all the same: a link with a source, or a line above fields."""
        first = rows[place]
        if first.kind in (RowKind.BULLET, RowKind.NUMBER):
            return self._titles.is_link(first) and self._labels.lead_to_summary(rows, place + 1)
        if first.kind is not RowKind.TEXT or first.quote or first.indent or self._labels.read(first):
            return False
        if is_marked_link(first) or self._titles.is_numbered_link(first):
            return True
        if self._strict and self._labels.lines_to_address(rows, place):
            return True
        if not summed or not self._labels.lead_to_summary(rows, place + 1):
            return False
        return first.opens or self._titles.split_source(first.text)[1] is not None


class _Open:
    """The item that rows are being taken into; ``summed`` says that its summary has begun."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self.marked = self.summed = False

    def take(self, row: Row, *, begins: bool, sums: bool) -> None:
        self.marked = self.marked or (begins and not self._rows)
        self.summed = self.summed or sums
        if row.kind is not RowKind.RULE:
            self._rows.append(row if begins else as_text(row))

    def ended(self, groups: list[Row]) -> Iterator[ItemRows]:
        """The item, where it has rows; the next one is open."""
        if self._rows:
            names = tuple(shown_name(group.text) for group in groups)
            yield ItemRows(rows=tuple(self._rows), marked=self.marked, groups=names)
        self._rows, self.marked, self.summed = [], False, False


def _bare_marks(rows: Rows, places: Collection[int]) -> frozenset[int]:
    """The places of marks of items behind which nothing stands: nobody sees them."""
    return frozenset(place for place in places if is_bare_mark(rows[place]) and _ends_at(rows, place, places))


def _ends_at(rows: Rows, place: int, places: Collection[int]) -> bool:
    """Whether what begins at a place goes on in no row below."""
    below = place + 1
    if below == len(rows) or below in places:
        return True
    return bool(rows[below].level) or rows[below].kind is RowKind.RULE


def _levels_of_groups(rows: Rows, starts: Starts) -> Collection[int]:
    """The levels of the headings that stand above items; others of these head groups too, of text."""
    headings = (place for place, row in enumerate(rows) if row.kind is RowKind.GROUP)
    return {rows[place].level for place in headings if _leads_to_items(rows, place, starts)}


def _leads_to_items(rows: Rows, place: int, starts: Starts) -> bool:
    """Whether an item begins below a heading before one of its level or above."""
    level = rows[place].level
    for further in range(place + 1, len(rows)):
        if further in starts.places:
            return rows[further].kind is not RowKind.HEADING or rows[further].level > level
        if 0 < rows[further].level <= level:
            return False
    return False
