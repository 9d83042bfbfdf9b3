"""Footnotes below the paragraph that refers to them: a chat has no foot of the page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.digest.parsing.edges import text_of, without_start
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, is_bold
from bot.model import Span, Style

_REFERENCE = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,40})\](?!:)")
_DEFINITION = re.compile(r"\s*\[\^(?P<label>[^\[\]\s]{1,40})\]\s?[:：]\s*")
#: What the mark of a note is called, and no class of characters in a regular expression: ``[^a-z]``.
_NAME = re.compile(r"[^\W_]+")


def with_footnotes(rows: Sequence[Row], notes: Notes) -> Iterator[Row]:
    """The rows, each note moved to where an item, or a note, first refers to it.

    One that nothing refers to stays; one that nothing but itself does comes last. A mark without a note
    is noted.
    """
    if not any("[^" in span.text for row in rows for span in row.spans):
        yield from rows
        return
    referred = {label for row in rows for label in _references(row)}
    text, defined = _parted(rows, referred)
    _note_undefined(rows, defined, notes)
    below = _Below(defined)
    for row in text:
        if row.opens:
            yield from below.taken()
        if _may_begin_item(row):
            below.begin()
        yield below.read(row)
    yield from below.taken()
    yield from below.left()


class _Below:
    """What is to stand below the paragraph that is being read."""

    def __init__(self, notes: Mapping[str, Sequence[Row]]) -> None:
        self._notes = notes
        self._waiting: list[str] = []
        self._given: set[str] = set()
        self._never = list(notes)

    def begin(self) -> None:
        """Let another item begin: each note is given once to each."""
        self._given.clear()

    def read(self, row: Row) -> Row:
        """The row with its references as readers see them; the notes that it refers to wait."""
        self._waiting += _references(row)
        return row._replace(spans=tuple(self._numbered(span) for span in row.spans))

    def taken(self) -> Iterator[Row]:
        """The notes that wait, and those that these refer to."""
        for label in self._waiting:
            if label in self._given or label not in self._notes:
                continue
            self._given.add(label)
            if label in self._never:
                self._never.remove(label)
            for row in self._notes[label]:
                yield self.read(row._replace(depth=0, indent=0))
        self._waiting.clear()

    def left(self) -> Iterator[Row]:
        """The notes that nothing but notes refers to, and none that was given."""
        while self._never:
            self._waiting.append(self._never[0])
            yield from self.taken()

    def _numbered(self, span: Span) -> Span:
        if "[^" not in span.text:
            return span
        shown = _REFERENCE.sub(
            lambda found: f"[{found['label']}]" if found["label"] in self._notes else found[0], span.text
        )
        return replace(span, text=shown)


def _definition(row: Row) -> re.Match[str] | None:
    return _DEFINITION.match(text_of(row.spans)) if row.kind is RowKind.TEXT else None


def _references(row: Row) -> list[str]:
    """The names of the notes that a row refers to; one that it defines is none."""
    definition = _definition(row)
    return _REFERENCE.findall(text_of(row.spans), definition.end() if definition else 0)


def _note_undefined(rows: Sequence[Row], defined: Mapping[str, Sequence[Row]], notes: Notes) -> None:
    for row in rows:
        code = {span.text for span in row.spans if Style.CODE in span.styles}
        for label in dict.fromkeys(_references(row)) if row.kind is not RowKind.CODE else ():
            mark = f"[^{label}]"
            if label not in defined and _NAME.fullmatch(label) and not any(mark in text for text in code):
                notes.add("undefined-note", row.number, about=mark)


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
        found = _definition(row)
        if found and found["label"] in referred and found["label"] not in notes:
            into = notes[found["label"]] = []
        elif found or row.opens or row.kind is not RowKind.TEXT:
            into = text
        into.append(_labelled(row, found) if found else row)
    return text, notes


def _labelled(row: Row, found: re.Match[str]) -> Row:
    words = without_start(row.spans, found.end())
    return row._replace(spans=(Span(text=f"[{found['label']}] "), *words), opens=False)
