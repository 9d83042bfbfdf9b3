"""Rows of a table as items: the cell that is the title, then every other cell on a line of its own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.digest.parsing.edges import Spans, stripped, text_of, without_end, without_start
from bot.digest.parsing.labelled import says_where
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows
from bot.model import Span, Style, cells_of
from bot.words.addresses import ADDRESS

#: Where a title ends that is neither bold nor a link: at two blanks or a dash.
_TITLE_ENDS = re.compile(r"(?<=\S)(?:\s{2,}|\s+[-–—]\s+)(?=\S)")
_NUMBER = re.compile(r"\s*(?:\d{1,4}\s*[.)、）:]?\s*)?")
_BEHIND_TITLE = re.compile(r"\s*[-–—:：]?\s*")
_DISTINCT = 0.9  # of the cells of a column say each its own, where they are titles
_ADDRESS = re.compile(ADDRESS)
_CHINESE = re.compile(r"[\u3400-\u9fff]")

_IN_TABLE = (RowKind.HEAD, RowKind.ROW)

Cells = tuple[Spans, ...]


def spread(rows: Rows, notes: Notes) -> Iterator[Row]:
    """The rows, those of tables each as a line with its title and lines below; heads become labels."""
    for table in _tables(rows):
        if table[0].kind in _IN_TABLE:
            yield from _items(table, notes)
        else:
            yield from table


def _tables(rows: Rows) -> Iterator[Rows]:
    """The rows in runs: each table, and what stands between them."""
    run: list[Row] = []
    for row in rows:
        inside = row.kind in _IN_TABLE
        goes_on = run and inside == (run[0].kind in _IN_TABLE) and row.kind is not RowKind.HEAD
        if run and not goes_on:
            yield tuple(run)
            run = []
        run.append(row)
    if run:
        yield tuple(run)


def _items(table: Rows, notes: Notes) -> Iterator[Row]:
    heads = cells_of(table[0].spans) if table[0].kind is RowKind.HEAD else ()
    body = [(row, cells_of(row.spans)) for row in table if row.kind is RowKind.ROW]
    cells = [one for _, one in body]
    counted, titled = _first_column_counts(cells), _title_column(cells)
    fields = [place for place in range(int(counted), _width(cells)) if place != titled]
    linked = any(span.url for one in cells for span in _at(one, titled))
    where = next((place for place in fields if says_where(text_of(_at(heads, place)).strip())), None)
    said = [
        (row, one, [place for place in fields if _is_said(_at(one, place), linked=linked)])
        for row, one in body
    ]
    labels = {place for _, _, places in said for place in places}
    for place, head in enumerate(heads):
        if place not in labels:
            notes.leave_out(table[0].number, head, "head of a table")
    for row, one, places in said:
        title, rest = _parted(_at(one, titled))
        url = None if linked or where is None else _only_url(_at(one, where))
        told = [place for place in places if place != where or url is None]
        if url and where is not None:
            notes.leave_out(row.number, _at(one, where), "address of the title")
        number = (Span(text=f"{text_of(_at(one, 0)).strip()}) "),) if counted else ()
        yield row._replace(spans=(*number, *(replace(span, url=url or span.url) for span in title)))
        links = (
            _at(one, place) for place in fields if place not in places and (place != where or url is None)
        )
        words = (_labelled(_at(one, place), _at(heads, place)) for place in told)
        for spans in (*links, rest, *words):
            if text_of(spans).strip():
                yield Row(number=row.number, kind=RowKind.TEXT, spans=stripped(spans), indent=1)


def _only_url(cell: Spans) -> str | None:
    """Where the one link of a cell leads, or the address that it is; None for any other cell."""
    text = text_of(cell).strip()
    urls = {span.url for span in cell if span.url} or ({text} if _ADDRESS.fullmatch(text) else set())
    return urls.pop() if len(urls) == 1 and _only_links(cell) else None


def _is_said(cell: Spans, *, linked: bool) -> bool:
    """Whether a cell is told behind the head of its column: words, or an address beside linked titles."""
    text = text_of(cell).strip()
    return bool(text) and (not _only_links(cell) or (linked and _ADDRESS.fullmatch(text) is not None))


def _width(rows: Sequence[Cells]) -> int:
    return max(map(len, rows), default=0)


def _first_column_counts(rows: Sequence[Cells]) -> bool:
    """Whether the first column counts the rows."""
    texts = [text_of(_at(cells, 0)).strip() for cells in rows]
    if len(texts) < 2 or not all(map(str.isdecimal, texts)):
        return False
    numbers = list(map(int, texts))
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _title_column(rows: Sequence[Cells]) -> int:
    """The first column with words that are each row's own; else the first with words.

    Where that has no link and says less than a column of links, it is that one: ``公司 | [新闻](…)``.
    """
    columns = range(_width(rows))
    worded = [column for column in columns if any(_has_letters(_at(cells, column)) for cells in rows)]
    distinct = [column for column in worded if _is_distinct(rows, column)]
    first = next(iter((*distinct, *worded)), 0)
    linked = next((column for column in distinct if _is_linked(rows, column)), first)
    return linked if _letters(rows, linked) > _letters(rows, first) else first


def _is_distinct(rows: Sequence[Cells], column: int) -> bool:
    texts = [text for cells in rows if (text := text_of(_at(cells, column)).strip())]
    return len(set(texts)) >= _DISTINCT * len(rows)


def _is_linked(rows: Sequence[Cells], column: int) -> bool:
    """Whether every cell of a column is a link from end to end."""
    cells = [_at(row, column) for row in rows]
    return all(cell and all(span.url for span in cell if span.text.strip()) for cell in cells)


def _letters(rows: Sequence[Cells], column: int) -> int:
    return sum(map(str.isalnum, "".join(text_of(_at(cells, column)) for cells in rows)))


def _at(cells: Cells, column: int) -> Spans:
    return cells[column] if column < len(cells) else ()


def _has_letters(spans: Spans) -> bool:
    return any(map(str.isalpha, text_of(spans)))


def _parted(cell: Spans) -> tuple[Spans, Spans]:
    """The title of a cell, its number with it, and what follows."""
    cell = stripped(cell)
    text = text_of(cell)
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    stop = start + _standing_out(without_start(cell, start))
    if stop == start:
        ends = _TITLE_ENDS.search(text, start)
        if ends is None:
            return cell, ()
        return without_end(cell, len(text) - ends.start()), without_start(cell, ends.end())
    behind = _BEHIND_TITLE.match(text, stop)
    return without_end(cell, len(text) - stop), without_start(cell, behind.end() if behind else stop)


def _standing_out(spans: Spans) -> int:
    """How many characters at the beginning are a link, or bold."""
    first = next((span for span in spans if span.text.strip()), None)
    if first is None or not (first.url or Style.BOLD in first.styles):
        return 0
    length = 0
    for span in spans:
        if span.text.strip() and not (span.url == first.url and (first.url or Style.BOLD in span.styles)):
            break
        length += len(span.text)
    return length


def _only_links(cell: Iterable[Span]) -> bool:
    unlinked = "".join(span.text for span in cell if not span.url)
    return not any(map(str.isalnum, _ADDRESS.sub("", unlinked)))


def _labelled(spans: Spans, head: Spans) -> Spans:
    """A cell behind the head of its column, which leads where it leads."""
    label = text_of(head).strip()
    colon = "：" if _CHINESE.search(label) else ": "
    if any(span.url for span in head):
        return (*stripped(head), Span(text=colon), *stripped(spans))
    return (Span(text=f"{label}{colon}"), *stripped(spans)) if label else spans
