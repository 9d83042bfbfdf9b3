"""Which tags of a text are markup, and which are words in angle brackets: ``the tag <p>``, ``List<int>``.

A tag without a value is markup if its other half is there, if it needs none, or if nothing but tags
stands around it; else it is named by its text. No tag is half a word and half markup.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from bot.digest.parsing.tags import BREAKS, STYLES, Tag, tag_of

#: Tags that mean markup however they stand.
_MARKUP = re.compile(
    rf"{BREAKS.pattern}|img|{'|'.join(STYLES)}|sup|sub|td|th|thead|tbody|tfoot|caption|col|colgroup|span|font|u|ins|mark"
    r"|small|big|abbr|cite|q|dl|dt|dd|pre|figure|figcaption|picture|noscript|wbr|ruby|rt|rp|bdi|bdo"
)
#: Those that editors also write as words, ``<input>``: markup with a value, with their other half, or alone.
_WORDS = re.compile(
    r"a|source|video|audio|iframe|embed|object|svg|path|section|article|header|footer|main|nav|aside|label|input"
    r"|button|form|script|style|time|html|body|head|meta|link|title|var|samp|dfn|address|fieldset|legend|select"
    r"|option|textarea|canvas|map|area"
)
#: Those that have no other half.
_WHOLE = frozenset(("br", "hr", "wbr", "col"))
#: Those whose other half stands in the same paragraph; of others it may stand far away.
_NEAR = frozenset(("p", *(f"h{level}" for level in range(1, 7))))
#: Those that need no other half inside of these.
_INSIDE = {
    "li": ("ul", "ol"),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
    **dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot"), ("table",)),
}
_HALF = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
#: A tag by the rules of browsers, which CommonMark tells from text: ``<a href=x?y=z>``.
_LOOSE = re.compile(
    r"<[a-z][a-z0-9-]*(?:\s+[a-z_:][a-z0-9:._-]*(?:\s*=\s*(?:[^\s\"'<>`]+|\"[^\"]*\"|'[^']*'))?)+\s*/?>",
    re.IGNORECASE,
)


class Halves(NamedTuple):
    """The names of tags that a text opens and closes."""

    begun: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()


def halves_of(text: str) -> Halves:
    """All that looks like a tag in a text."""
    found = {(end, name.lower()) for end, name in _HALF.findall(text)} if "<" in text else set()
    return Halves(
        begun=frozenset(name for end, name in found if not end),
        ended=frozenset(name for end, name in found if end),
    )


def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The inline rule ``html_inline``, for tags with any value that browsers take."""
    if state.src[state.pos] != "<":
        return False
    if html_inline(state, silent):
        return True
    if state.html_terminator_last(">") < state.pos:
        return False
    found = _LOOSE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


def tags_of(children: Iterable[Token], everywhere: Halves) -> Mapping[str, Tag]:
    """The tags among the tokens of a paragraph, by how they are written; what is missing is text.

    ``everywhere`` are the halves of tags in the whole text.
    """
    tags = {token.content: tag_of(token.content) for token in children if token.type == "html_inline"}
    if not tags:
        return {}
    text = " ".join(token.content for token in children if token.type not in ("html_inline", "code_inline"))
    here = Halves(
        begun=frozenset(tag.name for tag in tags.values() if not tag.ends),
        ended=frozenset(tag.name for tag in tags.values() if tag.ends),
    )
    cut = halves_of(text).begun - here.begun  # opened by what is no tag
    alone = not any(token.content.strip() for token in children if token.type != "html_inline")
    return {
        content: tag
        for content, tag in tags.items()
        if not tag.name
        or (
            (_is_known(tag.name) and (alone or _is_markup(content, tag, here, everywhere)))
            and not (tag.ends and tag.name in cut)
        )
    }


def _is_markup(content: str, tag: Tag, here: Halves, everywhere: Halves) -> bool:
    """Whether a known tag among words is markup."""
    name = tag.name
    if name in _WHOLE or (any(tag.attributes.values()) and (name != "img" or tag.shows)):
        return True
    if tag.ends:
        return name in (here.begun if name in _NEAR else everywhere.begun | here.begun)
    if name in here.ended:
        return True
    is_type = content[1:3].istitle() and len(name) > 1  # Span, as programs name their types
    if is_type or name == "img" or not _MARKUP.fullmatch(name):
        return False
    if name in _NEAR:
        return content.endswith("/>")
    whole = everywhere.begun & everywhere.ended
    return name in everywhere.ended or any(one in whole for one in _INSIDE.get(name, ()))


def _is_known(name: str) -> bool:
    return bool(_MARKUP.fullmatch(name) or _WORDS.fullmatch(name))
