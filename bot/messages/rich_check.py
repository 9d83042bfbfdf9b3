"""Whether Telegram takes the HTML of a rich message: its elements, what may stand in which, and its limits.

Stricter than Telegram: no element but those that our messages are made of, each with the attributes that
they have.
"""

import re
from dataclasses import dataclass, field

from bot.errors import InvalidMessage
from bot.messages.links import accepted

LONGEST = 32_768  # characters
MOST_BLOCKS = 500
_DEEPEST = 16
MOST_COLUMNS = 20

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-z][a-z0-9-]*)(?P<given>[^<>]*)>|&(?P<reference>[a-z]+);|(?P<bare>[<>&])"
)
_REFERENCES = {"&quot;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&"}
_INLINE = frozenset({"b", "i", "u", "s", "code", "a", "tg-spoiler"})
_TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "footer"})
_BLOCKS = _TEXTS | {"pre", "blockquote", "table", "details"}
#: What may stand in what; the empty name is the message.
_MAY_HOLD = {
    "": _BLOCKS | {"a"},
    "details": _BLOCKS | {"summary"},
    "blockquote": frozenset({"p"}),
    "table": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "pre": frozenset({"code"}),
    "code": frozenset[str](),
    **dict.fromkeys((*_TEXTS, "summary", "th", "td", *(_INLINE - {"code"})), _INLINE),
}
_HOLDS_TEXT = frozenset(_MAY_HOLD) - {"", "details", "blockquote", "table", "tr", "pre"}
_COUNTED = _BLOCKS | {"tr"}
_BARE = {"details": (" open", ""), "table": (" bordered striped",)}
_ADDRESS = re.compile(r' (?:href="(?P<href>[^"]*)"|name="(?P<name>[a-z0-9-]+)")')
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def check_rich(html: str) -> None:
    """Raise InvalidMessage for what Telegram would refuse, or drop without a word."""
    if found := _CONTROL.search(html):
        raise InvalidMessage(f"a control character U+{ord(found[0]):04X} in the text")
    reader, at = _Reader(), 0
    for token in _TOKEN.finditer(html):
        reader.text(html[at : token.start()])
        at = token.end()
        if token["bare"]:
            raise InvalidMessage(f"a bare {token['bare']!r} in the text")
        if token["reference"]:
            reader.text("?")
        elif token["close"]:
            reader.close(token["tag"])
        else:
            reader.open(token["tag"], token["given"])
    reader.text(html[at:])
    reader.end()


@dataclass(slots=True)
class _Reader:
    """What stands open, and what was counted."""

    stack: list[str] = field(default_factory=list)
    length: int = 0
    blocks: int = 0
    cells: int = 0
    anchors: set[str] = field(default_factory=set)
    jumps: set[str] = field(default_factory=set)

    def text(self, text: str) -> None:
        if text and (self.stack[-1] if self.stack else "") not in _HOLDS_TEXT:
            raise InvalidMessage(f"text outside of a block: {text[:40]!r}")
        self.length += len(text)

    def open(self, tag: str, given: str) -> None:
        around = self.stack[-1] if self.stack else ""
        if tag not in _MAY_HOLD[around]:
            raise InvalidMessage(f"<{tag}> in <{around or 'the message'}>")
        if tag in self.stack and tag == "a":
            raise InvalidMessage("a link in a link")
        self._attributes(tag, given)
        self.cells = 0 if tag == "tr" else self.cells + (tag in ("th", "td"))
        if self.cells > MOST_COLUMNS:
            raise InvalidMessage(f"a table of more than {MOST_COLUMNS} columns")
        self.blocks += tag in _COUNTED
        self.stack.append(tag)
        if len(self.stack) > _DEEPEST:
            raise InvalidMessage(f"blocks nested deeper than {_DEEPEST}")

    def close(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            raise InvalidMessage(f"</{tag}> closes nothing")

    def end(self) -> None:
        if self.stack:
            raise InvalidMessage(f"<{self.stack[-1]}> is never closed")
        if lost := self.jumps - self.anchors:
            raise InvalidMessage(f"a link to nowhere: #{min(lost)}")
        if not 0 < self.length <= LONGEST:
            raise InvalidMessage(f"length is {self.length}, allowed 1 to {LONGEST}")
        if self.blocks > MOST_BLOCKS:
            raise InvalidMessage(f"{self.blocks} blocks, allowed {MOST_BLOCKS}")

    def _attributes(self, tag: str, given: str) -> None:
        if tag != "a":
            if given not in _BARE.get(tag, ("",)):
                raise InvalidMessage(f"<{tag}{given}> is not a tag that Telegram knows")
            return
        found = _ADDRESS.fullmatch(given)
        if found is None:
            raise InvalidMessage(f"<a{given[:40]}> has neither an address nor a name")
        if found["name"]:
            self.anchors.add(found["name"])
        elif found["href"].startswith("#"):
            self.jumps.add(found["href"][1:])
        elif accepted(url := _unescaped(found["href"])) != url:
            raise InvalidMessage(f"a link that Telegram drops: {url[:80]!r}")


def _unescaped(text: str) -> str:
    return re.sub("|".join(_REFERENCES), lambda found: _REFERENCES[found[0]], text)
