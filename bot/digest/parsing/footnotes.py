"""Footnotes below the paragraph that refers to them: a chat has no foot of the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.digest.parsing.edges import text_of, without_start
from bot.digest.parsing.rows import Row, RowKind, is_bold
from bot.model import Span

_REFERENCE = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,40})\](?!:)")
_DEFINITION = re.compile(r"\s*\[\^(?P<label>[^\[\]\s]{1,40})\]:\s*")


def with_footnotes(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, each note moved to where an item first refers to it; one that nothing refers to stays."""
    if not any("[^" in span.text for row in rows for span in row.spans):
        yield from rows
        return
    referred = {label for row in rows for label in _REFERENCE.findall(text_of(row.spans))}
    text, notes = _parted(rows, referred)
    waiting: list[str] = []
    given: set[str] = set()
    for row in text:
        if row.opens:
            yield from _taken(waiting, notes, given)
        if _may_begin_item(row):
            given.clear()
        waiting += _REFERENCE.findall(text_of(row.spans))
        yield row._replace(spans=tuple(_numbered(span, notes) for span in row.spans))
    yield from _taken(waiting, notes, given)


def _may_begin_item(row: Row) -> bool:
    """Whether something new begins, whose readers may not get what stands above."""
    first = row.spans[0] if row.spans else None
    entry = row.kind in (RowKind.BULLET, RowKind.NUMBER) and row.depth == 1
    return entry or row.level > 0 or (row.opens and first is not None and bool(first.url or is_bold(row)))


def _parted(rows: Sequence[Row], referred: set[str]) -> tuple[list[Row], dict[str, list[Row]]]:
    """The rows without the notes, and the rows of each note that is referred to."""
    text: list[Row] = []
    notes: dict[str, list[Row]] = {}
    into = text
    for row in rows:
        found = _DEFINITION.match(text_of(row.spans)) if row.kind is RowKind.TEXT else None
        if found and found["label"] in referred and found["label"] not in notes:
            into = notes[found["label"]] = []
        elif found or row.opens or row.kind is not RowKind.TEXT:
            into = text
        into.append(_labelled(row, found) if found else row)
    return text, notes


def _labelled(row: Row, found: re.Match[str]) -> Row:
    words = without_start(row.spans, found.end())
    return row._replace(spans=(Span(text=f"[{found['label']}] "), *words), opens=False)


def _taken(waiting: list[str], notes: dict[str, list[Row]], given: set[str]) -> Iterator[Row]:
    """The notes that wait for the end of a paragraph; each is given once to an item."""
    for label in waiting:
        if label not in given:
            yield from (row._replace(depth=0, indent=0) for row in notes.get(label, ()))
        given.add(label)
    waiting.clear()


def _numbered(span: Span, notes: dict[str, list[Row]]) -> Span:
    if "[^" not in span.text:
        return span
    shown = _REFERENCE.sub(
        lambda found: f"[{found['label']}]" if found["label"] in notes else found[0], span.text
    )
    return replace(span, text=shown)
