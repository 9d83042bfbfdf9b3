"""A line of spans as written, and which of its pictures stand for themselves, for a word, or for nothing."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from bot.digest.parsing.edges import text_of
from bot.digest.parsing.signs import as_picture, link_to
from bot.digest.parsing.tags import Tag
from bot.model import Span


class Picture(NamedTuple):
    """What is known of a picture: the address of the link around it, and whether it is but an ornament."""

    link: str | None
    ornament: bool


_look = attrgetter("styles", "url")
#: The pictures of a line, by their places among its spans.
Pictures = Mapping[int, Picture]


class InlineLine(NamedTuple):
    """A line as written: how many lines below the first it stands, and its spans.

    ``pictures`` holds them, named by their alternative text, where a line has nothing
    else; beside text a picture is a span, a link to it. ``badges`` are those that stand
    in the text of a link or before all text, and would cost a title its words. An ornament is
    a word wherever it stands.
    ``broken`` tells that the line above was broken on purpose. ``level`` is that of a heading in
    HTML, ``listed`` how many of its lists an entry begins in; 0 where the line is neither.
    ``tag`` is that of a table in HTML which begins or ends here; such a line has nothing else.
    """

    offset: int
    spans: tuple[Span, ...]
    pictures: tuple[Span, ...] = ()
    badges: tuple[Span, ...] = ()
    broken: bool = False
    level: int = 0
    listed: int = 0
    tag: Tag | None = None

    @property
    def all_spans(self) -> tuple[Span, ...]:
        """Its spans, its pictures and its badges."""
        return (*self.spans, *self.pictures, *self.badges)


def with_pictures(line: InlineLine, spans: Sequence[Span], pictures: Pictures, *, titled: bool) -> InlineLine:
    """The line with its spans and pictures; beside text a picture is one of the spans, or a badge.

    ``titled`` tells that the line may be a title.
    """
    alone = not any(span.text.strip() for place, span in enumerate(spans) if place not in pictures)
    if alone:
        apart = [place for place, picture in pictures.items() if not picture.ornament]
        shown = _beside_text(spans, pictures, apart)
        return line._replace(spans=shown, pictures=tuple(spans[place] for place in apart))
    badges = _badges(spans, pictures, titled=titled)
    named = tuple(as_picture(spans[at]) if pictures[at].ornament else spans[at] for at in badges)
    return line._replace(spans=_beside_text(spans, pictures, badges), badges=named)


def _beside_text(spans: Sequence[Span], pictures: Pictures, apart: Sequence[int]) -> tuple[Span, ...]:
    """The spans without the pictures that stand apart, each other picture a word."""
    left_out = frozenset(apart)
    shown = {
        place: as_picture(span) if place in pictures else span
        for place, span in enumerate(spans)
        if place not in left_out
    }
    # links around pictures that stand around no words
    bare = dict.fromkeys(picture.link for picture in pictures.values())
    for place, span in enumerate(spans):
        if place not in pictures:
            bare.pop(span.url if span.text else None, None)
    kept = [span for span in shown.values() if span.text or span.url not in bare]
    for url in filter(None, bare):
        kept += [Span(text=" "), link_to(url)] if kept and kept[-1].text.strip() else [link_to(url)]
    return merged(kept)


def _badges(spans: Sequence[Span], pictures: Pictures, *, titled: bool) -> Sequence[int]:
    """The pictures that are no words of their line: in a link with words, or before the words of a title."""
    worded = [(at, span.url) for at, span in enumerate(spans) if at not in pictures and span.text.strip()]
    linked = {url for _, url in worded if url is not None}
    first = worded[0][0] if titled and worded else 0
    return [at for at, picture in pictures.items() if at < first or picture.link in linked]


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours of one look as one span; without text a link alone stays."""
    if len(spans) > 1:
        spans = [_joined(list(run)) for _, run in groupby(spans, key=_look)]
    return tuple([span for span in spans if span.text or span.url is not None])


def _joined(run: Sequence[Span]) -> Span:
    """Spans of one look as one."""
    first = run[0]
    return first if len(run) == 1 else Span(text=text_of(run), styles=first.styles, url=first.url)
