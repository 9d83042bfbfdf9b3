"""Notes in the line, ``^[a note with a [link](…)]``, in round brackets: a chat has no foot of the page."""

from collections.abc import Sequence

from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

LINES = "lines"  # what a link's end is told: how many lines end in its address and tooltip


def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The inline rule ``link``, which a note begins like."""
    if state.src[state.pos] != "[":
        return False
    if not silent and state.pending.endswith("^") and _note(state):
        return True
    start, first = state.pos, len(state.tokens)
    read = link(state, silent)
    if read and not silent and (ends := state.src.count("\n", start, state.pos)):
        state.tokens[-1].meta[LINES] = ends - _lines_in(state.tokens[first:])
    return read


def _lines_in(tokens: Sequence[Token]) -> int:
    """How many lines end in the words of a link."""
    breaks = sum(token.type in ("softbreak", "hardbreak") for token in tokens)
    return breaks + sum(token.content.count("\n") for token in tokens if token.type == "html_inline")


def _note(state: StateInline) -> bool:
    """Write the note that begins here; what nothing ends, a link behind a ``^``, notes in a note are none."""
    start, last = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start)
    is_link = state.src[end + 1 : end + 2] in ("(", "[")
    if end <= start + 1 or is_link or state.src[start + 1] == "^" or state.src.find("^[", start, end) >= 0:
        return False
    state.pending = f"{state.pending[:-1].rstrip()}（"
    state.pos, state.posMax = start + 1, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end + 1, last
    state.pending += "）"
    return True
