"""Markdown as rows: one for each line an editor wrote, with what it is and where it stands.

markdown-it-py reads the Markdown; here its tree of blocks is laid flat again, because a
digest is written line by line and its slips (a lost dash, a list at the wrong depth)
are slips of lines. Every line of text comes out as exactly one row, in order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.digest import emphasis
from bot.digest.spans import split_lines
from bot.model import Span

_DEEPEST = 100  # blocks inside blocks; beyond it text is left out, and nobody writes it


class RowKind(StrEnum):
    """What a row is."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of an issue.

    ``number`` counts from 1 in the file. ``depth`` counts the lists around the
    row, ``indent`` the spaces before it as written. ``level`` is a heading's.
    ``opens`` tells that a block begins here and not just a further line of one.
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

    @property
    def text(self) -> str:
        """The row without markup, outer spaces off."""
        return "".join(span.text for span in self.spans).strip()


class _Markdown(MarkdownIt):
    """CommonMark with tables and front matter; links come out as written, bad ones too."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.options["maxNesting"] = _DEEPEST
        self.enable(["table", "strikethrough"])
        # Editors indent freely and underline with dashes; neither means code or a heading here.
        self.disable(["code", "lheading"])
        self.inline.ruler.at("emphasis", emphasis.tokenize)
        self.use(front_matter_plugin)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the name is markdown-it's
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name is markdown-it's; all links are kept
        return True


_MARKDOWN = _Markdown()
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def read_rows(text: str) -> tuple[str, tuple[Row, ...]]:
    """The front matter as written (empty where there is none), and the rows."""
    lines = text.split("\n")
    tokens = _MARKDOWN.parse(text)
    front = next((token.content for token in tokens if token.type == "front_matter"), "")
    rows = (replace(row, indent=_indent(lines, row.number)) for row in _Layer().rows(tokens))
    return front, tuple(row for row in rows if row.text or row.kind is RowKind.BULLET)


def _indent(lines: Sequence[str], number: int) -> int:
    line = lines[number - 1] if number <= len(lines) else ""
    return len(line) - len(line.lstrip(" \t"))


class _Layer:
    """Walks the tokens once and remembers what stands around the current one."""

    def __init__(self) -> None:
        self._depth = 0
        self._quotes = 0
        self._level = 0
        self._entry: Token | None = None
        self._cells: list[tuple[Span, ...]] | None = None
        self._table_row = 0

    def rows(self, tokens: Sequence[Token]) -> Iterator[Row]:
        for token in tokens:
            self._enter(token)
            match token.type:
                case "inline" if self._cells is not None:
                    self._cells.append(_flat(token))
                case "inline":
                    yield from self._inline(token)
                case "tr_close":
                    yield self._row(self._table_row, _joined(self._cells or ()))
                    self._cells = None
                case "list_item_close" if self._entry is not None:
                    yield self._row(_line_of(self._entry), ())
                case "fence":
                    yield from self._block(token, token.content, skip=1, kind=RowKind.CODE)
                case "html_block":
                    yield from self._block(token, unescape(_TAG.sub(_breaks, token.content)))

    def _enter(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                self._depth += token.nesting
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "heading_open" | "heading_close":
                self._level = int(token.tag[1]) if token.nesting == 1 else 0
            case "list_item_open":
                self._entry = token
            case "tr_open":
                self._cells, self._table_row = [], _line_of(token)

    def _inline(self, token: Token) -> Iterator[Row]:
        start = _line_of(token)
        for offset, spans in split_lines(token.children or ()):
            row = self._row(start + offset, spans)
            yield replace(row, opens=offset == 0)

    def _block(
        self, token: Token, content: str, *, kind: RowKind = RowKind.TEXT, skip: int = 0
    ) -> Iterator[Row]:
        start = _line_of(token) + skip
        for offset, line in enumerate(content.rstrip("\n").split("\n")):
            yield replace(self._row(start + offset, (Span(text=line),)), kind=kind, opens=offset == 0)

    def _row(self, number: int, spans: tuple[Span, ...]) -> Row:
        kind, marker = self._kind()
        self._entry = None
        return Row(
            number=number,
            kind=kind,
            spans=spans,
            depth=self._depth,
            level=self._level,
            marker=marker,
            quote=self._quotes > 0,
        )

    def _kind(self) -> tuple[RowKind, str]:
        if self._level:
            return RowKind.HEADING, ""
        if self._entry is None:
            return RowKind.TEXT, ""
        if self._entry.info:
            return RowKind.NUMBER, self._entry.info + self._entry.markup
        return RowKind.BULLET, "•"


def _line_of(token: Token) -> int:
    return (token.map or [0, 0])[0] + 1


def _flat(token: Token) -> tuple[Span, ...]:
    return tuple(span for _, line in split_lines(token.children or ()) for span in line)


def _joined(cells: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    parts: list[Span] = []
    for cell in cells:
        parts += [Span(text=" | "), *cell] if parts else cell
    return tuple(parts)


def _breaks(tag: re.Match[str]) -> str:
    # A comment may span lines; keeping its breaks keeps the numbers of the lines below it.
    return "\n" * tag.group().count("\n")
