"""The blocks of a rich message (Bot API 10.1), and their HTML.

Text in a block is marked text, so that it is escaped where all text is: by :meth:`Marked.html`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.messages.markup import Kind, Marked, escape, visible

#: What is a block of its own, and cannot stand in the text of another.
OUTSIDE = frozenset({Kind.PRE, Kind.QUOTE, Kind.FOLDED})


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph (``p``), a heading (``h1`` to ``h6``) or a footer, by its tag."""

    tag: str
    marked: Marked

    @property
    def length(self) -> int:
        """How many characters it shows."""
        return len(self.marked.text)

    @property
    def count(self) -> int:
        """How many blocks it is."""
        return 1

    @property
    def html(self) -> str:
        """The element."""
        return f"<{self.tag}>{inline(self.marked)}</{self.tag}>"


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code, as they are."""

    text: str
    length: int = field(init=False)
    count: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.text))

    @property
    def html(self) -> str:
        """The element."""
        return f"<pre><code>{escape(self.text)}</code></pre>"


@dataclass(frozen=True, slots=True)
class Quote:
    """Paragraphs that are quoted."""

    lines: tuple[Text, ...]

    @property
    def length(self) -> int:
        """How many characters it shows."""
        return sum(line.length for line in self.lines)

    @property
    def count(self) -> int:
        """How many blocks it is."""
        return 1 + len(self.lines)

    @property
    def html(self) -> str:
        """The element."""
        return f"<blockquote>{''.join(line.html for line in self.lines)}</blockquote>"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below a head, which may be empty."""

    head: tuple[Marked, ...]
    rows: tuple[tuple[Marked, ...], ...]

    @property
    def length(self) -> int:
        """How many characters it shows."""
        return sum(len(cell) for row in (self.head, *self.rows) for cell in row)

    @property
    def count(self) -> int:
        """How many blocks it is."""
        return 1 + len(self.rows) + bool(self.head)

    @property
    def html(self) -> str:
        """The element."""
        return f"<table bordered striped>{''.join(self._rows())}</table>"

    def _rows(self) -> Iterator[str]:
        columns = max(len(row) for row in (self.head, *self.rows))
        for tag, row in [*([("th", self.head)] if self.head else []), *(("td", row) for row in self.rows)]:
            cells = (*row, *[Marked()] * (columns - len(row)))
            yield f"<tr>{''.join(f'<{tag}>{inline(cell)}</{tag}>' for cell in cells)}</tr>"


Block = Text | Code | Quote | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Blocks that their reader folds, below a heading that a contents leads to by its ``anchor``."""

    anchor: str
    heading: tuple[Text, ...]
    summary: str
    blocks: tuple[Block, ...]

    @property
    def length(self) -> int:
        """How many characters it shows."""
        return len(self.summary) + sum(block.length for block in (*self.heading, *self.blocks))

    @property
    def count(self) -> int:
        """How many blocks it is."""
        return 2 + sum(block.count for block in (*self.heading, *self.blocks))

    @property
    def html(self) -> str:
        """The elements."""
        head = "".join(block.html for block in self.heading)
        body = "".join(block.html for block in self.blocks)
        summary = f"<summary>{escape(self.summary)}</summary>"
        return f'<a name="{self.anchor}"></a>{head}<details open>{summary}{body}</details>'

    def holding(self, blocks: tuple[Block, ...], anchor: str) -> "Fold":
        """The same fold with other blocks."""
        return replace(self, blocks=blocks, anchor=anchor)


def inline(marked: Marked) -> str:
    """Marked text as HTML inside a block; what is a block of its own is its text alone."""
    kept = tuple(entity for entity in marked.entities if entity.kind not in OUTSIDE)
    return Marked(marked.text, kept).html()


def paragraphs(marked: Marked, tag: str = "p") -> Iterator[Text]:
    """A text as paragraphs, one a line; blank lines are none."""
    at = 0
    for line in marked.text.split("\n"):
        if visible(line):
            yield Text(tag, marked.cut(at, at + len(line)))
        at += len(line) + 1


def blocks_of(marked: Marked) -> Iterator[Block]:
    """A text as paragraphs, quotes and code."""
    at = 0
    for entity in marked.entities:
        if entity.kind not in OUTSIDE or entity.start < at:
            continue
        yield from paragraphs(marked.cut(at, entity.start))
        inner = marked.cut(entity.start, entity.stop)
        yield Code(inner.text) if entity.kind is Kind.PRE else Quote(tuple(paragraphs(inner)))
        at = entity.stop
    if at < len(marked):
        yield from paragraphs(marked.cut(at))
