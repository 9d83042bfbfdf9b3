"""Tables in HTML as the rows that their Markdown twins are; one that lays out a page is what it holds."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.digest.parsing.edges import Spans, text_of
from bot.digest.parsing.rows import Row, RowKind
from bot.digest.parsing.signs import as_picture
from bot.digest.parsing.tags import CELLS, Tag
from bot.model import CELL_BREAK, Span

_WIDEST = 50  # columns that one cell may span
_FEWEST = 2  # rows, and cells with words in each: less is no table of data
#: What stands in the cells of data; anything else was laid out.
_DATA = (RowKind.TEXT, RowKind.BULLET, RowKind.NUMBER, RowKind.PICTURE)


class TableTag(NamedTuple):
    """A tag of a table, and the line of the file where it stands."""

    number: int
    tag: Tag


def tabled(rows: Iterable[Row | TableTag]) -> Iterator[Row]:
    """The rows, each table of data as its head and its rows. One that holds another is no table of data."""
    table: _Table | None = None
    opens = False
    for row in rows:
        if isinstance(row, Row) and table:
            table.take(row)
        elif isinstance(row, Row):
            yield row._replace(opens=True) if opens else row
            opens = False
        elif row.tag.name == "table":
            if table:
                yield from table.ended() if row.tag.ends else table.rows
            opens = row.tag.ends
            table = None if row.tag.ends else _Table()
        elif table:
            table.tagged(row)
    if table:
        yield from table.rows  # nobody closed it


def in_a_row(lines: Iterable[Spans]) -> Spans:
    """The spans of all lines with a blank where two meet."""
    spans: list[Span] = []
    for words in lines:
        spans += (Span(text=" "), *words) if spans and words else words
    return tuple(spans)


def joined(cells: Sequence[Spans]) -> Spans:
    """The cells of a row as one line."""
    parts: list[Span] = []
    for place, cell in enumerate(cells):
        parts += (CELL_BREAK, *cell) if place else cell
    return tuple(parts)


class _Line:
    """A row of a table in the making."""

    def __init__(self, number: int, *, in_head: bool) -> None:
        self.number = number
        self.cells: list[list[Row]] = []
        self._in_head = in_head
        self._names: list[str] = []

    @property
    def is_head(self) -> bool:
        return self._in_head or set(self._names) == {"th"}

    @property
    def is_of_data(self) -> bool:
        """Whether words stand in several of its cells."""
        return sum(any(map(_has_words, cell)) for cell in self.cells) >= _FEWEST

    def begin(self, tag: Tag) -> list[Row]:
        """A further cell, the columns that it spans beside it."""
        self._names.append(tag.name)
        cell: list[Row] = []
        self.cells += (cell, *([] for _ in range(_count(tag, "colspan") - 1)))
        return cell

    def row(self, *, first: bool) -> Row | None:
        """The row; None where nothing stands in it."""
        cells = [in_a_row(map(_spans_of, cell)) for cell in self.cells]
        if not any(span.text.strip() for cell in cells for span in cell):
            return None
        inside = next(row for cell in self.cells for row in cell)
        kind = RowKind.HEAD if first and self.is_head else RowKind.ROW
        return Row(number=self.number, kind=kind, spans=joined(cells), depth=inside.depth, quote=inside.quote)


class _Table:
    """A table that is open. ``rows`` are all that stand in it, in the order of the file."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._outside: list[Row] = []
        self._lines: list[_Line] = []
        self._line: _Line | None = None
        self._cell: list[Row] = self._outside
        self._in_head = False
        self._reach: dict[int, int] = {}  # by column, how many further rows a cell reaches into
        self._taken: frozenset[int] = frozenset()  # columns of the row into which cells above reach

    def take(self, row: Row) -> None:
        self.rows.append(row)
        self._cell.append(row)

    def tagged(self, at: TableTag) -> None:
        """Go on to the next cell or row."""
        self._cell = self._outside
        name, ends = at.tag.name, at.tag.ends
        if name == "thead":
            self._in_head = not ends
        elif name == "tr":
            self._line = None if ends else self._begun(at.number)
        elif name in CELLS and not ends:
            self._line = self._line or self._begun(at.number)
            self._begin_cell(self._line, at.tag)

    def ended(self) -> Iterator[Row]:
        """The head and the rows, if it is a table of data; else what stands in it."""
        of_data = sum(line.is_of_data for line in self._lines) >= _FEWEST
        if not of_data or not all(row.kind in _DATA for row in self.rows):
            yield from self.rows
            return
        yield from self._outside
        for place, line in enumerate(self._lines):
            row = line.row(first=place == 0)
            if row:
                yield row

    def _begun(self, number: int) -> _Line:
        self._lines.append(_Line(number, in_head=self._in_head))
        self._taken = frozenset(self._reach)
        self._reach = {column: rows - 1 for column, rows in self._reach.items() if rows > 1}
        return self._lines[-1]

    def _begin_cell(self, line: _Line, tag: Tag) -> None:
        while len(line.cells) in self._taken:
            line.cells.append([])
        first, further = len(line.cells), _count(tag, "rowspan") - 1
        self._cell = line.begin(tag)
        if further:
            self._reach |= dict.fromkeys(range(first, len(line.cells)), further)


def _count(tag: Tag, name: str) -> int:
    """How many columns or rows a cell spans."""
    value = tag.attributes.get(name, "").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) <= len("999") else 1


def _spans_of(row: Row) -> Spans:
    return tuple(map(as_picture, row.spans)) if row.kind is RowKind.PICTURE else row.spans


def _has_words(row: Row) -> bool:
    return row.kind is not RowKind.PICTURE and any(map(str.isalnum, text_of(row.spans)))
