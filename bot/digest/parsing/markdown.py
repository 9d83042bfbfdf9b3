"""Markdown as its tokens, by markdown-it-py, with what a digest needs and without what swallows one."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block, reference
from markdown_it.token import Token

from bot.digest.parsing import emphasis
from bot.digest.parsing.notes import Notes

_DEEPEST = 100  # blocks inside blocks; beyond it text is left out, and nobody writes it
#: What is in a page but not to be read: these blocks go, whole.
_HIDDEN = re.compile(r"<(?:!--|(?:script|style)\b)", re.IGNORECASE)
_HIDDEN_END = re.compile(r"-->|</(?:script|style)\s*>", re.IGNORECASE)
#: What nobody writes inside a fence: another one that opens, or an item of the digest.
_NOT_CODE = re.compile(r"(?m)^(?:(?:```|~~~)\w|[-*+] \[[^\]\n]+\]\(https?://)")
_FENCE = re.compile(r"(?:`{3,}|~{3,}).*")
_MOST_FENCES = 8  # that are found unclosed in one issue


class _Markdown(MarkdownIt):
    """CommonMark with tables; links come out as written, bad ones too."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.options["maxNesting"] = _DEEPEST
        self.enable(["table", "strikethrough"])
        # Editors indent freely and underline with dashes; neither means code or a heading here.
        self.disable(["code", "lheading"])
        self.inline.ruler.at("emphasis", emphasis.tokenize)
        self.block.ruler.at("reference", _reference)
        self.block.ruler.at("html_block", _hidden_block, {"alt": ["paragraph", "reference", "blockquote"]})

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the name is markdown-it's
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name is markdown-it's; all links are kept
        return True


def _hidden_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The block rule ``html_block``, for what is hidden and ends somewhere; all other HTML is text."""
    at = state.bMarks[start] + state.tShift[start]
    found = _HIDDEN.match(state.src, at)
    if found is None or found.end() > _last_end(state):
        return False
    return html_block(state, start, end, silent)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The block rule ``reference``: ``[^1]: …`` is a footnote, be it one word."""
    footnote = state.src.startswith("[^", state.bMarks[start] + state.tShift[start])
    return not footnote and reference(state, start, end, silent)


def _last_end(state: StateBlock) -> int:
    """Where the last thing that ends something hidden begins; sought once for a text."""
    if "hidden end" not in state.env:
        state.env["hidden end"] = max((one.start() for one in _HIDDEN_END.finditer(state.src)), default=-1)
    return int(state.env["hidden end"])


_MARKDOWN = _Markdown()


def tokens_of(text: str, notes: Notes) -> Sequence[Token]:
    """The tokens of blocks, those of their text as children. A fence that nobody closed fences nothing."""
    tokens = _MARKDOWN.parse(text)
    lines = text.split("\n")
    for _ in range(_MOST_FENCES):
        place = next((token.map[0] for token in tokens if token.map and _is_unclosed(token, lines)), None)
        if place is None:
            break
        notes.add("unclosed-fence", place + 1)
        lines[place] = _FENCE.sub("", lines[place])  # the line itself stays, for the numbers of those below
        tokens = _MARKDOWN.parse("\n".join(lines))
    return tokens


def behind_hidden(content: str) -> str:
    """What stands behind a comment on its last line."""
    return _HIDDEN_END.split(content)[-1].strip()


def _is_unclosed(token: Token, lines: Sequence[str]) -> bool:
    if token.type != "fence" or token.map is None:
        return False
    if _NOT_CODE.search(token.content):
        return True
    first, end = token.map
    last = lines[end - 1].strip(" \t>")
    return end - first < 2 or not last.startswith(token.markup) or bool(last.strip(token.markup[0]))
