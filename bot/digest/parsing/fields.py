"""The lines of an item below its first: labelled links, then the summary to its last line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from bot.digest.parsing.addresses import is_relative
from bot.digest.parsing.edges import text_of
from bot.digest.parsing.labelled import LabelKind, Labelled, bare_urls, is_address
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.leading_label import leading_label
from bot.digest.parsing.line_ends import between
from bot.digest.parsing.lines import as_lines
from bot.digest.parsing.marks import bare
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind
from bot.model import Link, RichText

_NO_LABEL = ""  # of an address that stands alone on its line
_SEVERAL = 2  # labels on a line
_MOST_ABOVE = 12  # lines of an item above the label of its summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """An item's labelled links, those ``inside`` its summary, which tells their labels, and the summary."""

    links: tuple[Link, ...]
    inside: tuple[Link, ...]
    summary: RichText

    def with_main_link(self) -> tuple[str | None, "Fields"]:
        """The first address, where it stands alone on a line: the one its item lacks. The rest without it."""
        first = self.links[0] if self.links else None
        if first is None or first.label != _NO_LABEL:
            return None, self
        return self.with_first_link()

    def with_first_link(self) -> tuple[str | None, "Fields"]:
        """The first address, whatever it is called, and the rest without it."""
        return self.links[0].url, replace(self, links=self.links[1:])


class _Line(NamedTuple):
    """A row above the summary, with its label if it has one."""

    row: Row
    found: Labelled | None
    names_next: bool  #: it is the name of what the next links to: ``论文：name`` above ``地址：https://…``


def read_fields(rows: Sequence[Row], labels: Labels, notes: Notes) -> Fields:
    """Read them. A labelled address below the summary's beginning is a link and stays in the summary."""
    length = _length_of_head(rows, labels)
    head, below = rows[:length], rows[length:]
    summary = list(_summary_rows(below, labels, notes))
    pictures = tuple(row for row in head if row.kind is RowKind.PICTURE)
    lines = _lines([row for row in head if row.kind is not RowKind.PICTURE], labels)
    links, inside = tuple(_head_links(lines, labels, notes)), tuple(_links_inside(summary, labels))
    words = [row for line in lines for row in _words(line, labels)]
    _note_unspoken(lines, labels, notes)
    _note_repeated(links, summary, notes)
    return Fields(links=links, inside=inside, summary=as_lines(_dedented((*pictures, *words, *summary))))


def _length_of_head(rows: Sequence[Row], labels: Labels) -> int:
    """How many rows stand before the summary: up to its label, or to the first line that is no link.

    That label stands at the margin of the item, or in a list of labelled lines right below the title.
    """
    above = rows[:_MOST_ABOVE]
    deepest = max(1, rows[0].depth) if rows and _is_labelled(rows[0], labels) else 1
    labelled = next((place for place, row in enumerate(above) if _begins_summary(row, deepest, labels)), None)
    if labelled is None:
        labelled = next((place for place, row in enumerate(rows) if not _is_link_above(row, labels)), None)
    if labelled is None or _only_links_follow(rows[labelled:], labels):
        return len(rows)
    return labelled


def _is_link_above(row: Row, labels: Labels) -> bool:
    """Whether a row may stand above a summary that no label begins: a picture, or a link."""
    if row.kind is RowKind.PICTURE:
        return True
    found = labels.read(row)
    if found is not None:
        return found.kind is not LabelKind.SUMMARY
    return bool(bare_urls(row)) or _only_links(row)


def _is_labelled(row: Row, labels: Labels) -> bool:
    return labels.read(row) is not None or leading_label(row.text) is not None


def _begins_summary(row: Row, deepest: int, labels: Labels) -> bool:
    return row.depth <= deepest and not row.quote and labels.is_summary(row)


def _only_links_follow(rows: Sequence[Row], labels: Labels) -> bool:
    """Whether the label of a summary has none: only lines of links stand below it, and more such labels."""
    if not _is_bare_label(rows[0], labels):
        return False
    links = [row for row in rows if not _is_bare_label(row, labels)]
    return bool(links) and all(_only_links(row) or _is_labelled_address(row, labels) for row in links)


def _is_labelled_address(row: Row, labels: Labels) -> bool:
    found = labels.read(row)
    return found is not None and found.kind is LabelKind.LINK and found.is_bare_link


def _is_bare_label(row: Row, labels: Labels) -> bool:
    found = labels.read(row)
    return found is not None and _is_empty_summary(found)


def _lines(rows: Sequence[Row], labels: Labels) -> tuple[_Line, ...]:
    read = [labels.read(row) for row in rows]
    return tuple(
        _Line(row, found, found is not None and found.is_name and _is_address_of(below, found))
        for row, found, below in zip(rows, read, (*read[1:], None), strict=False)
    )


def _is_address_of(below: Labelled | None, named: Labelled) -> bool:
    return below is not None and below.is_address_of(named)


def _words(line: _Line, labels: Labels) -> Iterator[Row]:
    """What a row above the summary says that is text: more than labels, addresses and remarks on these."""
    row, found, names_next = line
    if found is None:
        if not bare_urls(row) and not _only_links(row):
            yield row
    elif found.kind is not LabelKind.IGNORED and not names_next:
        several = labels.parts(row)
        alone = len(several) < _SEVERAL
        for one in (found,) if alone else several:
            if one.has_words and (alone or not one.remark):
                yield row._replace(spans=one.behind or (row.spans if alone else one.whole))


def _note_unspoken(lines: Sequence[_Line], labels: Labels, notes: Notes) -> None:
    """Note the labels that readers do not see, or once, and the lines that the profile leaves out."""
    for row, found, _ in lines:
        for one in (labels.parts(row) or (found,)) if found else ():
            notes.leave_out(row.number, one.doubled, "repeated label")
        if found and found.kind is LabelKind.IGNORED:
            notes.leave_out(row.number, row.spans, "labels.ignored")
        elif found and (_is_empty_summary(found) or found.is_row_of_links):
            notes.leave_out(row.number, found.label, "label")


def _note_repeated(links: Iterable[Link], summary: Iterable[Row], notes: Notes) -> None:
    """Note the links that a line of the summary begins with too: readers see them there alone."""
    told = {(link.label, link.url) for link in links}
    for row in summary:
        found = leading_label(row.text)
        behind = row.text[found[1] :].lstrip() if found else ""
        if found and any(label == found[0] and behind.startswith(url) for label, url in told):
            notes.leave_out(row.number, found[0], "repeated link")


def _only_links(row: Row) -> bool:
    """Whether the row is nothing but links: ``[paper](…) | [code](…)``, ``[[报道原文]](…)``."""
    unlinked = "".join(span.text for span in row.spans if not span.url)
    linked = [span.url for span in row.spans if span.url and span.text.strip()]
    if not linked or row.kind is RowKind.PICTURE or any(map(str.isalnum, unlinked)):
        return False
    return not any(map(is_relative, linked))  # such a link cannot be opened: its words are text


def is_single_link(row: Row, labels: Labels) -> bool:
    """Whether a line of text is one link from end to end, and called otherwise than further links are."""
    if row.kind is not RowKind.TEXT or row.quote:
        return False
    addresses = {span.url for span in row.spans if span.text.strip()}
    named = bare(text_of(row.spans)).casefold()
    return len(addresses) == 1 and _only_links(row) and not labels.name_a_link(named)


def _head_links(lines: Sequence[_Line], labels: Labels, notes: Notes) -> Iterator[Link]:
    waiting, named = "", None
    for (row, found, names_next), following in zip_longest(lines, lines[1:]):
        if found and names_next:
            named = found
            continue
        if found and not found.urls and found.kind is LabelKind.LINK:
            if following is not None and bare_urls(following.row):
                waiting = found.label
            else:
                notes.add("empty-label", row.number, about=found.label)
                notes.leave_out(row.number, "" if found.has_words else found.label, "empty-label")
            continue
        several = labels.parts(row) if found else ()
        alone = len(several) < _SEVERAL
        for one in (found,) if alone else several:
            remark = one.remark if one and not alone else ""
            links = _links_of(row, one, waiting or _NO_LABEL)
            yield from _named(links, named) if named else _remarked(links, remark)
        waiting, named = "", None


def _named(links: Iterable[Link], named: Labelled) -> Iterator[Link]:
    """The links, called by the name above them, and by its label as by their own: ``论文地址：name``."""
    for link in links:
        more = not link.label.casefold().startswith(named.label.casefold())
        label = f"{named.label}{between(named.label, link.label)}{link.label}" if more else link.label
        yield replace(link, label=label, name=named.text)


def _remarked(links: Iterable[Link], remark: str) -> Iterable[Link]:
    return (replace(link, label=f"{link.label}{remark}") for link in links) if remark else links


def _links_of(row: Row, found: Labelled | None, label: str) -> Iterable[Link]:
    if found and found.is_row_of_links:
        return tuple(_links_in(row._replace(spans=found.rest)))
    if found:
        return (Link(label=found.label, url=url, name=found.name) for url in found.urls)
    if _only_links(row):
        return tuple(replace(link, label=link.label or label) for link in _links_in(row))
    return (Link(label=label, url=url) for url in bare_urls(row))


def _links_in(row: Row) -> Iterator[Link]:
    """The links of a row of links, each called by its own words."""
    for url, spans in groupby(row.spans, key=lambda span: span.url):
        words = bare(text_of(list(spans)))
        if url and words:
            yield Link(label=_NO_LABEL if is_address(words) else words, url=url)


def _links_inside(rows: Iterable[Row], labels: Labels) -> Iterator[Link]:
    for row, following in pairwise((*rows, None)):
        found = labels.read(row) if row else None
        waiting = _bare_label(row) if row and following else None
        several = labels.parts(row) if row and found and found.kind is LabelKind.LINK else ()
        if row and len(several) >= _SEVERAL and all(one.urls for one in several):
            yield from (link for one in several for link in _links_of(row, one, _NO_LABEL))
        elif row and found and _is_link(found) and found.kind is not LabelKind.SUMMARY:
            yield from _links_of(row, found, _NO_LABEL)
        elif (
            waiting and following and bare_urls(following) and (found is None or found.kind is LabelKind.LINK)
        ):
            yield from _links_of(following, None, waiting)


def _is_link(found: Labelled) -> bool:
    """Whether a labelled line is addresses, or one of a known link with words behind it."""
    return found.is_bare_link or (found.kind is LabelKind.LINK and found.behind is not None)


def _bare_label(row: Row) -> str | None:
    """The label of a row that has nothing behind it."""
    text = row.text
    found = leading_label(text) if text.endswith(("：", ":")) else None
    return found[0] if found and found[1] == len(text) else None


def _summary_rows(rows: Sequence[Row], labels: Labels, notes: Notes) -> Iterator[Row]:
    """The rows of the summary; the first has its label taken off, and labels with nothing behind them go."""
    for index, row in enumerate(rows):
        found = labels.read(row)
        if found is None or (index and not _is_empty_summary(found)):
            yield row
            continue
        notes.leave_out(row.number, f"{found.label} {found.doubled}", "label")
        if not index:
            yield row._replace(spans=found.rest, kind=RowKind.TEXT, marker="")


def _is_empty_summary(found: Labelled) -> bool:
    return found.kind is LabelKind.SUMMARY and not found.text.strip()


def _dedented(rows: Iterable[Row]) -> Iterator[Row]:
    """Depths counted from the item, which is itself in a list; one that begins at the margin is not in it.

    Text at the margin is the item's own, whatever list stands above it.
    """
    around = 1
    for row in rows:
        listed = row.kind in (RowKind.BULLET, RowKind.NUMBER)
        if listed and row.depth == 1:
            around = 0
        depth = max(0, row.depth - around) if listed or row.indent else 0
        yield row if depth == row.depth else row._replace(depth=depth)
