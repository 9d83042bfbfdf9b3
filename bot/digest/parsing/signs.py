"""Signs for what a message cannot show in its text: pictures, and links that have no words."""

import re
from collections.abc import Sequence

from bot.model import Span

_HOST = re.compile(r"(?:https?:)?//(?P<host>[^/?#\s]+)", re.IGNORECASE)
_PICTURE = "🖼"
#: What the address of a picture says that shows no more than a word would, as a part of its host, as one
#: of its folders, or as a word of its name: ``img.shields.io/badge/…``.
_ORNAMENT = re.compile(
    r"(?:^|//|[/.])(?:badges?|badgen|shields|travis-ci|circleci|appveyor|codecov|coveralls|avatars?|gravatar"
    r"|emojis?|emoticons?|icons?|favicons?)(?:[-_\d][^/]*)?(?:[/.?]|$)"
    r"|(?<![a-z])(?:badge|avatar|emoji|icon|favicon)(?![a-z])[^/]*$",
    re.IGNORECASE,
)
LINK = "🔗"


def link_to(url: str) -> Span:
    """A link that has no words of its own, called by its host."""
    return Span(text=f"{LINK} {host_of(url)}", url=url)


def is_picture(span: Span) -> bool:
    """Whether a span stands for a picture beside words, or for the link around one."""
    return bool(span.url) and span.text.startswith((_PICTURE, LINK))


def pictures_apart(spans: Sequence[Span]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The words of a line, and the pictures among them with the links around those.

    Where there are no words, the name of the first picture is them, and leads where its link does.
    """
    pictures = [span for span in spans if _is_named_picture(span)]
    if not pictures:
        return tuple(spans), ()
    around = tuple(span for span in spans if span.url and span == link_to(span.url))
    words = tuple(
        span for span in spans if not span.url or not (_is_named_picture(span) or span == link_to(span.url))
    )
    if any(span.text.strip() for span in words):
        return words, (*pictures, *around)
    name = pictures[0].text.removeprefix(_PICTURE).strip()
    if not name or not around:
        return tuple(spans), ()
    return (Span(text=name, url=around[0].url),), (*pictures, *around[1:])


def _is_named_picture(span: Span) -> bool:
    return bool(span.url) and span.text.startswith(_PICTURE)


def is_ornament(address: str) -> bool:
    """Whether a picture is a badge, an avatar or an emoji, as its address says."""
    return _ORNAMENT.search(address) is not None


def as_picture(span: Span) -> Span:
    """A picture, whose name is the text of its span, as a word beside others."""
    return Span(text=f"{_PICTURE} {span.text}".rstrip(), styles=span.styles, url=span.url)


def host_of(url: str) -> str:
    """The host of an address, however broken; the address itself where it has none."""
    found = _HOST.match(url)
    return found["host"] if found else url
