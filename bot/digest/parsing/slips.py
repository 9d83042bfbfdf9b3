"""Slips of Markdown with one right reading, mended before it is read; the lines keep their numbers."""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from bot.digest.parsing.definitions import LABEL
from bot.digest.parsing.notes import Notes

#: ``[words][label]``, and not the tags that a line may begin with.
_UNDEFINED = re.compile(rf"(?<=\S)\[[^\[\]\n]{{1,200}}\]\[(?P<label>{LABEL})\]")
_COMMENT = "<!--"


def open_comment(tokens: Sequence[Token]) -> int | None:
    """The line, counted from 0, of the first comment that nobody closed; None if there is none."""
    for token in tokens:
        place = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type == "text" and _COMMENT in child.content:
                return place + child.content[: child.content.index(_COMMENT)].count("\n")
            place += child.type in ("softbreak", "hardbreak") or child.content.count("\n")
    return None


def without_comment(line: str, number: int, notes: Notes) -> str:
    """A line without the comment that nobody closed: it ends with the line."""
    shown, _, hidden = line.partition(_COMMENT)
    notes.add("unclosed-comment", number, about=f"{_COMMENT}{hidden}"[:40])
    notes.leave_out(number, f"{_COMMENT}{hidden}", "comment")
    return shown


def note_undefined(tokens: Sequence[Token], references: dict[str, Any], notes: Notes) -> None:
    """Note the references to links that nothing defines; numbers such as ``[1][2]`` are none."""
    for token in tokens:
        text = "".join(child.content if child.type == "text" else "\n" for child in token.children or ())
        for found in _UNDEFINED.finditer(text) if "][" in text else ():
            label = found["label"]
            if normalizeReference(label) not in references and not label.isdecimal():
                above = token.content[: token.content.find(found[0])].count("\n")
                notes.add("undefined-link", (token.map or (0,))[0] + above + 1, about=found[0])
