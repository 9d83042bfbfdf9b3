"""A line of spans as written, and which of its pictures stand for themselves, for a word, or for nothing."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.digest.parsing.edges import text_of
from bot.digest.parsing.signs import as_picture, link_to
from bot.digest.parsing.tags import Tag
from bot.model import Span, Style

#: The place of each picture among the spans of its line, and the address of the link around it.
Pictures = Mapping[int, str | None]


class InlineLine(NamedTuple):
    """A line as written: how many lines below the first it stands, and its spans.

    ``pictures`` holds them, named by their alternative text, where a line has nothing
    else; beside text a picture is a span, a link to it. ``badges`` are those that stand
    in the text of a link or before all text, and would cost a title its words.
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

    @property
    def has_content(self) -> bool:
        """Whether anything stands in the line."""
        return bool(self.spans or self.pictures)


def with_pictures(spans: Sequence[Span], pictures: Pictures, *, offset: int, titled: bool) -> InlineLine:
    """The line with its pictures; beside text a picture is one of the spans, or a badge.

    ``titled`` tells that the line may be a title.
    """
    beside = [span for place, span in enumerate(spans) if place not in pictures]
    if not any(span.text.strip() for span in beside):
        around = dict.fromkeys(span.url for span in beside if span.url)
        links = tuple(map(link_to, around))
        shown = tuple(spans[place] for place in pictures)
        return InlineLine(offset=offset, spans=links, pictures=shown)
    badges = [place for place in pictures if _is_badge(place, spans, pictures, titled=titled)]
    shown = tuple(spans[place] for place in badges)
    return InlineLine(offset=offset, spans=_beside_text(spans, pictures, badges), badges=shown)


def _beside_text(spans: Sequence[Span], pictures: Pictures, badges: Sequence[int]) -> tuple[Span, ...]:
    """The spans without the badges, each other picture a word."""
    shown = {
        place: as_picture(span) if place in pictures else span
        for place, span in enumerate(spans)
        if place not in badges
    }
    bare = dict.fromkeys(pictures.values())  # links around pictures that stand around no words
    for place, span in enumerate(spans):
        if place not in pictures:
            bare.pop(span.url if span.text else None, None)
    kept = [span for span in shown.values() if span.text or span.url not in bare]
    return merged([*kept, *(link_to(url) for url in bare if url)])


def _is_badge(place: int, spans: Sequence[Span], pictures: Pictures, *, titled: bool) -> bool:
    """Whether a picture is no word of its line: in a link with words, or before the words of a title."""
    link = pictures[place]
    worded = [(at, span) for at, span in enumerate(spans) if at not in pictures and span.text.strip()]
    if link is not None and any(span.url == link for _, span in worded):
        return True
    return titled and not any(at < place for at, _ in worded)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours of one look as one span; without text a link alone stays."""
    if len(spans) > 1:
        runs = ((look, text_of(list(run))) for look, run in groupby(spans, key=_look))
        spans = [Span(text=text, styles=styles, url=url) for (styles, url), text in runs]
    return tuple([span for span in spans if span.text or span.url is not None])


def _look(span: Span) -> tuple[frozenset[Style], str | None]:
    return span.styles, span.url
