"""A tag of HTML, by HTML's own rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from html.entities import html5

from bot.model import Style

#: Elements that only change how text looks.
STYLES = {
    **dict.fromkeys(("b", "strong", "summary"), Style.BOLD),
    **dict.fromkeys(("i", "em"), Style.ITALIC),
    **dict.fromkeys(("s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("code", "kbd", "tt"), Style.CODE),
}
RAISED = {"sup": "^", "sub": "_"}
CELLS = frozenset(("td", "th"))
TABLES = frozenset(("table", "thead", "tr", *CELLS))
#: Tags that begin or end a line of their own.
BREAKS = re.compile(r"br|p|div|li|tr|td|th|thead|hr|ul|ol|table|blockquote|h[1-6]|center|details|summary")
#: Tags that end what stands above them.
RULES = frozenset(("hr", "footer"))
HEADINGS = re.compile(r"h[1-6]")
LISTS = frozenset(("ul", "ol"))
#: What has its content elsewhere.
PLAYED = frozenset(("iframe", "video", "audio", "embed", "source", "object"))

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s"'<>/=]+)(?P<value>\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_REFERENCE = re.compile(r"&(?P<name>#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*)(?:;|(?![a-z0-9=]))", re.IGNORECASE)
#: Attributes that hold one address, and those that hold several, each with its size.
_ADDRESSED = frozenset(
    ("src", "data-src", "data", "href", "poster", "cite", "longdesc", "background", "action")
)
_SETS = ("srcset", "data-srcset")
_IN_SET = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:\s+[^\s,]*)?\s*(?:,|$)")
_PIXELS = re.compile(r"\s*(\d{1,5})\s*(?:px)?\s*$", re.IGNORECASE)
_SIGN = 64  # pixels
_WEB = re.compile(r"https?://[^\s\"'()<>]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag; of an attribute that stands twice the first counts."""

    name: str
    ends: bool
    attributes: Mapping[str, str]

    @property
    def source(self) -> str:
        """Where its content is; empty for nowhere."""
        given = [self.attributes.get(name, "") for name in ("src", "data-src", "data")]
        if self.name == "img":
            given += (one for name in _SETS for one in _IN_SET.findall(self.attributes.get(name, "")))
        return _with_scheme(next(filter(None, map(str.strip, given)), ""))

    @property
    def shows(self) -> bool:
        """Whether a picture has anything to show: where it is, or what it is called."""
        return bool(self.source or self.attributes.get("alt", "").strip())

    @property
    def is_small(self) -> bool:
        """Whether it says that it is no larger than a sign in the text: ``width="20"``."""
        given = (_PIXELS.match(self.attributes.get(name, "")) for name in ("width", "height"))
        sizes = [int(size[1]) for size in given if size]
        return bool(sizes) and max(sizes) <= _SIGN

    @property
    def addresses(self) -> Iterator[str]:
        """Every address in its attributes; a place in the same page is none."""
        for name, value in self.attributes.items():
            bare = value.strip()
            if name in _SETS:
                yield from map(_with_scheme, _IN_SET.findall(value))
            elif name in _ADDRESSED and bare and not bare.startswith("#"):
                yield _with_scheme(bare)
            elif name not in _ADDRESSED:
                yield from _WEB.findall(value)


def tag_of(content: str) -> Tag:
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


def _with_scheme(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address
