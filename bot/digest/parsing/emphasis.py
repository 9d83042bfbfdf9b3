"""Stars that make text bold or italic, in a script that puts no spaces between words.

CommonMark tells an opening star from a closing one by the spaces and punctuation around
it, and so misreads Chinese: of ``快**“一倍”**，`` it takes the second pair for an opening one.
"""

import re

from markdown_it.rules_inline import emphasis, fragments_join, link_pairs, strikethrough
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from bot.digest.parsing.products import signs

#: ``__init__`` and ``__FILE__``, as programs name things; ``__Note__`` is bold.
_NAME = re.compile(r"__(?:[a-z0-9]+(?:_[a-z0-9]+)*|[A-Z0-9]+(?:_[A-Z0-9]+)*)__(?!_)")
_LONGEST_NAME = 40
_MOST_MARKS = 10_000  # in one paragraph; further ones are text, and nobody writes so many
_END_WORDS = "，。、；：！？）】》」』”’"
_BEGIN_WORDS = "（【《「『“‘"


def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The inline rule ``emphasis``. Beside a character beyond ASCII only a space tells what a star is."""
    marker = state.src[state.pos]
    if silent or marker not in "*_" or len(state.delimiters) > _MOST_MARKS:
        return False
    opens, closes, length = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos] or " "
    after = state.src[state.pos + length : state.posMax][:1] or " "
    if _means_itself(state.src, state.pos, length):
        opens = closes = False
    elif marker == "*" and not (before + after).isascii():
        opens, closes = not after.isspace(), not before.isspace()
        if length == 1:  # A*、B*: a mark that ends words begins no emphasis
            opens, closes = opens and after not in _END_WORDS, closes and before not in _BEGIN_WORDS
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos += length
    return True


def pair(state: StateInline) -> None:
    """Find marks that belong together, and join the text that the others are; most paragraphs have none."""
    if state.delimiters or any(meta and meta.get("delimiters") for meta in state.tokens_meta):
        link_pairs(state)
        strikethrough.postProcess(state)
        emphasis.postProcess(state)
        fragments_join(state)


def _means_itself(text: str, at: int, length: int) -> bool:
    """Whether marks inside a word are none: the stars of products and paths, the underlines of a name."""
    if text[at] == "_":
        return _in_a_name(text, at, length)
    before, after = text[at - 1 : at], text[at + length : at + length + 1]
    if (before.isdecimal() and after.isdecimal()) or before == after == "/":
        return True
    return length == 1 and bool(before + after) and at in signs(text)


def _in_a_name(text: str, at: int, length: int) -> bool:
    if length != len("__"):
        return False
    start = max(text.rfind("__", max(at - _LONGEST_NAME, 0), at), 0)
    return any((found := _NAME.match(text, one)) and at in (one, found.end() - 2) for one in (at, start))
