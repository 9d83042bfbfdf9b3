"""The items of a section: where each begins, and what its lines say."""

from collections.abc import Iterator
from dataclasses import replace

from bot.digest.fields import read_fields
from bot.digest.labels import Labels
from bot.digest.notes import Notes
from bot.digest.outline import Part, Rows
from bot.digest.rows import Row, RowKind
from bot.digest.titles import TitleLine, linked_title, read_title, split_source, without_lost_dash
from bot.model import Item

_NO_TITLE = TitleLine(title=None, url=None, source=None)


def read_items(part: Part, labels: Labels, notes: Notes) -> tuple[Item, ...]:
    """The section's items in order, their ids still empty."""
    groups = tuple(filter(None, (_content(group, notes) for group in _groups(part.rows, labels))))
    if not groups:
        notes.add("empty-section", part.line, about=part.heading)
    return tuple(_read_item(group, labels, notes) for group in groups)


def _groups(rows: Rows, labels: Labels) -> Iterator[Rows]:
    group: list[Row] = []
    for index, row in enumerate(rows):
        if group and (_is_bullet(row) or _lost_its_dash(rows[index:], group, labels)):
            yield tuple(group)
            group = []
        group.append(row)
    if group:
        yield tuple(group)


def _content(group: Rows, notes: Notes) -> Rows:
    """The group without a heading at its end, which belongs to what follows; empty for a bare dash."""
    content = list(group)
    while content and content[-1].level:
        row = content.pop()
        notes.add("subheading", row.number, about=row.text)
    if len(content) == 1 and not content[0].spans:
        notes.add("empty-bullet", content.pop().number)
    return tuple(content)


def _is_bullet(row: Row) -> bool:
    return row.kind is RowKind.BULLET and row.depth == 1 and not row.quote


def _lost_its_dash(rows: Rows, group: list[Row], labels: Labels) -> bool:
    """Whether an item begins here without a dash: a link with a source, or a line above fields of its own."""
    first, *following = rows
    if first.kind is not RowKind.TEXT or first.quote or first.indent or labels.read(first):
        return False
    if linked_title(first):
        return True
    stands_out = first.opens or split_source(first.text)[1] is not None
    return stands_out and any(map(labels.is_summary, group)) and labels.lead_to_summary(following)


def _read_item(rows: Rows, labels: Labels, notes: Notes) -> Item:
    first, *following = rows
    titled = _is_bullet(first) or _is_title(first, following, labels)
    if titled and first.kind is not RowKind.BULLET:
        notes.add("missing-dash", first.number, about=first.text[:40])
    title = read_title(without_lost_dash(first), notes) if titled else _NO_TITLE
    body = [replace(first, spans=title.rest, kind=RowKind.TEXT, marker="")] if title.rest else []
    fields = read_fields((*body, *(following if titled else rows)), labels, notes)
    if title.title is None:
        notes.add("no-item-title", first.number)
    if not fields.summary:
        notes.add("no-summary", first.number, about=title.title or "")
    return Item(
        id="",
        title=title.title,
        url=title.url,
        source=title.source,
        tags=title.tags,
        links=(*title.links, *fields.links),
        summary=fields.summary,
        line=first.number,
    )


def _is_title(row: Row, following: list[Row], labels: Labels) -> bool:
    if labels.read(row):
        return False
    return linked_title(row) or labels.lead_to_summary(following) or split_source(row.text)[1] is not None
