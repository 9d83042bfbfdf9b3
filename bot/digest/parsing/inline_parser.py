"""Markdown's inline parser: each mark is read by the one rule that it may begin, and all else is text.

markdown-it's own asks every rule at every mark, and makes a state for each text, marks or not.
"""

import re
from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, escape, fragments_join, image
from markdown_it.rules_inline.strikethrough import tokenize as strikethrough
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bot.digest.parsing import attributes, emphasis, inline_notes, tag_names

_Rule = Callable[[StateInline, bool], bool]
_HARD = 2  # blanks at the end of a line that break it
_BLANKS = re.compile(r"[ \t]*")


def _angled(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    return autolink(state, silent) or tag_names.tokenize(state, silent)


def _line_end(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The inline rule ``newline``, which looks at what stands before once and not three times."""
    if not silent:
        before = state.pending
        words = before.rstrip(" ")
        if words != before:
            state.pending = words
        hard = len(before) - len(words) >= _HARD
        state.push("hardbreak" if hard else "softbreak", "br", 0)
    blanks = _BLANKS.match(state.src, state.pos + 1, state.posMax)
    state.pos = blanks.end() if blanks else state.pos + 1
    return True


def _bracketed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """A link that can be read at one look, as most can; for any other, the rule that looks many times."""
    found = None if state.pending.endswith("^") else _PLAIN_LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return inline_notes.tokenize(state, silent)
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": found["address"]}
        state.append_pending(found["words"])
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _join_specials(state: StateInline) -> None:
    """The core rule ``text_join``, for the few texts with an escaped character or one called by its name."""
    for token in state.tokens:
        if token.type == "text_special":
            token.type = "text"
    fragments_join(state)


_RULES: Mapping[str, _Rule] = {
    "\n": _line_end,
    "!": image,
    "&": entity,
    "*": emphasis.tokenize,
    "<": _angled,
    "[": _bracketed,
    "\\": escape,
    "_": emphasis.tokenize,
    "`": backtick,
    "{": attributes.tokenize,
    "~": strikethrough,
}
#: Where text may end: at what begins something else, and at the end of a label.
_MARKS = re.escape("".join(sorted((*_RULES, "]"))))
MARKS = re.compile(f"[{_MARKS}]")
#: A link whose words are nothing but text, and whose address nothing in it ends or changes.
_PLAIN_LINK = re.compile(rf"\[(?P<words>[^{_MARKS}]+)\]\((?P<address>[^\x00-\x20\x7f()<>\\&]+)\)")


class InlineParser(ParserInline):
    """Reads inline Markdown, and text without any at once."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """The ``tokens`` with those of ``src`` behind them."""
        if MARKS.search(src) is None:
            if src:
                tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        emphasis.pair(state)
        if "\\" in src or "&" in src:
            _join_specials(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Read from the state's place to its end."""
        text, end = state.src, state.posMax
        deepest = state.md.options["maxNesting"]
        while (at := state.pos) < end:
            rule = _RULES.get(text[at])
            if rule is None:
                found = MARKS.search(text, at + 1, end)
                state.pos = found.start() if found else end
            elif state.level < deepest and rule(state, False):  # noqa: FBT003  # markdown-it's
                continue
            else:
                state.pos = at + 1
            state.append_pending(text[at : state.pos])
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  # the name is markdown-it's
        """Go on behind what begins at the state's place, and write nothing."""
        at, text = state.pos, state.src
        if at in state.cache:
            state.pos = state.cache[at]
            return
        rule = _RULES.get(text[at])
        if rule is None:
            found = MARKS.search(text, at + 1, state.posMax)
            state.pos = found.start() if found else state.posMax
        elif state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax
        else:
            state.level += 1
            read = rule(state, True)  # noqa: FBT003  # markdown-it's
            state.level -= 1
            if not read:
                state.pos = at + 1
        state.cache[at] = state.pos
