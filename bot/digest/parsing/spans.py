"""Inline Markdown tokens as lines of spans."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from markdown_it.token import Token

from bot.digest.parsing.edges import text_of
from bot.model import Span, Style

_MARKUP = {"strong": Style.BOLD, "em": Style.ITALIC, "s": Style.STRIKE}
_TAGS = {
    **dict.fromkeys(("b", "strong"), Style.BOLD),
    **dict.fromkeys(("i", "em"), Style.ITALIC),
    **dict.fromkeys(("s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("code", "kbd", "tt"), Style.CODE),
}
#: Tags that begin or end a line of their own.
_BREAKS = re.compile(r"br|p|div|li|tr|hr|ul|ol|table|blockquote|h[1-6]|center|details|summary")
_RAISED = {"sup": "^", "sub": "_"}
#: The tags of HTML that go; anything else in angle brackets is text.
_KNOWN = re.compile(
    rf"{_BREAKS.pattern}|a|img|{'|'.join(_TAGS)}|sup|sub|td|th|thead|tbody|tfoot|caption|col|colgroup|span|font|u|ins|mark"
    r"|small|big|abbr|cite|q|dl|dt|dd|pre|figure|figcaption|picture|source|video|audio|iframe|embed|object|svg|path"
    r"|section|article|header|footer|main|nav|aside|label|input|button|form|script|style|noscript|wbr|time|html|body|head"
    r"|meta|link|title|ruby|rt|rp|bdi|bdo|var|samp|dfn|address|fieldset|legend|select|option|textarea|canvas|map|area"
)
_CELLS = frozenset(("td", "th"))
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\s(?P<name>src|alt|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_HOST = re.compile(r"https?://(?P<host>[^/?#\s]+)", re.IGNORECASE)
_PICTURE = "🖼"
_LINK = "🔗"


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineLine:
    """A line as written: how many lines below the first it stands, and its spans.

    ``pictures`` holds them, named by their alternative text, where a line has nothing
    else; beside text a picture is a span, a link to it.
    """

    offset: int
    spans: tuple[Span, ...]
    pictures: tuple[Span, ...] = ()


def split_lines(children: Iterable[Token]) -> list[InlineLine]:
    """The lines. HTML tags go, their text and its look stay; a link keeps its address as written."""
    writer = _Writer()
    for token in children:
        _WRITE[token.type](writer, token)
    writer.break_line(0)
    return writer.lines


class _Writer:
    """Collects the spans of the line it is in."""

    def __init__(self) -> None:
        self.lines: list[InlineLine] = []
        self._offset = 0
        self._inside = 0
        self._spans: list[Span] = []
        self._pictures: list[int] = []
        self._styles: frozenset[Style] = frozenset()
        self._url: str | None = None

    def text(self, token: Token) -> None:
        if token.content:
            self._add(token.content, self._styles)

    def code(self, token: Token) -> None:
        self._add(token.content, self._styles | {Style.CODE})

    def soft_break(self, _token: Token) -> None:
        if self._url is None or (self.lines and not self._spans):
            self.break_line(1)
            return
        self._inside += 1  # a title that goes on in the next line is one
        before = self._spans[-1].text if self._spans else ""
        if before and before[-1].isascii() and not before[-1].isspace():
            self._add(" ", self._styles)

    def opened(self, token: Token) -> None:
        self._styles |= {_MARKUP[token.tag]}

    def closed(self, token: Token) -> None:
        self._styles -= {_MARKUP[token.tag]}

    def link_opened(self, token: Token) -> None:
        self._url = str(token.attrs["href"])
        self._spans.append(Span(text="", url=self._url))

    def link_closed(self, _token: Token) -> None:
        self._url = None

    def image(self, token: Token) -> None:
        self._picture(token.content, str(token.attrs["src"]))

    def html(self, token: Token) -> None:
        found = _TAG.match(token.content)
        name = found["name"].lower() if found else ""
        ends = bool(found and found["end"])
        if found and not _KNOWN.fullmatch(name):
            self._add(token.content, self._styles)  # no tag: List<int>
        elif name in _RAISED and not ends:
            self._add(_RAISED[name], self._styles)
        elif name in _TAGS:
            self._styles = self._styles - {_TAGS[name]} if ends else self._styles | {_TAGS[name]}
        elif name == "a":
            self._url = None if ends else _attributes(token.content).get("href")
        elif name == "img" and (given := _attributes(token.content)).get("src"):
            self._picture(given.get("alt", ""), given["src"])
        elif name in _CELLS and not ends and self._spans:
            self._add(" | ", frozenset())
        if _BREAKS.fullmatch(name) or "\n" in token.content:
            self.break_line(token.content.count("\n"))

    def break_line(self, further: int) -> None:
        """End the line; the next one stands so many lines ``further`` in the file."""
        spans, pictures = self._with_pictures() if self._pictures else (_merged(self._spans), ())
        self.lines.append(InlineLine(offset=self._offset, spans=spans, pictures=pictures))
        self._offset += further + self._inside
        self._inside = 0
        self._spans, self._pictures = [], []

    def _with_pictures(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The spans of the line and its pictures; beside text a picture is one of the spans."""
        pictures = frozenset(self._pictures)
        beside = [span for place, span in enumerate(self._spans) if place not in pictures]
        if not any(span.text.strip() for span in beside):
            around = dict.fromkeys(span.url for span in beside if span.url)
            links = tuple(Span(text=f"{_LINK} {_host(url)}", url=url) for url in around)
            return links, tuple(self._spans[place] for place in self._pictures)
        for place in self._pictures:
            picture = self._spans[place]
            self._spans[place] = Span(text=f"{_PICTURE} {picture.text}".rstrip(), url=picture.url)
        return _merged(self._spans), ()

    def _add(self, text: str, styles: frozenset[Style]) -> None:
        self._spans.append(Span(text=text, styles=styles, url=self._url))

    def _picture(self, alternative: str, address: str) -> None:
        self._pictures.append(len(self._spans))
        self._spans.append(Span(text=alternative, url=address))


_WRITE: dict[str, Callable[[_Writer, Token], None]] = {
    "text": _Writer.text,
    "text_special": _Writer.text,
    "softbreak": _Writer.soft_break,
    "hardbreak": _Writer.soft_break,
    "link_open": _Writer.link_opened,
    "link_close": _Writer.link_closed,
    "code_inline": _Writer.code,
    "html_inline": _Writer.html,
    "image": _Writer.image,
    **{f"{name}_open": _Writer.opened for name in ("strong", "em", "s")},
    **{f"{name}_close": _Writer.closed for name in ("strong", "em", "s")},
}


def _host(url: str) -> str:
    """The host of an address, however broken; the address itself where it has none."""
    found = _HOST.match(url)
    return found["host"] if found else url


def _attributes(tag: str) -> dict[str, str]:
    return {
        found["name"].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag)
    }


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours of one look as one span; without text a link alone stays."""
    if len(spans) > 1:
        runs = ((look, text_of(list(run))) for look, run in groupby(spans, key=_look))
        spans = [Span(text=text, styles=styles, url=url) for (styles, url), text in runs]
    return tuple([span for span in spans if span.text or span.url is not None])


def _look(span: Span) -> tuple[frozenset[Style], str | None]:
    return span.styles, span.url
