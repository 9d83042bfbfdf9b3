"""Markdown as rows.

markdown-it-py reads the Markdown; here its tree of blocks is laid flat again, because a
digest is written line by line and its slips (a lost dash, a list at the wrong depth)
are slips of lines. Every line of text comes out as exactly one row, in order.
"""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from bot.digest.parsing import navigation
from bot.digest.parsing.attributes import is_contents, without_unnumbered
from bot.digest.parsing.edges import without_box
from bot.digest.parsing.entries import ENTRIES, as_entry, as_nested
from bot.digest.parsing.html_tables import TableTag, in_a_row, joined, tabled
from bot.digest.parsing.inline_lines import InlineLine
from bot.digest.parsing.markdown import behind_hidden, further_cells, tokens_of
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind
from bot.digest.parsing.signs import as_picture, is_picture
from bot.digest.parsing.spans import split_lines
from bot.digest.parsing.table_slips import with_tables
from bot.digest.parsing.tag_names import Halves, halves_of, tags_of
from bot.digest.parsing.tags import TABLES
from bot.digest.parsing.undivided_tables import with_undivided_tables
from bot.model import Span

_SECTIONS = 2  # the level of headings that most sections have
#: A bullet with nothing behind it is a slip to tell, a picture needs no name, code has blank lines.
_MAY_BE_EMPTY = (RowKind.BULLET, RowKind.NUMBER, RowKind.PICTURE, RowKind.CODE, RowKind.RULE)


def read_rows(text: str, notes: Notes) -> tuple[Row, ...]:
    """The rows of a plain text that has no front matter."""
    text = with_tables(text, notes)
    tags = halves_of(text)
    read = _RowBuilder(text, tags, notes).rows(tokens_of(text, notes))
    rows = read if TABLES.isdisjoint(tags.begun | tags.ended) else tabled(read)
    kept = (row for row in rows if isinstance(row, Row) and (row.text or row.kind in _MAY_BE_EMPTY))
    return tuple(as_nested(map(as_entry, with_undivided_tables(tuple(kept)))))


class _RowBuilder:
    """Walks the tokens once and remembers what stands around the current one."""

    def __init__(self, text: str, tags: Halves, notes: Notes) -> None:
        self._lines = text.split("\n")
        self._tags = tags
        self._notes = notes
        self._tokens: Sequence[Token] = ()
        self._lists: list[bool] = []  # those around the current token, and whether each counts
        self._quotes = 0
        # So many lists and quotations are none: a heading stands above all that is left of them.
        self._headed_lists = self._headed_quotes = 0
        self._level = 0
        self._entry: Token | None = None
        self._cells: list[tuple[Span, ...]] | None = None
        self._table_row = 0
        self._table_kind = RowKind.HEAD

    def rows(self, tokens: Sequence[Token]) -> Iterator[Row | TableTag]:
        self._tokens = tokens
        for place, token in enumerate(tokens):
            if token.nesting:
                self._enter(token, place)
            match token.type:
                case "inline":
                    yield from self._inline(token, place)
                case "tr_close":
                    yield from self._cells_row()
                case "thead_close":
                    self._table_kind = RowKind.ROW
                case "list_item_close" if self._entry is not None:
                    yield self._row(_line_of(self._entry), ())
                case "hr" if self._at_margin():
                    yield self._row(_line_of(token), (), opens=True, kind=RowKind.RULE)
                case "fence":
                    yield from self._code(token)
                case "html_block":
                    yield from self._hidden(token)

    def _enter(self, token: Token, place: int) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append(not self._is_in_a_bullet(token, place))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
                self._headed_quotes = min(self._headed_quotes, self._quotes)
            case "heading_open" | "heading_close":
                self._level = int(token.tag[1]) if token.nesting == 1 else 0
            case "list_item_open":
                self._entry = token
            case "list_item_close":
                self._headed_lists = min(self._headed_lists, self._depth - 1)
            case "tr_open":
                self._cells, self._table_row = [], _line_of(token)
            case "table_open":
                self._table_kind = RowKind.HEAD

    def _inline(self, token: Token, place: int) -> Iterator[Row | TableTag]:
        if self._cells is not None:
            self._cells.append(self._flat(token))
            return
        start = _line_of(token)
        if rule := self._left_out_by(token, place):
            self._notes.leave_out(start, token.content.replace("\n", " "), rule)
            self._entry = None
            return
        if self._level:
            without_unnumbered(token)
        if self._level or token.content.startswith(("<h", "<H")):
            self._notes.leave_out(start, navigation.without_permalinks(token), navigation.RULE)
        titled = self._entry is not None or self._level > 0
        opens = True
        for line in self._lines_of(token, titled=titled):
            if line.tag is None:
                yield from self._line(start + line.offset, line, opens=opens)
                opens = False
            elif line.tag.name in TABLES:
                yield TableTag(start + line.offset, line.tag)
            elif self._at_margin():
                yield self._row(start + line.offset, (), opens=True, kind=RowKind.RULE)

    def _line(self, number: int, line: InlineLine, *, opens: bool) -> Iterable[Row]:
        if self._level or line.level:
            self._head_containers()
        if line.pictures and not self._level:
            rows = list(self._pictures(number, line, opens=opens))
        else:
            row = self._row(number, line.spans or line.pictures, opens=opens, broken=line.broken)
            rows = [_as_tagged(row, line) if line.level or line.listed else row]
        for badge in line.badges:
            # Beside the heading of a section a picture is an ornament, and would be an item.
            if _SECTIONS in (self._level, line.level):
                self._notes.leave_out(number, (badge,), "picture in a heading")
            else:
                kind = RowKind.TEXT if is_picture(badge) else RowKind.PICTURE
                rows.append(self._row(number, (badge,), kind=kind)._replace(level=0))
        return rows

    @property
    def _depth(self) -> int:
        return sum(self._lists)

    def _is_in_a_bullet(self, opened: Token, place: int) -> bool:
        """Whether a list is one numbered entry right behind a bullet, ``- 1. title``: both are one entry."""
        bullet = self._entry if opened.type == "ordered_list_open" else None
        if bullet is None or bullet.info or _line_of(bullet) != _line_of(opened):
            return False
        return self._tokens[place + 1].map == opened.map

    def _at_margin(self) -> bool:
        return not self._depth and self._quotes == self._headed_quotes

    def _left_out_by(self, token: Token, place: int) -> str | None:
        """The rule by which a paragraph is but a way through the page; None where it is told.

        An entry that goes on below it with a paragraph of its own has it for its title.
        """
        if is_contents(token.content):
            return "table of contents"
        if self._level or not navigation.may_lead_within(token.content):
            return None
        entry = self._entry is not None
        goes_on = entry and not self._tokens[place + 1].type.endswith(("list_open", "item_close"))
        leads_within = navigation.only_leads_within(token.children or (), entry=entry)
        return navigation.RULE if leads_within and not goes_on else None

    def _head_containers(self) -> None:
        """A heading that begins an entry, or stands in a quotation of no entry, heads all below it there."""
        if self._entry is not None:
            self._headed_lists = self._depth
        if self._depth == self._headed_lists:
            self._headed_quotes = self._quotes

    def _lines_of(self, token: Token, *, titled: bool) -> Iterable[InlineLine]:
        """The lines of a text that have anything; a heading is one."""
        lines = self._split(token, titled=titled)
        if self._level:
            lines = [line for line in lines if not line.tag]
        if len(lines) > 1 and self._level:
            badges = tuple(badge for line in lines for badge in line.badges)
            return [lines[0]._replace(spans=in_a_row(map(_words, lines)), badges=badges)]
        return lines

    def _split(self, token: Token, *, titled: bool = False) -> list[InlineLine]:
        """The lines of a text; what its markup holds and they do not is noted."""
        children = token.children or ()
        tags = tags_of(children, self._tags) if "<" in token.content else {}
        lines, unshown = split_lines(children, tags, titled=titled)
        for text, rule in unshown:
            self._notes.leave_out(_line_of(token), text, rule)
        return lines

    def _flat(self, token: Token) -> tuple[Span, ...]:
        return in_a_row(line.spans or tuple(map(as_picture, line.pictures)) for line in self._split(token))

    def _cells_row(self) -> Iterator[Row]:
        cells, self._cells = self._cells or [], None
        cells += map(self._flat, further_cells(self._lines[self._table_row - 1], len(cells)))
        if any(span.text.strip() for cell in cells for span in cell):
            yield self._row(self._table_row, joined(cells), kind=self._table_kind)

    def _pictures(self, number: int, line: InlineLine, *, opens: bool) -> Iterator[Row]:
        if self._entry is not None:
            yield self._row(number, (), opens=opens)
        for picture in line.pictures:
            yield self._row(number, (picture,), opens=opens, kind=RowKind.PICTURE)
        if line.spans:
            yield self._row(number, line.spans)

    def _code(self, token: Token) -> Iterator[Row]:
        self._notes.leave_out(_line_of(token), token.info, "language of code")
        start = _line_of(token) + 1
        for offset, line in enumerate(token.content.rstrip("\n").split("\n")):
            yield self._row(start + offset, (Span(text=line),), opens=offset == 0, kind=RowKind.CODE)

    def _hidden(self, token: Token) -> Iterator[Row]:
        """What stands behind a comment; the comment itself is left out."""
        text = behind_hidden(token.content)
        hidden = token.content.rstrip().removesuffix(text)
        for place, line in enumerate(hidden.split("\n")):
            self._notes.leave_out(_line_of(token) + place, line, "comment")
        if text:
            yield self._row((token.map or [0, 1])[1], (Span(text=text),), opens=True)

    def _row(
        self,
        number: int,
        spans: tuple[Span, ...],
        *,
        opens: bool = False,
        broken: bool = False,
        kind: RowKind | None = None,
    ) -> Row:
        own, marker = self._kind()
        if self._entry is not None and kind is None:
            number = _line_of(self._entry)  # its text may begin below it
            spans = without_box(spans)
        self._entry = None
        depth, quote = self._depth - self._headed_lists, self._quotes > self._headed_quotes
        indent, level = self._indent(number), self._level
        return Row(number, kind or own, spans, depth, indent, level, marker, quote, opens, broken)

    def _kind(self) -> tuple[RowKind, str]:
        if self._level:
            return RowKind.HEADING, ""
        if self._entry is None:
            return RowKind.TEXT, ""
        if self._entry.info:
            return RowKind.NUMBER, self._entry.info + self._entry.markup
        return RowKind.BULLET, "•"

    def _indent(self, number: int) -> int:
        line = self._lines[number - 1] if number <= len(self._lines) else ""
        return len(line) - len(line.lstrip(" \t"))


def _as_tagged(row: Row, line: InlineLine) -> Row:
    """The row as the tags of HTML around it make it."""
    if line.level and line.spans and row.kind in (RowKind.TEXT, *ENTRIES):
        return row._replace(kind=RowKind.HEADING, level=line.level, marker="", opens=True)
    if line.listed and row.kind is RowKind.TEXT:
        return row._replace(kind=RowKind.BULLET, marker="•", depth=row.depth + line.listed, opens=True)
    return row


def _line_of(token: Token) -> int:
    return (token.map or [0, 0])[0] + 1


def _words(line: InlineLine) -> tuple[Span, ...]:
    return line.spans or line.pictures
