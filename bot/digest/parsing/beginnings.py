"""Which of Markdown's rules may begin at a character, so that not each is asked at every line and mark."""

from collections.abc import Callable, Iterable, Mapping

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, escape, image, newline, text
from markdown_it.rules_inline.strikethrough import tokenize as strikethrough

from bot.digest.parsing import attributes, emphasis, inline_notes, tag_names

BlockRule = Callable[[StateBlock, int, int, bool], bool]
_InlineRule = Callable[[StateInline, bool], bool]


def _angled(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    return autolink(state, silent) or tag_names.tokenize(state, silent)


_INLINE_RULES: Mapping[str, _InlineRule] = {
    "\n": newline,
    "!": image,
    "&": entity,
    "*": emphasis.tokenize,
    "<": _angled,
    "[": inline_notes.tokenize,
    "\\": escape,
    "_": emphasis.tokenize,
    "`": backtick,
    "{": attributes.tokenize,
    "~": strikethrough,
}
#: Where text may end: at what begins something else, and at the end of a label.
INLINE_MARKS = frozenset((*_INLINE_RULES, "]"))


def inline_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """An inline rule in place of all: the one that the character may begin."""
    return _INLINE_RULES.get(state.src[state.pos], text)(state, silent)


def begun_by(marks: Iterable[str], rule: BlockRule) -> BlockRule:
    """The block rule, asked only about lines that begin with one of the ``marks``."""
    begin = frozenset(marks)

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # as above
        at = state.bMarks[start] + state.tShift[start]
        return state.src[at : at + 1] in begin and rule(state, start, end, silent)

    return asked
