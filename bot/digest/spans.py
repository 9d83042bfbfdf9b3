"""Inline Markdown tokens as lines of spans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
        yield offset, _paired(line)
        offset, line = offset + part, []
    yield offset, _paired(line)


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


def _paired(line: Sequence[Span]) -> tuple[Span, ...]:
    """The line with ``**`` that CommonMark left standing beside Chinese punctuation taken as bold."""
    bold, spans = False, list[Span]()
    stars = sum(span.text.count("**") for span in line if Style.CODE not in span.styles)
    for span in line:
        if Style.CODE in span.styles or "**" not in span.text:
            spans.append(_look(span, bold=bold))
            continue
        for index, text in enumerate(span.text.split("**")):
            if index:
                stars -= 1
                bold = not bold and stars > 0
            spans.append(_look(replace(span, text=text), bold=bold))
    return tuple(_merged(spans))


def _look(span: Span, *, bold: bool) -> Span:
    return replace(span, styles=span.styles | {Style.BOLD}) if bold else span


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    for (styles, url), run in groupby(spans, key=lambda span: (span.styles, span.url)):
        text = "".join(span.text for span in run)
        if text or url is not None:
            yield Span(text=text, styles=styles, url=url)
