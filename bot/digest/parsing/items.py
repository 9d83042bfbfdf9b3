"""The items of a section: where each begins, and what its lines say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.digest.parsing.fields import read_fields
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.rows import Row, RowKind, Rows
from bot.digest.parsing.starts import Starts, begins_paragraph, starts_of, without_number
from bot.digest.parsing.titles import TitleLine, Titles, without_lost_dash
from bot.digest.profile import ItemStart, Profile
from bot.model import Item

_NO_TITLE = TitleLine(title=None, url=None, source=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The rows of one item; ``marked`` says that it begins as the digest's items do."""

    rows: Rows
    marked: bool


class ItemReader:
    """Reads the items of one issue, by the habits of its digest."""

    def __init__(self, profile: Profile, notes: Notes) -> None:
        self._habit = profile.items
        self._labels = Labels(profile.labels)
        self._titles = Titles(profile.items.source)
        # Where lines are labelled, text outside an item and an item without a summary are slips.
        self._strict = bool(profile.labels.summary)
        self._notes = notes

    def read(self, section: SectionRows) -> tuple[Item, ...]:
        """The items in order, their ids still empty. Text outside an item is one without a title."""
        starts = self._starts(section.rows)
        groups = [group for group in map(self._content, self._groups(section.rows, starts)) if group.rows]
        if not groups:
            self._notes.add("empty-section", section.line, about=section.heading)
        return tuple(self._item(group, starts.habit) for group in groups)

    def _starts(self, rows: Rows) -> Starts:
        """Where items begin; a bullet that is a field, ``- 摘要：…``, belongs to the item above it."""
        starts = starts_of(rows, self._habit.begin)
        first = min(starts.places, default=0)
        further = sorted(starts.places - {first})
        fields = {place for place in further if self._labels.is_field(rows[place])}
        named = {place for place in starts.places if self._labels.is_named_address(rows[place])}
        if len(named) * 2 > len(starts.places):  # name and address is how the items of this section look
            fields -= named
        return replace(starts, places=starts.places - fields)

    def _groups(self, rows: Rows, starts: Starts) -> Iterator[_Group]:
        group: list[Row] = []
        marked = summed = False  # how the group begins, and whether its summary has begun
        for place, row in enumerate(rows):
            begins = place in starts.places
            if group and (begins or self._parts(rows, place, starts, marked=marked, summed=summed)):
                yield _Group(rows=tuple(group), marked=marked)
                group, marked, summed = [], False, False
            marked = marked or (begins and not group)
            summed = summed or self._labels.is_summary(row)
            group.append(row)
        if group:
            yield _Group(rows=tuple(group), marked=marked)

    def _parts(self, rows: Rows, place: int, starts: Starts, *, marked: bool, summed: bool) -> bool:
        """Whether something new begins here without the mark of an item."""
        if starts.habit is not ItemStart.BULLET and not (self._strict and starts.habit is None):
            return False
        if self._lost_its_dash(rows, place, summed=summed):
            return True
        return marked and not self._habit.paragraphs and begins_paragraph(rows[place])

    def _lost_its_dash(self, rows: Rows, place: int, *, summed: bool) -> bool:
        """Whether an item begins here all the same: a link with a source, or a line above fields."""
        first = rows[place]
        if first.kind in (RowKind.BULLET, RowKind.NUMBER):
            return self._titles.is_link(first) and self._labels.lead_to_summary(rows, place + 1)
        if first.kind is not RowKind.TEXT or first.quote or first.indent or self._labels.read(first):
            return False
        if self._titles.is_link(without_number(first)):
            return True
        stands_out = first.opens or self._titles.split_source(first.text)[1] is not None
        return stands_out and summed and self._labels.lead_to_summary(rows, place + 1)

    def _content(self, group: _Group) -> _Group:
        """The group without a heading at its end, which belongs to what follows; empty for a bare mark."""
        content = list(group.rows)
        while content and content[-1].level and not (group.marked and len(content) == 1):
            row = content.pop()
            self._notes.add("subheading", row.number, about=row.text)
        if len(content) == 1 and content[0].kind is not RowKind.PICTURE and not content[0].spans:
            self._notes.add("empty-bullet", content.pop().number)
        return group if len(content) == len(group.rows) else replace(group, rows=tuple(content))

    def _item(self, group: _Group, habit: ItemStart | None) -> Item:
        first, *following = group.rows
        titled = group.marked or self._is_title(first, following)
        title = self._titles.read(self._bare(first, habit), self._notes) if titled else _NO_TITLE
        body = [replace(first, spans=title.rest, kind=RowKind.TEXT, marker="")] if title.rest else []
        fields = read_fields((*body, *(following if titled else group.rows)), self._labels, self._notes)
        item = Item(
            id="",
            title=title.title,
            url=title.url,
            source=title.source,
            tags=title.tags,
            links=(*title.links, *fields.links),
            summary=fields.summary,
            line=first.number,
        )
        self._note_slips(item, first, lost_dash=titled and not group.marked)
        return item

    def _bare(self, first: Row, habit: ItemStart | None) -> Row:
        bare = first if habit is ItemStart.NUMBER else without_lost_dash(first)
        linked = habit is ItemStart.NUMBER or self._titles.is_link(without_number(bare))
        return without_number(bare) if linked else bare

    def _is_title(self, row: Row, following: Sequence[Row]) -> bool:
        if row.kind not in (RowKind.TEXT, RowKind.BULLET, RowKind.NUMBER) or self._labels.read(row):
            return False
        if self._titles.is_link(without_number(row)) or self._labels.lead_to_summary(following):
            return True
        return self._titles.split_source(row.text)[1] is not None

    def _note_slips(self, item: Item, first: Row, *, lost_dash: bool) -> None:
        if not self._strict:
            return
        if lost_dash:
            self._notes.add("missing-dash", item.line, about=first.text[:40])
        if item.title is None:
            self._notes.add("no-item-title", item.line)
        if not item.summary:
            self._notes.add("no-summary", item.line, about=item.title or "")
