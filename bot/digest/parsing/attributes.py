"""Attributes of kramdown, which are no text, and what they make of the text before them."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

ATTRIBUTES = "attributes"  # the type of what is left out
_ATTRIBUTES = re.compile(
    r"\{(?:(?P<mark>:\s*(?=[#.\w]|\})|[#.](?=[\w-]))[^{}\n]{0,200}|\s*[\w-]+=[^{}\n]{1,200})\}"
)
#: What attributes stand behind.
_ATTRIBUTED = ("link_close", "image", "code_inline", ATTRIBUTES)
#: ``* TOC`` with ``{:toc}`` below, and what other programs put a table of contents in the place of.
_CONTENTS = re.compile(
    r"[^\n]*\n\s*\{:\s*toc\b[^{}\n]*\}|\[toc\]|@\[toc\](?:\([^()\n]*\))?|\[\[_?toc_?\]\]|\$\{toc\}",
    re.IGNORECASE,
)
#: Behind a heading: it has no number.
_UNNUMBERED = re.compile(r"\s*\{-\}\s*$")


def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The inline rule ``attributes``, for ``{: .class}``, ``{#id}`` and ``{width=50%}``: nobody sees any."""
    if state.src[state.pos] != "{":
        return False
    found = _ATTRIBUTES.match(state.src, state.pos)
    if found is None:
        return False
    last = state.tokens[-1] if state.tokens and not state.pending else None
    behind = last is not None and (last.type in _ATTRIBUTED or last.content in ("*", "_"))
    ends_line = state.src[found.end() : found.end() + 1] in ("", "\n")
    if not behind and not (ends_line and found["mark"]):
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ") if ends_line else state.pending
        state.push(ATTRIBUTES, "", 0).content = found[0]
    state.pos = found.end()
    return True


def is_contents(text: str) -> bool:
    """Whether a paragraph stands for a table of contents, which is made of the headings."""
    return text.endswith(("]", "}", ")")) and _CONTENTS.fullmatch(text) is not None


def without_unnumbered(heading: Token) -> None:
    """Take ``{-}`` off the end of a heading's text."""
    last = heading.children[-1] if heading.children else None
    if last is not None and last.content.rstrip().endswith("{-}"):
        last.content = _UNNUMBERED.sub("", last.content)
