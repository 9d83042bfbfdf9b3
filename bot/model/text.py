"""Styled text as lines of spans: what a summary is made of, free of Markdown and of HTML."""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a span looks; a span may have several."""

    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    CODE = "code"


class LineKind(StrEnum):
    """What a line is in its text."""

    TEXT = "text"  #: a line of a paragraph
    BULLET = "bullet"  #: begins an entry of an unordered list
    NUMBER = "number"  #: begins an entry of an ordered list
    QUOTE = "quote"  #: a line of a quotation
    CODE = "code"  #: a line of a code block, shown as it is
    HEAD = "head"  #: the head of a table: its cells, with CELL_BREAK between them
    ROW = "row"  #: a further row of the table whose head came last
    PICTURE = "picture"  #: a picture: one span, its alternative text and its address


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text with one look. ``url`` makes it a link (as written, unchecked)."""

    text: str
    styles: frozenset[Style] = frozenset()
    url: str | None = None


class _CellBreak(Span):
    """Equal to no span that an author wrote, though it may read the same."""

    __slots__ = ()


#: Stands between two cells of a table's line; an empty cell has no spans.
CELL_BREAK: Span = _CellBreak(text=" | ")


def cells_of(spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], ...]:
    """The spans of each cell, parted at CELL_BREAK."""
    cells: list[tuple[Span, ...]] = [()]
    for span in spans:
        if span == CELL_BREAK:
            cells.append(())
        else:
            cells[-1] += (span,)
    return tuple(cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as its author broke it.

    One without spans is the blank line between two paragraphs.
    ``depth`` counts the lists around it (0 outside any), ``marker`` is the
    number of a list entry as written (``"2."``), ``"•"`` for a bullet, or empty.
    """

    spans: tuple[Span, ...]
    kind: LineKind = LineKind.TEXT
    depth: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """The line without markup; a list's marker is markup."""
        return "".join(span.text for span in self.spans)

    @property
    def cells(self) -> tuple[tuple[Span, ...], ...]:
        """The cells of a table's line, in order."""
        return cells_of(self.spans)


RichText = tuple[Line, ...]


def plain(text: RichText) -> str:
    """The text without markup, pictures and blank lines, one line break where the author had one."""
    return "\n".join(line.text for line in text if line.spans and line.kind is not LineKind.PICTURE)


def first_picture(text: RichText) -> str | None:
    """The address of the first picture in a text; None if there is none."""
    return next((line.spans[0].url for line in text if line.kind is LineKind.PICTURE), None)
