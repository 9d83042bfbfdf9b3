"""Links to a place in the page, which lead nowhere in a chat: ``[↑ top](#top)``, ``## News [¶](#news)``."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from bot.digest.parsing.tags import tag_of

RULE = "place in the page"
_PILCROW = "¶"  # what programs put behind a heading, with its link or without
_AROUND = ("p", "div", "span", "center", "small", "sup", "b", "i", "strong", "em", "br", "a")


class _Piece(NamedTuple):
    """A run of tokens, and where it leads; None where it is in no link."""

    start: int
    end: int
    url: str | None
    text: str


def may_lead_within(text: str) -> bool:
    """Whether a text may have such a link: what most have not is not looked at."""
    return "#" in text and ("(#" in text or "href" in text)


def only_leads_within(children: Sequence[Token], *, entry: bool) -> bool:
    """Whether a paragraph is nothing but such links; in an ``entry``, ``#`` awaits an address."""
    linked = False
    for piece in _pieces(children):
        if piece.url is None:
            if any(map(str.isalnum, piece.text)):
                return False
        elif not piece.url.startswith("#") or (entry and piece.url == "#"):
            return False
        else:
            linked = True
    tags = (tag_of(token.content).name for token in children if token.type == "html_inline")
    return linked and all(name in _AROUND for name in tags) and not _has_picture(children)


def without_permalinks(heading: Token) -> str:
    """Take links without words to a place in the page, and a pilcrow, out of a heading; what was taken.

    A sign may stand before the words of such a link: ``[↑ top](#top)``. One that is all of a heading stays.
    """
    children = heading.children or []
    taken = []
    pieces = list(_pieces(children)) if may_lead_within(heading.content) else []
    words = sum(any(map(str.isalnum, piece.text)) for piece in pieces)
    for piece in reversed(pieces):
        link = children[piece.start : piece.end]
        is_mark = piece.url is not None and piece.url.startswith("#") and not piece.text[:1].isalnum()
        is_named = words > any(map(str.isalnum, piece.text))  # by what stands around the link
        if is_mark and is_named and not _has_picture(link):
            del children[piece.start : piece.end]
            taken += [_said(token) for token in link]
    last = children[-1] if children else None
    if last is not None and last.type == "text":
        bare = last.content.rstrip()
        if bare.endswith(_PILCROW) and bare != _PILCROW:
            bare = bare.removesuffix(_PILCROW).rstrip()
            taken.append(_PILCROW)
        last.content = bare
    return " ".join(filter(None, taken))


def _said(token: Token) -> str:
    """What a token says, and what its tooltip does."""
    return f"{token.attrs.get('title', '')} {token.content}".strip()


def _pieces(children: Sequence[Token]) -> Iterator[_Piece]:
    """The links among the tokens of a paragraph, and what stands between them."""
    start, url, text = 0, None, ""
    for place, token in enumerate(children):
        opens, ends, leads = _link_in(token)
        if opens:
            if place > start:
                yield _Piece(start, place, url, text)
            start, url, text = place, leads, ""
        elif ends:
            yield _Piece(start, place + 1, url, text)
            start, url, text = place + 1, None, ""
        elif token.type not in ("html_inline", "attributes"):
            text += token.content
    if start < len(children):
        yield _Piece(start, len(children), url, text)


def _link_in(token: Token) -> tuple[bool, bool, str | None]:
    """Whether a link begins with a token, whether one ends, and where it leads."""
    if token.type == "link_open":
        return True, False, str(token.attrs["href"])
    if token.type == "link_close":
        return False, True, None
    if token.type != "html_inline" or not token.content[:3].lower().startswith(("<a", "</a")):
        return False, False, None
    tag = tag_of(token.content)
    return tag.name == "a" and not tag.ends, tag.name == "a" and tag.ends, tag.attributes.get("href")


def _has_picture(children: Sequence[Token]) -> bool:
    return any(token.type == "image" or token.content.lower().startswith("<img") for token in children)
