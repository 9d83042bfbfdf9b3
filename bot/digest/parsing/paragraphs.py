"""Paragraphs: the lines that no other block takes, up to one that begins another block."""

import re
from typing import cast

from markdown_it.rules_block import StateBlock

from bot.digest.parsing import underlines
from bot.digest.parsing.block_parser import BlockParser, first_of

#: With one of these another block begins, which may end a paragraph; most lines need no further look.
_BEGIN_BLOCKS = frozenset("`~>#<*+-_=|:＝0123456789")
#: What begins text all the same: a bold word, a year.
_BEGINS_TEXT = re.compile(r"[*_]{1,3}[^\s*_]|[0-9]+[^\s0-9.)]|[0-9]+[.)]\S")
_TELLS = frozenset("|:-")  # that the line above is the head of a table
_OPEN_TAG = re.compile(r"<[a-zA-Z][^<>]*\Z")
_LONGEST_TAG = 1000  # characters
_INDENTED = 3  # blanks; a line with more goes on with the paragraph


def tokenize(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001  # the signature is markdown-it's
    """The block rule ``paragraph``."""
    blocks = cast("BlockParser", state.md.block)
    around, state.parentType = state.parentType, "paragraph"
    underlined = underlines.any_in(state)
    last = start + 1
    while last < state.lineMax and not state.isEmpty(last):
        may_end = _may_end(state, last) and not _closes_tag(state, start, last)
        if may_end and blocks.ends_paragraph(state, last):
            break
        if underlined and underlines.ends_text(state, last, end, True):  # noqa: FBT003  # the signature is markdown-it's
            break
        last += 1
    state.parentType = around
    put(state, start, last)
    return True


def put(state: StateBlock, start: int, last: int) -> None:
    """Make a paragraph of the lines from ``start`` to before ``last``; no token opens or closes it."""
    state.line = last
    text = state.push("inline", "", 0)
    if last == start + 1:
        text.content = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    else:
        text.content = state.getLines(start, last, state.blkIndent, False).strip()  # noqa: FBT003  # markdown-it's
    text.map, text.children = [start, last], []


def begins(state: StateBlock, start: int) -> bool:
    """Whether a block can be nothing but a paragraph, unless a line below tells otherwise."""
    below = start + 1
    return _is_text(state, start) and (below >= state.lineMax or first_of(state, below) not in _TELLS)


def _is_text(state: StateBlock, line: int) -> bool:
    """Whether a line begins with nothing that a block may begin with, but a table or a heading."""
    if first_of(state, line) not in _BEGIN_BLOCKS:
        return True
    return _BEGINS_TEXT.match(state.src, state.bMarks[line] + state.tShift[line]) is not None


def _closes_tag(state: StateBlock, start: int, line: int) -> bool:
    """Whether a line begins with what ends a tag of the lines above: it is no quotation."""
    if first_of(state, line) != ">":
        return False
    end = state.eMarks[line - 1]
    return _OPEN_TAG.search(state.src, max(state.bMarks[start], end - _LONGEST_TAG), end) is not None


def _may_end(state: StateBlock, line: int) -> bool:
    if not 0 <= state.sCount[line] <= state.blkIndent + _INDENTED:
        return False
    return first_of(state, line) in _BEGIN_BLOCKS
