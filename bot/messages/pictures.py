"""The pictures of a text: which one a message shows, and what stands in the text for the others."""

import re
from dataclasses import replace

from bot.messages.links import accepted
from bot.messages.markup import clean, visible
from bot.model import Line, LineKind, RichText, Span

_SIGN = "🖼"
_SAYS_NOTHING = re.compile(
    r"\S+\.[a-z]{3,4}|image|picture|photo|图片?|screenshot|:[\w+-]+:|[\x00-\x7f]{1,4}", re.IGNORECASE
)


def shown_picture(text: RichText) -> str | None:
    """The address of the picture that a message of this text shows: the first that Telegram takes."""
    return next(filter(None, map(_address, text)), None)


def first_named(text: RichText) -> bool:
    """Whether :func:`shown_picture` has a name that says what it shows.

    A file's name says nothing, nor do a few letters (``NEW``) or the name of an emoji (``:tada:``).
    """
    shown = next((line for line in text if _address(line)), None)
    name = clean(shown.text).strip() if shown else ""
    return any(map(str.isalpha, name)) and not _SAYS_NOTHING.fullmatch(name)


def without_shown(text: RichText) -> RichText:
    """The text without the line of :func:`shown_picture`, and without pictures of which nothing is left.

    A name stays, as a link: Telegram does not show it, nor a picture that it could not fetch.
    """
    shown = next((index for index, line in enumerate(text) if _address(line)), None)
    return tuple(
        line
        for index, line in enumerate(text)
        if not _is_nothing(line) and (index != shown or visible(clean(line.text)))
    )


def as_links(text: RichText, unnamed: str) -> RichText:
    """The text with a link for each picture, called by its alternative text or else ``unnamed``.

    Of a picture whose address Telegram would not take, only the alternative text is left.
    """
    if all(line.kind is not LineKind.PICTURE for line in text):
        return text
    lines = (_as_link(line, unnamed) if line.kind is LineKind.PICTURE else line for line in text)
    return tuple(line for line in lines if line)


def _is_nothing(line: Line) -> bool:
    return line.kind is LineKind.PICTURE and _as_link(line, _SIGN) is None


def _address(line: Line) -> str | None:
    given = line.spans[0].url if line.kind is LineKind.PICTURE and line.spans else None
    return accepted(given) if given else None


def _as_link(line: Line, unnamed: str) -> Line | None:
    name, address = clean(line.text).strip(), _address(line)
    if address:
        span = Span(text=f"{_SIGN} {name if visible(name) else unnamed}", url=address)
        return replace(line, kind=LineKind.TEXT, spans=(span,))
    return replace(line, kind=LineKind.TEXT, spans=(Span(text=name),)) if visible(name) else None
