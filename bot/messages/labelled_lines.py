"""Lines of a summary that are a labelled address: the label is a link there, and not above it too."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bot.messages.links import accepted
from bot.model import Line, Link, RichText, Span

_GOES_ON = re.compile(r"[\w#/?&=%~+-]|\.\w", re.ASCII)  # of an address


class Told(NamedTuple):
    """The links that stand above a text, and the text."""

    links: tuple[Link, ...]
    text: RichText


def told_in(links: Iterable[Link], text: RichText) -> Told:
    """Each labelled address of a text told once, in its line; the links that no line is stand above."""
    above, lines = list(links), list(text)
    for at, line in enumerate(lines):
        told = {link.url: place for place, link in enumerate(above) if _tells(line, link)}
        for place in sorted(told.values(), reverse=True):
            lines[at] = _linked(lines[at], above.pop(place))
    return Told(tuple(above), tuple(lines))


def _tells(line: Line, link: Link) -> bool:
    """Whether a line begins with the label of a link and a colon, and has its address, linked or bare."""
    if not accepted(link.url) or not _colon(line, link):
        return False
    return any(span.url == link.url for span in line.spans) or _holds(line.text, link.url)


def _holds(text: str, url: str) -> bool:
    """Whether an address stands as it is in a text, and not as the beginning of another."""
    ends = (found.end() for found in re.finditer(re.escape(url), text))
    return not all(_GOES_ON.match(text, end) for end in ends)


def _colon(line: Line, link: Link) -> re.Match[str] | None:
    return re.match(rf"\s*{re.escape(link.label)}\s*[：:]\s*", line.text) if link.label else None


def _end_of_bare(line: Line, link: Link) -> int | None:
    """Where the bare address of a line ends; None where it has another one, or none."""
    found = _colon(line, link)
    if not found or not line.text.startswith(link.url, found.end()):
        return None
    end = found.end() + len(link.url)
    return None if _GOES_ON.match(line.text, end) else end


def _linked(line: Line, link: Link) -> Line:
    end = _end_of_bare(line, link)
    if end is None:
        return line
    return replace(line, spans=(Span(text=link.label, url=link.url), *_behind(line.spans, end)))


def _behind(spans: Iterable[Span], count: int) -> Iterator[Span]:
    for span in spans:
        if len(span.text) > count:
            yield replace(span, text=span.text[count:])
        count = max(0, count - len(span.text))
