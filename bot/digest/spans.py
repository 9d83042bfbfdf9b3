"""Inline Markdown tokens as lines of spans."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markdown_it.token import Token

from bot.model import Span, Style

_STYLES = {"strong": Style.BOLD, "em": Style.ITALIC, "s": Style.STRIKE}
_WEB = ("http://", "https://")

SpanLine = tuple[int, tuple[Span, ...]]


def split_lines(children: Iterable[Token]) -> Iterator[SpanLine]:
    """Each line as written: its offset from the first, and its spans.

    An image becomes a link to it, named by its alternative text; HTML tags go,
    their text stays. A link keeps its address as written, an empty one included.
    """
    offset, line = 0, list[Span]()
    for part in _parts(children):
        if isinstance(part, Span):
            line.append(part)
            continue
        yield offset, tuple(_merged(line))
        offset, line = offset + part, []
    yield offset, tuple(_merged(line))


def _parts(children: Iterable[Token]) -> Iterator[Span | int]:
    """Spans, and between them how many lines further the next one stands."""
    styles: list[Style] = []
    url: str | None = None
    for token in children:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in _STYLES:
            _toggle(styles, _STYLES[kind], opens=token.nesting == 1)
        elif token.type == "link_open":
            url = str(token.attrs["href"])
            yield Span(text="", url=url)
        elif token.type == "link_close":
            url = None
        elif token.type in ("softbreak", "hardbreak"):
            yield 1
        elif token.type == "html_inline":
            yield from _broken(token.content)
        elif token.type == "image":
            yield _picture(token)
        else:
            looks = [*styles, Style.CODE] if token.type == "code_inline" else styles
            yield Span(text=token.content, styles=frozenset(looks), url=url)


def _broken(tag: str) -> Iterator[int]:
    """How an HTML tag breaks the line: ``<br>`` does, and so does one that spans lines itself."""
    if tag.startswith("<br") or "\n" in tag:
        yield tag.count("\n")


def _toggle(styles: list[Style], style: Style, *, opens: bool) -> None:
    if opens:
        styles.append(style)
    else:
        styles.remove(style)


def _picture(token: Token) -> Span:
    source = str(token.attrs["src"])
    if not source.startswith(_WEB):
        return Span(text="")
    return Span(text=token.content or "🖼", url=source)


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    for (styles, url), run in groupby(spans, key=lambda span: (span.styles, span.url)):
        text = "".join(span.text for span in run)
        if text or url is not None:
            yield Span(text=text, styles=styles, url=url)
