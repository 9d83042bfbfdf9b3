"""Headings that are underlined, as CommonMark has them and as editors mean them."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from markdown_it.rules_block import StateBlock, lheading

from bot.digest.heading_names import may_head

_UNDERLINE = re.compile(r" {0,3}(?P<marks>=+|＝{2,}|-{3,})[ \t]*")
_IN_TEXT = re.compile(r"\n[ \t>]*(?:=+|＝{2,}|-{3,})[ \t]*(?=\n|\Z)")
_HASHED = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)
_LINE_ENDS = tuple("。.！!？?；;：:")  # that none of several lines of a heading has
_SHORTEST_RULE = 3  # dashes
_MOST_LINES = 4  # of a heading
#: What a line of a heading does not begin with, where it has several: it is an entry, or an item.
_ENTRY = re.compile(r"\s*(?:[-*+•]|\d+[.、)])\s|.*(?:\]\(|https?://)")


def heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The block rule ``lheading``, for lines above ``===``, or above dashes that underline them."""
    if not any_in(state):
        return False
    found = _underline(state, start, end)
    if found is None:
        return False
    lines, marks, at = found
    certain = len(lines) == 1 and len(marks) > 1 and marks[0] != "-"
    if not certain and not _names(lines):
        return False
    if marks[0] == "-" and not _is_underlined(state, lines, len(marks)):
        return False
    if marks[0] == "＝":
        state.src = f"{state.src[:at]}{'=' * len(marks)}{state.src[at + len(marks) :]}"
    return lheading(state, start, end, silent)


def any_in(state: StateBlock) -> bool:
    """Whether anything in the text may underline something; sought once for a text."""
    if "underlined" not in state.env:
        places = (found.start() for found in _IN_TEXT.finditer(state.src))
        state.env["underlined"] = any(state.src[place - 1] != "\n" for place in places if place)
    return bool(state.env["underlined"])


def _underline(state: StateBlock, start: int, end: int) -> tuple[list[str], str, int] | None:
    """The lines of a paragraph above its first underline, its marks and where they stand; None for none."""
    lines: list[str] = []
    for line in range(start, min(end, start + _MOST_LINES + 1)):
        found = _UNDERLINE.fullmatch(state.src, state.bMarks[line], state.eMarks[line]) if lines else None
        if found:
            return lines, found["marks"], found.start("marks")
        lines.append(state.src[state.bMarks[line] : state.eMarks[line]].strip())
        if not lines[-1]:
            return None
    return None


def _names(lines: Sequence[str]) -> bool:
    """Whether lines may be a heading: they are short, and no sentence; several are no list either."""
    if not may_head("".join(lines)):
        return False
    return len(lines) == 1 or not any(line.endswith(_LINE_ENDS) or _ENTRY.match(line) for line in lines)


def _is_underlined(state: StateBlock, lines: Sequence[str], dashes: int) -> bool:
    """Whether dashes below lines are their underline; else they are a rule across the page.

    Where headings are written with #, and where there are several lines, they are about as long.
    """
    if "hashed" not in state.env:
        state.env["hashed"] = _HASHED.search(state.src) is not None
    width = max(sum(2 if east_asian_width(char) in "WF" else 1 for char in line) for line in lines)
    alone = len(lines) == 1 and not state.env["hashed"]
    return alone or (dashes > _SHORTEST_RULE and 2 * dashes >= width)
