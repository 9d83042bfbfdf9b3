"""Styled lines (bot.model.text) as marked text that looks right on a phone."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from bot.messages.links import accepted
from bot.messages.markup import Entity, Kind, Marked, clean, join, visible
from bot.messages.numbering import counted
from bot.messages.pictures import as_links
from bot.messages.tables import Row, table
from bot.model import Line, LineKind, RichText, Span, Style

_STYLES = ((Style.BOLD, Kind.BOLD), (Style.ITALIC, Kind.ITALIC), (Style.STRIKE, Kind.STRIKE))
_BULLETS = ("•", "◦", "▪")
_INDENT = "\u2003"  # an em space: as wide as a Chinese character, and Telegram leaves it where it is
_BAR = "│ "  # marks a quoted line where a quote cannot stand, inside another one

# Telegram takes everything up to the next blank for the address, Chinese text behind it included.
# A run is looked at from its beginning alone, however many addresses it holds.
_RUN = re.compile(r"(?<![!-~])[!-~]*[0-9A-Za-z/=_-](?=[^\x00-\x7f\s])")
_GLUED = re.compile(r"https?://.+")


def rich(text: RichText, *, quoted: bool = False, picture: str = "picture") -> Marked:
    """The lines as marked text; ``quoted`` says that it will stand inside a quote.

    Markers and indentation by depth, code lines together in one block, quoted lines in one
    quote, rows of a table as the phone can show them, pictures as links (one without a name
    is called ``picture``). A link that Telegram would drop stays as its text. Blank lines at
    the ends go, of several in a row one stays.
    """
    groups = groupby(as_links(tuple(counted(text)), picture), key=lambda line: BLOCKS.get(line.kind))
    blocks = (_block(kind, list(lines), quoted=quoted) for kind, lines in groups)
    return join("\n", (block for block in blocks if block.text)).strip("\n")


#: Lines that stand together, by the kind of their block.
BLOCKS = {
    LineKind.CODE: LineKind.CODE,
    LineKind.QUOTE: LineKind.QUOTE,
    LineKind.HEAD: LineKind.ROW,
    LineKind.ROW: LineKind.ROW,
}


def _block(kind: LineKind | None, lines: list[Line], *, quoted: bool) -> Marked:
    if kind is LineKind.ROW:
        return join("\n", (table(head, rows) for head, rows in tables(lines)))
    if kind is LineKind.CODE:
        return Marked("\n".join(_tidy(line.text) for line in lines)).strip("\n").within(Kind.PRE)
    if kind is LineKind.QUOTE and quoted:
        return join("\n", (join("", (Marked(_BAR), _spans(line.spans))) for line in lines))
    if kind is LineKind.QUOTE:
        return join("\n", (_spans(line.spans) for line in lines)).strip("\n").within(Kind.QUOTE)
    return join("\n", _spaced(map(marked_line, lines)))


def tables(lines: list[Line]) -> Iterator[tuple[Row, list[Row]]]:
    """The tables that follow each other, each with its head, which may be empty; a head begins one."""
    heads = [index for index, line in enumerate(lines) if line.kind is LineKind.HEAD]
    for start, stop in pairwise(sorted({0, *heads, len(lines)})):
        head = cells(lines[start]) if lines[start].kind is LineKind.HEAD else ()
        yield head, [cells(line) for line in lines[start + bool(head) : stop]]


def cells(line: Line) -> Row:
    """The cells of a table's line."""
    return tuple(_spans(cell).strip() for cell in line.cells)


def _spaced(lines: Iterable[Marked]) -> Iterator[Marked]:
    blank = False
    for line in lines:
        if visible(line.text) or not blank:
            yield line
        blank = not visible(line.text)


def marked_line(line: Line) -> Marked:
    """A line of a paragraph or a list, with its marker and indentation."""
    prefix = _prefix(line)
    return join("", (Marked(prefix), _spans(line.spans))) if prefix else _spans(line.spans)


def _prefix(line: Line) -> str:
    inner = max(line.depth - 1, 0)
    if line.kind is LineKind.BULLET:
        return f"{_INDENT * inner}{_BULLETS[min(inner, len(_BULLETS) - 1)]} "
    if line.kind is LineKind.NUMBER:
        return f"{_INDENT * inner}{_tidy(line.marker)} "
    return _INDENT * line.depth


def _tidy(text: str) -> str:
    return clean(text).replace("\n", " ")


def _spans(spans: tuple[Span, ...]) -> Marked:
    return _span(spans[0]) if len(spans) == 1 else join("", map(_span, spans))


def _span(span: Span) -> Marked:
    text = _tidy(span.text)
    url = accepted(span.url) if span.url else None
    if not visible(text):
        return Marked(text)
    if url is None and Style.CODE in span.styles:
        return Marked(text).within(Kind.CODE)
    links = (Entity(Kind.LINK, 0, len(text), url),) if url else tuple(_glued(text))
    marked = Marked(text, links)
    for style, kind in _STYLES:
        if style in span.styles:
            marked = marked.within(kind)
    return marked


def _glued(text: str) -> Iterator[Entity]:
    for run in _RUN.finditer(text):
        found = _GLUED.search(text, run.start(), run.end())
        if found and (url := accepted(found[0])):
            yield Entity(Kind.LINK, found.start(), found.end(), url)
