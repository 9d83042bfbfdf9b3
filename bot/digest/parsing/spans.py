"""Inline Markdown tokens as lines of spans."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from markdown_it.token import Token

from bot.digest.parsing import attributes
from bot.digest.parsing.inline_lines import InlineLine, Picture, merged, with_pictures
from bot.digest.parsing.inline_notes import LINES
from bot.digest.parsing.line_ends import between
from bot.digest.parsing.shorthands import read_shorthands
from bot.digest.parsing.signs import LINK, host_of, is_ornament
from bot.digest.parsing.tags import BREAKS, HEADINGS, LISTS, PLAYED, RAISED, RULES, STYLES, TABLES, Tag
from bot.digest.parsing.unshown import unshown
from bot.model import Span, Style

_LINE_ENDS = ("softbreak", "hardbreak")
_NONE: frozenset[Style] = frozenset()
_BOLD = frozenset({Style.BOLD})
_MARKUP = {"strong": Style.BOLD, "em": Style.ITALIC, "s": Style.STRIKE}


class InlineText(NamedTuple):
    """The lines that have content, and what no reader sees, each with the rule that leaves it out."""

    lines: list[InlineLine]
    unshown: list[tuple[str, str]]


def split_lines(children: Sequence[Token], tags: Mapping[str, Tag], *, titled: bool = False) -> InlineText:
    """A text as its lines. HTML tags go, their text and its look stay; a link keeps its address as written.

    ``tags`` are those among its tokens, by how they are written; ``titled`` tells that the first line
    may be a title.
    """
    if len(children) == 1 and children[0].type == "text":
        return InlineText([InlineLine(offset=0, spans=_plain(children[0].content))], [])
    writer = _Writer(children, tags, titled=titled)
    for token in children:
        _WRITE[token.type](writer, token)
    writer.break_line(0)
    lines = [line for line in writer.lines if line.spans or line.pictures or line.tag]
    if tags:
        writer.unshown += unshown(tags, (span for line in lines for span in line.all_spans))
    return InlineText(lines, writer.unshown)


def _plain(text: str) -> tuple[Span, ...]:
    """The spans of a text without markup, but for shorthands."""
    return tuple([Span(text=piece, styles=_BOLD if bold else _NONE) for piece, bold in read_shorthands(text)])


class _Writer:
    """Collects the spans of the line it is in."""

    def __init__(self, tokens: Sequence[Token], tags: Mapping[str, Tag], *, titled: bool) -> None:
        self._tokens = tokens
        self.lines: list[InlineLine] = []
        self.unshown: list[tuple[str, str]] = []
        self._tags = tags
        self._titled = titled
        self._played = False
        self._offset = 0
        self._begun: int | None = None  # where the tag of the entry or heading stands that has no words yet
        self._inside = 0
        self._goes_on = False  # a link or a bold title, in the next line
        self._spans: list[Span] = []
        self._broken = False  # the line above, on purpose
        self._level = 0
        self._lists = 0
        self._listed = 0
        self._pictures: dict[int, Picture] = {}
        self._styles = _NONE
        self._url: str | None = None
        self._linked = 0  # from which of the spans on they stand in a link

    def text(self, token: Token) -> None:
        for piece, marked in read_shorthands(token.content) if token.content else ():
            self._add(piece, self._styles | _BOLD if marked else self._styles)

    def code(self, token: Token) -> None:
        self._add(token.content, self._styles | {Style.CODE})

    def soft_break(self, token: Token) -> None:
        if self._url is None and not (Style.BOLD in self._styles and id(token) in self._inside_leads):
            self.break_line(1)
            return
        self._inside += 1  # a title that goes on in the next line is one
        self._goes_on = True

    def hard_break(self, token: Token) -> None:
        self.soft_break(token)
        self._broken = not self._spans

    @cached_property
    def _inside_leads(self) -> frozenset[int]:
        """The ends of lines, by the ids of their tokens, within bold words that lead a text."""
        return frozenset(map(id, _inside_leads(self._tokens)))

    def attributes(self, token: Token) -> None:
        self.unshown.append((token.content, "attributes"))

    def opened(self, token: Token) -> None:
        self._styles |= {_MARKUP[token.tag]}

    def closed(self, token: Token) -> None:
        self._styles -= {_MARKUP[token.tag]}

    def link_opened(self, token: Token) -> None:
        self._note_tooltip(token)
        self._url = _outside(str(token.attrs["href"]))
        self._linked = len(self._spans)

    def link_closed(self, token: Token) -> None:
        if self._url is not None and len(self._spans) <= self._linked:
            self._spans.append(Span(text="", url=self._url))  # a link without words
        self._url = None
        self._inside += token.meta.get(LINES, 0)

    def _note_tooltip(self, token: Token) -> None:
        if "title" in token.attrs:
            self.unshown.append((str(token.attrs["title"]), "tooltip"))

    def image(self, token: Token) -> None:
        self._note_tooltip(token)
        self._picture(token.content, str(token.attrs["src"]))

    def html(self, token: Token) -> None:
        tag = self._tags.get(token.content)
        if tag is None:
            self._add(token.content, self._styles)  # no tag: List<int>
            return
        if tag.name in RAISED:
            if not tag.ends and self._touches():
                self._add(RAISED[tag.name], self._styles)
        elif tag.name in STYLES:
            styles = {STYLES[tag.name]}
            self._styles = self._styles - styles if tag.ends else self._styles | styles
        elif tag.name == "a":
            self._url = None if tag.ends else _outside(tag.attributes.get("href"))
        elif tag.name == "img" and tag.source:
            self._picture(tag.attributes.get("alt", ""), tag.source, small=tag.is_small)
        elif tag.name == "img":
            self._add(tag.attributes.get("alt", ""), self._styles)
        elif tag.name in PLAYED:
            self._play(tag)
        self._break_at(tag, token.content.count("\n"))

    def _break_at(self, tag: Tag, further: int) -> None:
        """End the line where the tag does; what stands on some ``further`` lines too is on its first."""
        name = tag.name
        breaks = BREAKS.fullmatch(name) is not None or name in RULES
        if name == "br" and self._url is not None and not further:
            if self._touches():
                self._add(" ", self._styles)  # a title in two lines is one
        elif not name or name == "br" or tag.ends:
            if further or breaks:
                self.break_line(further)
        else:
            if breaks:
                self.break_line(0)
            self._inside += further
        self._enter(tag)

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if name in TABLES or (name in RULES and not tag.ends):
            self.lines.append(InlineLine(offset=self._offset, spans=(), tag=tag))
        if name in LISTS:
            self._lists = max(0, self._lists + (-1 if tag.ends else 1))
        elif name == "li" or HEADINGS.fullmatch(name):
            self._begun = None if tag.ends else self._offset
            if name == "li":
                self._listed = 0 if tag.ends else max(1, self._lists)
            else:
                self._level = 0 if tag.ends else int(name[1])

    def _play(self, tag: Tag) -> None:
        """What a chat cannot play, as a link; of the forms of one film the first."""
        if tag.ends:
            self._played = False
        elif tag.source and not self._played:
            self._played = tag.name in ("video", "audio") or self._played
            name = tag.attributes.get("title", "").strip() or host_of(tag.source)
            self._spans.append(Span(text=f"{LINK} {name}", url=tag.source))
        if tag.name == "source" and tag.source:
            self._played = True

    def break_line(self, further: int) -> None:
        """End the line; the next one stands so many lines ``further`` in the file."""
        line = InlineLine(
            offset=self._offset if self._begun is None else self._begun,
            spans=() if self._pictures else merged(self._spans),
            broken=self._broken,
            level=self._level,
            listed=self._listed,
        )
        if self._pictures:
            titled = bool((self._titled and not self.lines) or self._level or self._listed)
            line = with_pictures(line, self._spans, self._pictures, titled=titled)
        self.lines.append(line)
        self._broken = False
        if line.spans or line.pictures:
            self._listed, self._begun = 0, None
        self._offset += further + self._inside
        self._inside = 0
        self._spans, self._pictures, self._goes_on = [], {}, False

    def _add(self, text: str, styles: frozenset[Style]) -> None:
        if self._goes_on and text:
            self._goes_on = False
            before = "".join([span.text for span in self._spans[-2:]])
            text = between(before, text) + text if before and not before[-1].isspace() else text
        self._spans.append(Span(text=text, styles=styles, url=self._url))

    def _touches(self) -> bool:
        """Whether words of this line stand right before: no blank, and no picture."""
        place = len(self._spans) - 1
        return place >= 0 and place not in self._pictures and self._spans[place].text[-1:].strip() != ""

    def _picture(self, alternative: str, address: str, *, small: bool = False) -> None:
        ornament = small or is_ornament(address)
        self._pictures[len(self._spans)] = Picture(link=self._url, ornament=ornament)
        self._spans.append(Span(text=alternative, url=address))


_WRITE: dict[str, Callable[[_Writer, Token], None]] = {
    "text": _Writer.text,
    "text_special": _Writer.text,
    "softbreak": _Writer.soft_break,
    "hardbreak": _Writer.hard_break,
    "link_open": _Writer.link_opened,
    "link_close": _Writer.link_closed,
    "code_inline": _Writer.code,
    "html_inline": _Writer.html,
    attributes.ATTRIBUTES: _Writer.attributes,
    "image": _Writer.image,
    **{f"{name}_open": _Writer.opened for name in ("strong", "em", "s")},
    **{f"{name}_close": _Writer.closed for name in ("strong", "em", "s")},
}


def _inside_leads(tokens: Sequence[Token]) -> Iterator[Token]:
    """The ends of lines within bold words that begin a line, and behind which others stand where they end."""
    within: list[Token] = []
    leads = ended = False  # whether the bold words begin a line; whether they have ended in this one
    bare = True  # so far no word stands in this line
    for token in tokens:
        if token.type == "strong_open":
            within, leads, ended = [], bare, False
        elif token.type == "strong_close":
            ended = True
        elif token.type in _LINE_ENDS:
            leads = leads and not ended
            within.append(token)
            bare = True
        elif token.content.strip():
            if ended and leads:
                yield from within
                within = []
            bare = False


def _outside(url: str | None) -> str | None:
    """The address of a link; None for a place in the same page, which a message does not have."""
    return None if url is None or url.startswith("#") else url
