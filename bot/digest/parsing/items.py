"""The items of a section, and what their lines say."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial

from bot.digest.habits import ItemStart
from bot.digest.parsing.bold_titles import goes_on_from_bold
from bot.digest.parsing.counting import (
    is_marked_link,
    number_of,
    without_lost_dash,
    without_number,
)
from bot.digest.parsing.edges import cut_at, stripped, text_of
from bot.digest.parsing.fields import Fields, is_single_link, read_fields
from bot.digest.parsing.inline_lines import merged
from bot.digest.parsing.item_ids import ItemIds
from bot.digest.parsing.item_numbers import counted_on, with_own_numbers
from bot.digest.parsing.item_rows import Divider, ItemRows
from bot.digest.parsing.labelled import says_where
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.labels_apart import with_labels_apart
from bot.digest.parsing.nested_groups import with_nested_groups
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.rows import Row, RowKind, Rows, bold_words, is_bare_mark
from bot.digest.parsing.starts import without_addresses
from bot.digest.parsing.tables import spread as spread_tables
from bot.digest.parsing.title_lines import TitleLine, is_bracketed_address
from bot.digest.parsing.titled_fields import is_known_field, place_of_title, with_title_first
from bot.digest.parsing.titles import Titles
from bot.digest.parsing.unwrapping import unwrapped_title
from bot.digest.profile import Profile
from bot.model import Item, Link, Span

#: Items whose first line may begin with a number, linked or not.
_NUMBERED = (ItemStart.NUMBER, ItemStart.ROW, ItemStart.HEADING)
_SPREAD = (ItemStart.ROW, ItemStart.BULLET)
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s)")
_BAR, _BLANK = Span(text=" | "), Span(text=" ")
_NO_TITLE = TitleLine(title=None, url=None, source=None)


class ItemReader:
    """Reads the items of one issue, by the habits of its digest."""

    def __init__(
        self, profile: Profile, notes: Notes, labels: Labels | None = None, marks: Collection[str] = ()
    ) -> None:
        """``labels`` are those of the issue, or of the digest; ``marks`` stand before titles."""
        self._profile = profile
        self._titles = cache(partial(Titles, labels=profile.labels.links, before=marks))
        self._labels = labels or Labels(profile.labels)
        # Where lines are labelled, text outside an item and an item without a summary are slips.
        self._strict = bool(profile.labels.summary)
        self._notes = notes
        self._ids = ItemIds()

    def read(self, section: SectionRows) -> tuple[Item, ...]:
        """The items in order. Text outside an item is one without a title."""
        habit = self._profile.items_of(section.slug)
        titles = self._titles(habit.source)
        divider = Divider(habit, self._labels, titles=titles, notes=self._notes, strict=self._strict)
        rows = tuple(with_labels_apart(section.rows, self._labels))
        starts = divider.starts(rows)
        if starts.habit is ItemStart.HEADING:
            rows = without_addresses(rows, starts)
            starts = divider.starts(rows)
        if starts.habit in _SPREAD and (spread := self._spread(rows, starts.habit)) is not rows:
            rows, starts = spread, divider.starts(spread)
        divided = divider.divide(rows, starts)
        kept = with_own_numbers([rows for rows in divided if not self._is_bare_mark(rows)])
        bold = len(kept) > 1 and all(any(map(str.isalnum, bold_words(item.rows[0].spans))) for item in kept)
        ids = partial(self._ids.next, section.slug)
        reader = _Reader(titles, self._labels, self._notes, starts.habit, strict=self._strict, bold=bold)
        headings = {section.line, *(row.number for row in rows if row.level)}
        items = tuple(counted_on([(rows, reader.item(rows, ids, headings)) for rows in kept]))
        if not items:
            self._notes.add("empty-section", section.line, about=section.heading)
            self._notes.leave_out(section.line, section.heading, "empty-section")
        return items

    def _spread(self, rows: Rows, habit: ItemStart) -> Rows:
        """The rows, each item begun by one of its own: of tables, and of lists within lists."""
        if habit is ItemStart.ROW:
            return tuple(spread_tables(rows, self._notes))
        return with_nested_groups(rows, lambda row: self._labels.read(row) is not None)

    def _is_bare_mark(self, item: ItemRows) -> bool:
        """Whether an item is nothing but the mark of one."""
        first = item.rows[0]
        if len(item.rows) > 1 or not is_bare_mark(first):
            return False
        self._notes.add("empty-bullet", first.number)
        return True


def _first_sentence(first: Row, following: list[Row]) -> tuple[Row, list[Row]]:
    """A row cut behind its first sentence, the rest a row below."""
    found = _SENTENCE_END.search(text_of(first.spans))
    return _cut(first, found.end(), following) if found else (first, following)


def _cut(first: Row, length: int, following: list[Row]) -> tuple[Row, list[Row]]:
    """A row cut behind so many characters, the rest as text below it."""
    title, behind = cut_at(first.spans, length)
    rest = stripped(behind)
    if not rest:
        return first, following
    return first._replace(spans=title), [first._replace(spans=rest, kind=RowKind.TEXT, marker=""), *following]


def _lost_its_address(rows: Sequence[Row]) -> bool:
    """Whether the first line is words in brackets, and the address of their link stands on the next."""
    first, *further = rows
    if not further or further[0].opens or not is_bracketed_address(further[0].text):
        return False
    return first.text.endswith("]") and not any(span.url for span in first.spans)


class _Reader:
    """Reads the items of one section."""

    def __init__(
        self,
        titles: Titles,
        labels: Labels,
        notes: Notes,
        habit: ItemStart | None,
        *,
        strict: bool,
        bold: bool,
    ) -> None:
        """``bold``: each of its items opens with bold words."""
        self._titles = titles
        self._labels = labels
        self._notes = notes
        self._habit = habit
        self._strict = strict
        self._bold = bold

    def item(
        self,
        divided: ItemRows,
        ids: Callable[[str | None, Sequence[Link]], str],
        headings: Collection[int] = (),
    ) -> Item:
        """The item of these rows; ``ids`` knows what one with such addresses is called.

        What stands in the lines of ``headings`` is where these lead, and no slip.
        """
        first, *following = rows = self._joined(divided.rows)
        titled = divided.marked or self._is_title(first, following)
        if not titled or is_known_field(first, self._labels):
            titled = titled or place_of_title(rows, self._labels) is not None
            first, *following = rows = with_title_first(rows, self._labels, self._notes)
        if self._bold and goes_on_from_bold(first.spans):
            first, following = _cut(first, len(bold_words(first.spans)), following)
        elif self._habit is ItemStart.PARAGRAPH and titled and not self._bold:
            first, following = _first_sentence(first, following)
        title = self._titles.read(self._bare(first), self._notes) if titled else _NO_TITLE
        body = [first._replace(spans=title.rest, kind=RowKind.TEXT, marker="")] if title.rest else []
        below: Sequence[Row] = (*body, *(following if titled else rows))
        if titled:
            title, below = self._with_source(title, below)
        fields = read_fields(below, self._labels, self._notes)
        url = title.url
        if title.title and not title.url:
            url, fields = self._main_link(first, following, fields)
        links = tuple(link for link in (*title.links, *fields.links) if link.label or link.url != url)
        all_links = (*links, *fields.inside)
        item = Item(
            id=ids(url, all_links),
            title=title.title,
            url=url,
            source=title.source,
            tags=title.tags,
            links=all_links,
            summary=fields.summary,
            line=first.number,
            groups=divided.groups,
            number=number_of(first) if titled else None,
        )
        self._note_repeated(links, url, first.number)
        if not all(row.number in headings for row in rows):
            self._note_slips(item, first, lost_dash=titled and not divided.marked)
        return item

    def _with_source(self, title: TitleLine, below: Sequence[Row]) -> tuple[TitleLine, Sequence[Row]]:
        """The title with the source that a line below names, if it has none, and the lines without that."""
        if title.source:
            return replace(title, source=self._labels.without_source_label(title.source)), below
        named = ((place, found) for place, row in enumerate(below) if (found := self._labels.source(row)))
        place, found = next(named, (0, None))
        if found is None:
            return title, below
        self._notes.leave_out(below[place].number, found.label, "label")
        name = found.name_alone
        links = tuple(Link(label=found.label, url=url, name=name) for url in found.urls)
        return replace(title, source=name, links=(*title.links, *links)), (
            *below[:place],
            *below[place + 1 :],
        )

    def _main_link(self, first: Row, following: Sequence[Row], fields: Fields) -> tuple[str | None, Fields]:
        """The address that an item lacks: alone on a line, or in a link that stands alone below a heading.

        In a row of a table it may be called what it is: 链接.
        """
        if self._habit is ItemStart.ROW and fields.links and says_where(fields.links[0].label):
            self._notes.leave_out(first.number, fields.links[0].label, "address of the title")
            return fields.with_first_link()
        below = next(iter(following), None)
        if first.level and fields.links and below is not None and is_single_link(below, self._labels):
            if fields.links[0].label:
                self._notes.leave_out(below.number, below.text, "address of the title")
            return fields.with_first_link()
        return fields.with_main_link()

    def _bare(self, first: Row) -> Row:
        if self._habit in _NUMBERED:
            return without_number(first)
        bare = without_lost_dash(first)
        counted = without_number(bare)
        return counted if counted is not bare and self._titles.is_link(counted) else bare

    def _is_title(self, row: Row, following: Sequence[Row]) -> bool:
        if not self._strict or row.kind not in (RowKind.TEXT, RowKind.BULLET, RowKind.NUMBER):
            return False
        if self._labels.read(row):
            return False
        if (
            is_marked_link(row)
            or self._titles.is_numbered_link(row)
            or self._labels.lead_to_summary(following)
        ):
            return True
        if self._labels.lines_to_address((row, *following[:2])):
            return True
        return self._has_source(row) and (bool(following) or any(span.url for span in row.spans))

    def _has_source(self, row: Row) -> bool:
        return self._titles.split_source(row.text)[1] is not None

    def _joined(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows; a source on a line of its own, between a name and its address, joins the name.

        So does what goes on with a title in bold, if it is bold too, and the address that a link lost.
        """
        if _lost_its_address(rows):
            return rows[0]._replace(spans=merged((*rows[0].spans, _BLANK, *rows[1].spans))), *rows[2:]
        if self._habit is ItemStart.BOLD:
            return unwrapped_title(rows)
        if not self._strict or self._labels.lines_to_address(rows) <= 1 or self._has_source(rows[0]):
            return rows
        name, source, *rest = rows
        return name._replace(spans=(*name.spans, _BAR, *source.spans)), *rest

    def _note_repeated(self, links: Iterable[Link], url: str | None, line: int) -> None:
        """Note what further links to the item's own address are called; readers get its title alone."""
        for link in links:
            if link.url == url:
                self._notes.leave_out(line, link.words, "repeated link")

    def _note_slips(self, item: Item, first: Row, *, lost_dash: bool) -> None:
        if not self._strict:
            return
        if lost_dash:
            self._notes.add("missing-dash", item.line, about=first.text[:40])
        if self._labels.is_editors(first):
            return
        if item.title is None:
            self._notes.add("no-item-title", item.line)
        if not item.summary:
            self._notes.add("no-summary", item.line, about=item.title or "")
