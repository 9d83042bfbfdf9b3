"""Headings that are underlined, as CommonMark has them and as editors mean them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from markdown_it.rules_block import StateBlock, lheading

from bot.digest.heading_names import may_head

_UNDERLINE = re.compile(r" {0,3}(?P<marks>=+|＝{2,}|-{3,})[ \t]*")
_IN_TEXT = re.compile(r"\n[ \t>]*(?:=+|＝{2,}|-{3,})[ \t]*(?=\n|\Z)")
#: A heading below the title: where sections are written so, three dashes are a rule.
_HASHED = re.compile(r"^ {0,3}#{2,6}[ \t]", re.MULTILINE)
_LINE_ENDS = tuple("。.！!？?；;：:")  # that none of several lines of a heading has
_SHORTEST_RULE = 3  # dashes
_MOST_LINES = 4  # of a heading
_UNSURE = "unsure headings"
#: What may stand right above a heading; a line that ends otherwise goes on in the next.
_ENDED = re.compile(r".*[。.！!？?…)）\]】」』”>][*_]*$")
_QUOTED = re.compile(">")
#: A heading with nothing above it, and its underline.
_CLEAR = re.compile(r"(?:\A|\n[ \t]*\n)[^\n]*\S[^\n]*\n {0,3}(?P<marks>=+|＝{2,}|-{3,})[ \t]*(?=\n|\Z)")
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


def ends_text(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001  # the signature is markdown-it's
    """A block rule that ends a paragraph, a list or a quotation above a heading glued to it.

    It is the name of something, right below the end of a sentence or an entry. A line of = makes it a
    heading; one of dashes does where an item stands below, and a long one where other headings are
    underlined. Where this is not sure it is text, and :func:`unsure` says so.
    """
    if not silent or not any_in(state) or start + 1 >= state.lineMax or state.sCount[start]:
        return False
    found = _UNDERLINE.fullmatch(state.src, state.bMarks[start + 1], state.eMarks[start + 1])
    name = _line(state, start)
    if found is None or not name or not _names((name,)) or _ENTRY.match(name) or not _is_ended(state, start):
        return False
    if found["marks"][0] != "-":
        return len(found["marks"]) >= _SHORTEST_RULE
    return _is_glued(state, start, name, len(found["marks"]))


def _is_ended(state: StateBlock, start: int) -> bool:
    """Whether the text above a line is at an end: a sentence, an entry, a quotation."""
    end = state.eMarks[start - 1]
    above = state.src[state.src.rfind("\n", 0, end) + 1 : end].strip()
    return bool(above) and any(one.match(above) for one in (_ENDED, _ENTRY, _QUOTED))


def _is_glued(state: StateBlock, start: int, name: str, dashes: int) -> bool:
    """Whether dashes below a name that is glued to text underline it; where they may, that is noted."""
    if _has_hashed(state) or not _is_underlined(state, (name,), dashes):
        return False
    others, item, short = _underlines(state), _item_below(state, start + 2), dashes <= _SHORTEST_RULE
    if others and short and "-" * dashes not in others:
        return False
    if item or (others and not short):
        return True
    if others or not short:
        state.env.setdefault(_UNSURE, set()).add(start)
    return False


def unsure(env: Mapping[str, Any]) -> Iterable[int]:
    """The lines, counted from 0, that may be headings glued to what stands above."""
    return sorted(env.get(_UNSURE, ()))


def _underlines(state: StateBlock) -> frozenset[str]:
    """What underlines the clear headings of the text; sought once for a text."""
    if "clear" not in state.env:
        state.env["clear"] = frozenset(found["marks"] for found in _CLEAR.finditer(state.src))
    found: frozenset[str] = state.env["clear"]
    return found


def _item_below(state: StateBlock, start: int) -> bool:
    first = next((text for line in range(start, state.lineMax) if (text := _line(state, line))), "")
    return _ENTRY.match(first) is not None


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]].strip()


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
        lines.append(_line(state, line))
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

    Where headings below the title have a #, and where there are several lines, they are about as long.
    """
    width = max(sum(2 if east_asian_width(char) in "WF" else 1 for char in line) for line in lines)
    alone = len(lines) == 1 and not _has_hashed(state)
    return alone or (dashes > _SHORTEST_RULE and 2 * dashes >= width)


def _has_hashed(state: StateBlock) -> bool:
    """Whether headings of the text are written with #; sought once for a text."""
    if "hashed" not in state.env:
        state.env["hashed"] = _HASHED.search(state.src) is not None
    return bool(state.env["hashed"])
