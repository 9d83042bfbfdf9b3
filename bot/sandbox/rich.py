"""The HTML of a rich message as the blocks that Telegram shows, or the refusal that it meets.

Telegram publishes the limits and the elements, not its errors: all refusals of the markup begin as those of
ordinary messages do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.sandbox import tdlib
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.state import Json

LONGEST, MOST_BLOCKS, DEEPEST, MOST_COLUMNS = 32_768, 500, 16, 20

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "tg-spoiler": "spoiler",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
}
_BLOCKS = {"p": "paragraph", "pre": "pre", "blockquote": "blockquote", "table": "table", "details": "details"}
_BLOCKS |= {"footer": "footer", "hr": "divider", "ul": "list", "ol": "list"}
_BLOCKS |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading")
_PARTS = {"summary", "tr", "td", "th", "li", "a"}
_VOID = {"hr"}
_INSIDE = {"tr": "table", "td": "tr", "th": "tr", "li": "list", "summary": "details"}


@dataclass(slots=True)
class _Node:
    """An element, or what stands around all."""

    tag: str
    attributes: dict[str, str]
    children: "list[_Node | str]" = field(default_factory=list)


def blocks_of(html: str) -> tuple[list[Json], str]:
    """The blocks of a message, and its text. Raises ApiError for what Telegram would refuse."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    root = tree.root()
    text = _text(root)
    if not text.strip():
        raise bad_request("message text must be non-empty")
    if len(text) > LONGEST:
        raise bad_request("RICH_MESSAGE_TOO_LONG")
    if tree.blocks > MOST_BLOCKS:
        raise bad_request("RICH_MESSAGE_BLOCKS_TOO_MUCH")
    if lost := tree.jumps - tree.anchors - {""}:
        raise _unparsable(f'can\'t find the anchor "{min(lost)}"')
    return _blocks(root.children), _plain(root)


def _unparsable(why: str) -> ApiError:
    return bad_request(f"can't parse rich message: {why}")


class _Tree(HTMLParser):
    """Reads HTML, every element of which must be closed, and stand where it may."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [_Node("", {})]
        self.blocks = 0
        self.anchors: set[str] = set()
        self.jumps: set[str] = set()

    def root(self) -> _Node:
        """All of it."""
        if len(self._open) > 1:
            raise _unparsable(f'can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _STYLES and tag not in _BLOCKS and tag not in _PARTS:
            raise _unparsable(f'unsupported start tag "{tag}"')
        around = self._open[-1]
        kind = _BLOCKS.get(around.tag, around.tag)
        if tag in _INSIDE and kind != _INSIDE[tag]:
            raise _unparsable(f'"{tag}" is not allowed in "{around.tag}"')
        if tag in _BLOCKS and kind not in ("", "details", "blockquote", "li"):
            raise _unparsable(f'"{tag}" is not allowed in "{around.tag}"')
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.blocks += tag in _BLOCKS or tag in ("tr", "li")
        self.anchors |= {node.attributes["name"]} if "name" in node.attributes else set()
        href = node.attributes.get("href", "")
        self.jumps |= {href[1:]} if href.startswith("#") else set()
        around.children.append(node)
        if tag not in _VOID:
            self._open.append(node)
        if len(self._open) > DEEPEST:
            raise bad_request("RICH_MESSAGE_DEPTH_EXCEEDED")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if len(self._open) == 1 or self._open.pop().tag != tag:
            raise _unparsable(f'unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        kind = _BLOCKS.get(self._open[-1].tag, self._open[-1].tag)
        if kind in ("", "table", "tr", "list", "details") and data.strip():
            raise _unparsable("text is not allowed outside of blocks")
        self._open[-1].children.append(data)


def _blocks(children: "list[_Node | str]") -> list[Json]:
    return [_block(child) for child in children if isinstance(child, _Node) and child.tag != "summary"]


def _block(node: _Node) -> Json:
    kind = _BLOCKS.get(node.tag, "anchor" if "name" in node.attributes else "paragraph")
    return {"type": kind, **_told(kind, node)}


def _told(kind: str, node: _Node) -> Json:
    told: dict[str, Callable[[], Json]] = {
        "anchor": lambda: {"name": node.attributes["name"]},
        "heading": lambda: {"size": int(node.tag[1]), "text": _rich(node)},
        "pre": lambda: {"text": _text(node)},
        "divider": dict,
        "blockquote": lambda: {"blocks": _blocks(node.children)},
        "details": lambda: _details(node),
        "table": lambda: {"cells": [_row(row) for row in _nodes(node)]},
        "list": lambda: {"items": [{"label": "•", "blocks": _entry(one)} for one in _nodes(node)]},
    }
    return told.get(kind, lambda: {"text": _rich(node)})()


def _details(node: _Node) -> Json:
    summary = next((one for one in _nodes(node) if one.tag == "summary"), None)
    if summary is None:
        raise _unparsable('"details" has no "summary"')
    told = {"summary": _rich(summary), "blocks": _blocks(node.children)}
    return {"is_open": "open" in node.attributes, **told}


def _entry(node: _Node) -> list[Json]:
    held = _blocks([child for child in _nodes(node) if child.tag in _BLOCKS])
    return held or [{"type": "paragraph", "text": _rich(node)}]


def _row(row: _Node) -> list[Json]:
    cells = _nodes(row)
    if len(cells) > MOST_COLUMNS:
        raise bad_request("RICH_MESSAGE_TABLE_TOO_WIDE")
    return [
        {"text": _rich(cell), "is_header": cell.tag == "th", "align": "left", "valign": "top"}
        for cell in cells
    ]


def _rich(node: _Node) -> list[Json | str]:
    return [child if isinstance(child, str) else _styled(child) for child in node.children]


def _styled(node: _Node) -> Json | str:
    text = _rich(node)
    if node.tag != "a":
        return {"type": _STYLES[node.tag], "text": text}
    href = node.attributes.get("href", "")
    if "name" in node.attributes:
        return {"type": "anchor", "name": node.attributes["name"]}
    if href.startswith("#"):
        return {"type": "anchor_link", "text": text, "anchor_name": href[1:]}
    if not tdlib.accepts_link(href):
        return _text(node)
    return {"type": "url", "text": text, "url": href}


def _nodes(node: _Node) -> list[_Node]:
    return [child for child in node.children if isinstance(child, _Node)]


def _text(node: _Node) -> str:
    return "".join(child if isinstance(child, str) else _text(child) for child in node.children)


def _plain(node: _Node) -> str:
    """The text for tests: a line a block, a bar between cells."""
    if node.tag in _BLOCKS or node.tag in ("", "tr"):
        between = " | " if node.tag == "tr" else "\n" if _is_outer(node) else ""
        parts = [child if isinstance(child, str) else _plain(child) for child in node.children]
        return re.sub(r"\n\n+", "\n", between.join(parts)).strip("\n")
    return _text(node)


def _is_outer(node: _Node) -> bool:
    return node.tag in ("", "details", "blockquote", "table", "ul", "ol")
