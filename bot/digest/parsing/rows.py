"""A row: one line an editor wrote, with what it is and where it stands."""

from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from bot.digest.parsing.edges import text_of
from bot.model import Span, Style


class RowKind(StrEnum):
    """The kinds of line that an editor can write."""

    HEADING = "heading"
    GROUP = "group"  #: a heading between that of a section and its items
    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"
    CODE = "code"
    PICTURE = "picture"
    HEAD = "head"  #: of a table, its cells with CELL_BREAK between them
    ROW = "row"  #: of a table, as its head
    RULE = "rule"  #: a line across the page; it has no text


class Row(NamedTuple):
    """One line of an issue.

    ``number`` counts from 1 in the file. ``depth`` counts the lists around the
    row, ``indent`` the spaces before it as written. ``level`` is a heading's.
    ``opens`` tells that a block begins here and not just a further line of one,
    ``broken`` that the editor broke the line above on purpose.
    """

    number: int
    kind: RowKind
    spans: tuple[Span, ...]
    depth: int = 0
    indent: int = 0
    level: int = 0
    marker: str = ""
    quote: bool = False
    opens: bool = False
    broken: bool = False

    @property
    def text(self) -> str:
        """The row without markup, outer spaces off."""
        return text_of(self.spans).strip()

    @property
    def first_words(self) -> Span | None:
        """The span that its text begins with; None where there is no text."""
        return next((span for span in self.spans if span.text.strip()), None)

    @property
    def begins_with_link(self) -> bool:
        """Whether its first words are a link."""
        first = self.first_words
        return first is not None and bool(first.url)


Rows = tuple[Row, ...]


def bold(row: Row) -> Row:
    """The row, all of it bold."""
    return row._replace(spans=tuple(replace(span, styles=span.styles | {Style.BOLD}) for span in row.spans))


def as_text(row: Row) -> Row:
    """A heading as a bold line of text; any other row as it is."""
    return bold(row)._replace(kind=RowKind.TEXT) if row.level else row


def is_bold(row: Row) -> bool:
    """Whether a row has text, all of it bold."""
    spans = [span for span in row.spans if span.text.strip()]
    return bool(spans) and all(Style.BOLD in span.styles for span in spans)
