"""Signs for what a message cannot show in its text: pictures, and links that have no words."""

import re

from bot.model import Span

_HOST = re.compile(r"(?:https?:)?//(?P<host>[^/?#\s]+)", re.IGNORECASE)
_PICTURE = "🖼"
LINK = "🔗"


def link_to(url: str) -> Span:
    """A link that has no words of its own, called by its host."""
    return Span(text=f"{LINK} {host_of(url)}", url=url)


def is_picture(span: Span) -> bool:
    """Whether a span stands for a picture beside words, or for the link around one."""
    return bool(span.url) and span.text.startswith((_PICTURE, LINK))


def as_picture(span: Span) -> Span:
    """A picture, whose name is the text of its span, as a word beside others."""
    return Span(text=f"{_PICTURE} {span.text}".rstrip(), styles=span.styles, url=span.url)


def host_of(url: str) -> str:
    """The host of an address, however broken; the address itself where it has none."""
    found = _HOST.match(url)
    return found["host"] if found else url
