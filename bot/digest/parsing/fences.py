"""Fences: how far code goes, and which of them nobody closed."""

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock, fence
from markdown_it.token import Token

#: A line of marks that opens code in a language, or closes code.
_OPENS = re.compile(r"(?m)^[ \t]*(?P<marks>`{3,}|~{3,})(?:\w|[ \t][a-zA-Z])[^`\n]*$")
_CLOSES = re.compile(r"(?P<marks>`{3,}|~{3,})[ \t]*")
_MARKS = ("`", "~")
_DEEPEST = 4  # fences inside fences; what seems to be deeper was left open
#: What shows that a fence was meant to end above.
_ITEM = re.compile(r"^[-*+] \[[^\]\n]+\]\(https?://", re.MULTILINE)
_ITEM_BELOW = re.compile(rf"\n[ \t]*\n{_ITEM.pattern}", re.MULTILINE)
_MARKDOWN = ("markdown", "md", "text", "txt")
_ANNOUNCES = ("：", ":")
_NESTED = "nested"


def tokenize(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The block rule ``fence``: what opens with a language inside nests; bare marks close the innermost."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] not in _MARKS or not fence(state, start, end, silent):
        return False
    token = state.tokens[-1] if not silent else None
    if token is None or not _opens_another(token):
        return True
    last = _nested_end(state, start, end, token.markup)
    content = "" if last is None else state.getLines(start + 1, last, state.sCount[start], True)  # noqa: FBT003  # markdown-it's
    if last is not None and (_is_markdown(token) or not _ITEM_BELOW.search(content)):
        token.content, token.map, token.meta = content, [start, last + 1], {_NESTED: True}
        state.line = last + 1
    return True


def first_unclosed(tokens: Sequence[Token], lines: Sequence[str]) -> int | None:
    """The line of the first fence that nobody closed; None if all are closed.

    Where one is left open at the end, it is rather one above that swallows an item or other fences.
    """
    found = [(token.map[0], token) for token in tokens if token.type == "fence" and token.map]
    left_open = any(_is_open(token, lines) for _, token in found)
    return next((place for place, token in found if _is_unclosed(token, lines, left_open=left_open)), None)


def _is_unclosed(token: Token, lines: Sequence[str], *, left_open: bool) -> bool:
    if _is_open(token, lines):
        return True
    if _opens_another(token) and (_NESTED not in token.meta or (left_open and not _is_markdown(token))):
        return True
    if left_open:
        return _ITEM.search(token.content) is not None
    swallows = not _is_markdown(token) and _ITEM_BELOW.search(token.content) is not None
    return swallows and _ends_like_a_beginning(token, lines)


def _nested_end(state: StateBlock, start: int, end: int, markup: str) -> int | None:
    """The line that closes the fence at ``start`` once all are closed that open inside; None if none does."""
    open_marks = [markup]
    for line in range(start + 1, end):
        at, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if at < stop and state.sCount[line] < state.blkIndent:
            return None
        if not state.src.startswith(open_marks[-1], at, stop):
            continue
        if _CLOSES.fullmatch(state.src, at, stop):
            open_marks.pop()
            if not open_marks:
                return line
        elif found := _OPENS.fullmatch(state.src[at:stop]):
            open_marks.append(found["marks"])
            if len(open_marks) > _DEEPEST:
                return None
    return None


def _is_markdown(token: Token) -> bool:
    """Whether the code is said to be Markdown or text, in which items may stand."""
    return token.info.strip().lower() in _MARKDOWN


def _opens_another(token: Token) -> bool:
    """Whether another fence opens inside that the fence itself would not be long enough to hold."""
    return any(found["marks"].startswith(token.markup) for found in _OPENS.finditer(token.content))


def _ends_like_a_beginning(token: Token, lines: Sequence[str]) -> bool:
    """Whether what closes a fence looks like what opens one: text below it; above it a blank, or a colon."""
    _, end = token.map or (0, 0)
    above = lines[end - 2].rstrip()
    return end < len(lines) and bool(lines[end].strip()) and (not above or above.endswith(_ANNOUNCES))


def _is_open(token: Token, lines: Sequence[str]) -> bool:
    first, end = token.map or (0, 0)
    last = lines[end - 1].strip(" \t>")
    return end - first < 2 or not last.startswith(token.markup) or bool(last.strip(token.markup[0]))
