"""The tags of HTML in a line, by HTML's own rules; a word in angle brackets that is none stays text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from html.entities import html5

from markdown_it.token import Token

from bot.model import Style

#: Elements that only change how text looks.
STYLES = {
    **dict.fromkeys(("b", "strong"), Style.BOLD),
    **dict.fromkeys(("i", "em"), Style.ITALIC),
    **dict.fromkeys(("s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("code", "kbd", "tt"), Style.CODE),
}
RAISED = {"sup": "^", "sub": "_"}
CELLS = frozenset(("td", "th"))
#: Tags that begin or end a line of their own.
BREAKS = re.compile(r"br|p|div|li|tr|hr|ul|ol|table|blockquote|h[1-6]|center|details|summary")
HEADINGS = re.compile(r"h[1-6]")
LISTS = frozenset(("ul", "ol"))
#: What has its content elsewhere.
PLAYED = frozenset(("iframe", "video", "audio", "embed", "source", "object"))

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
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s"'<>/=]+)(?P<value>\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_REFERENCE = re.compile(r"&(?P<name>#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*)(?:;|(?![a-z0-9=]))", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag; of an attribute that stands twice the first counts."""

    name: str
    ends: bool
    attributes: Mapping[str, str]

    @property
    def source(self) -> str:
        """Where its content is; empty for nowhere."""
        given = (self.attributes.get(name, "") for name in ("src", "data-src", "data"))
        address = next(filter(None, map(str.strip, given)), "")
        return f"https:{address}" if address.startswith("//") else address


def tags_of(children: Iterable[Token]) -> Mapping[str, Tag]:
    """The tags among the tokens of a paragraph, by how they are written; what is missing is text."""
    written = dict.fromkeys(token.content for token in children if token.type == "html_inline")
    if not written:
        return {}
    tags = {content: _tag(content) for content in written}
    alone = not any(token.content.strip() for token in children if token.type != "html_inline")
    ended = frozenset(tag.name for tag in tags.values() if tag.ends)
    return {content: tag for content, tag in tags.items() if _is_tag(content, tag, ended, alone=alone)}


def _is_tag(content: str, tag: Tag, ended: frozenset[str], *, alone: bool) -> bool:
    if not tag.name or tag.ends or any(tag.attributes.values()):
        return not tag.name or _is_known(tag.name)
    if tag.name in ended or alone:
        return _is_known(tag.name)
    is_type = content[1:3].istitle() and len(tag.name) > 1  # Span, as programs name their types
    return not is_type and _MARKUP.fullmatch(tag.name) is not None


def _is_known(name: str) -> bool:
    return bool(_MARKUP.fullmatch(name) or _WORDS.fullmatch(name))


def _tag(content: str) -> Tag:
    """The tag; a comment or an instruction is one without a name."""
    found = _TAG.match(content)
    if found is None:
        return Tag(name="", ends=False, attributes={})
    attributes: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(content, found.end()):
        value = one[3] or one[4] or one[5] or ""
        attributes.setdefault(one["name"].lower(), _unescaped(value) if "&" in value else value)
    return Tag(name=found["name"].lower(), ends=bool(found["end"]), attributes=attributes)


def _unescaped(value: str) -> str:
    """The references resolved; in an attribute one without its semicolon is text before ``=`` or a letter."""
    return _REFERENCE.sub(_character, value)


def _character(found: re.Match[str]) -> str:
    if found["name"].startswith("#"):
        return unescape(found[0])
    return html5.get(found[0][1:], found[0])
