"""Stars that make text bold or italic, in a script that puts no spaces between words.

CommonMark tells an opening star from a closing one by the spaces and punctuation around
it, and so misreads Chinese: of ``快**“一倍”**，`` it takes the second pair for an opening one.
"""

from markdown_it.rules_inline.state_inline import Delimiter, StateInline


def tokenize(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The inline rule ``emphasis``. Beside a character beyond ASCII only a space tells what a star is."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    opens, closes, length = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos] or " "
    after = state.src[state.pos + length : state.posMax][:1] or " "
    if marker == "*" and not (before + after).isascii():
        opens, closes = not after.isspace(), not before.isspace()
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
