"""A row: one line an editor wrote, with what it is and where it stands."""

import re
from dataclasses import replace
from enum import StrEnum
from itertools import dropwhile, takewhile
from typing import NamedTuple

from bot.digest.parsing.edges import Spans, text_of
from bot.digest.parsing.marks import is_sign
from bot.model import Span, Style

#: A colon or a dash, at the end of a title or behind it; a hyphen inside a word is none: **GPU**-Treiber.
_ENDS_WITH_MARK = re.compile(r"[:：–—-]\s*$")
_MARK = re.compile(r"\s*(?:[:：–—]|-+\s)")
#: The same of what ends a sentence, and a title of words alone: a number has a full stop too.
_ENDS_WITH_STOP = re.compile(r"[.。?？!！]\s*$")
_STOP = re.compile(r"[.?!]\s|[。？！]")


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


def is_bare_mark(row: Row) -> bool:
    """Whether nothing stands in a row but, perhaps, the mark of an entry."""
    return not row.spans and row.kind is not RowKind.PICTURE


def is_bold(row: Row) -> bool:
    """Whether a row has text, all of it bold."""
    spans = [span for span in row.spans if span.text.strip()]
    return bool(spans) and all(Style.BOLD in span.styles for span in spans)


def bold_words(spans: Spans) -> str:
    """The bold words, linked or not, that a line opens with; empty where it opens with none."""
    return text_of(tuple(takewhile(lambda span: Style.BOLD in span.styles or not span.text, spans)))


def opens_with_title(spans: Spans) -> bool:
    """Whether a line opens with bold words that a colon, a dash or a sentence's end parts from others."""
    title = bold_words(spans)
    if not any(map(str.isalnum, title)):
        return False
    behind = "".join(dropwhile(is_sign, text_of(spans)[len(title) :]))
    parted = _ENDS_WITH_MARK.search(title) or _MARK.match(behind)
    if not parted and any(map(str.isalpha, title)):
        parted = _ENDS_WITH_STOP.search(title) or _STOP.match(behind)
    return bool(parted) and any(map(str.isalnum, behind))
