"""Markdown as its tokens, by markdown-it-py, with what a digest needs and without what swallows one."""

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    heading,
    hr,
    html_block,
    list_block,
    reference,
    table,
)
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.digest.parsing import definitions, fences, paragraphs, slips, underlines
from bot.digest.parsing.block_parser import TEXT, TEXT_AND_LISTS, Block, BlockParser
from bot.digest.parsing.inline_parser import MARKS, InlineParser
from bot.digest.parsing.notes import Notes

#: The address of a link that the round bracket behind it ends: nothing in it means anything else.
_ADDRESS = re.compile(r"[^\x00-\x20\x7f()<>\\]+(?=\))")
_LABELS = -1  # a key among those of markdown-it's own in a cache, which are places
_MOST_SOUGHT = 2_000_000  # characters that ends of labels are sought in, in one paragraph
_DEEPEST = 90  # blocks inside blocks; any more is text, a line at a time
_MOST_NESTED = 100  # where markdown-it gives up and drops the rest of the text; a list is two blocks
#: What is in a page but not to be read: these blocks go, whole.
_HIDDEN = re.compile(r"<(?:!--|(?:script|style)\b)", re.IGNORECASE)
_HIDDEN_END = re.compile(r"-->|</(?:script|style)\s*>", re.IGNORECASE)
_BLANKS = re.compile(r"\s*")
_FENCE = re.compile(r"(?:`{3,}|~{3,}).*")
_MOST_OPEN = 8  # fences and comments that are found unclosed in one issue


class _Markdown(MarkdownIt):
    """CommonMark with tables; links come out as written, bad ones too."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.options["maxNesting"] = _MOST_NESTED
        self.disable(["normalize", "text_join"])  # line ends are normal, and the inline parser joins
        self.inline = InlineParser()
        self.helpers = _Helpers  # type: ignore[assignment]  # its three functions, one of them quicker
        self.block = BlockParser(_BLOCKS)
        self.core.ruler.at("inline", definitions.read_text)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the name is markdown-it's
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the name is markdown-it's; all links are kept
        return True


class _Destination(NamedTuple):
    """The address of a link, as markdown-it passes it on: where it ends, and the address itself."""

    ok: bool
    pos: int
    str: str


class _Helpers:
    """What markdown-it's rules read parts of a link with."""

    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815  # the name is markdown-it's

    @staticmethod
    def parseLinkLabel(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N802, N803  # the signature is markdown-it's
        """Where the label that begins at ``start`` ends, mostly at the next mark; -1 if it does not.

        Each bracket that nothing closes is sought an end for in all that is left of its paragraph. One of
        nothing but brackets would take minutes, and has no labels from some place on.
        """
        first = MARKS.search(state.src, start + 1, state.posMax)
        if first is not None and first[0] == "]":
            return first.start()
        left: Any = state.cache.get(_LABELS, _MOST_SOUGHT)
        if left <= 0:
            return -1
        end = helpers.parseLinkLabel(state, start, disableNested)
        state.cache[_LABELS] = left - ((state.posMax if end < 0 else end) - start)
        return end

    @staticmethod
    def parseLinkDestination(text: str, start: int, end: int) -> Any:  # noqa: N802  # the name is markdown-it's
        """The address at ``start``. markdown-it reads it character by character; most need not be."""
        found = _ADDRESS.match(text, start, end)
        if found is None:
            return helpers.parseLinkDestination(text, start, end)
        return _Destination(ok=True, pos=found.end(), str=unescapeAll(found[0]))


def _deepest(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001  # the signature is markdown-it's
    """A block rule for what stands too deep: nothing nests any further, and each line is text."""
    if state.level < _DEEPEST:
        return False
    paragraphs.put(state, start, start + 1)
    return True


def _plain(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """A block rule for most paragraphs, so that not all the others have to refuse them first."""
    if underlines.any_in(state) or not paragraphs.begins(state, start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at] == "[" and at <= _last_definition(state):
        return False
    return paragraphs.tokenize(state, start, end, silent)


def _hidden_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The block rule ``html_block``, for what is hidden and ends somewhere; all other HTML is text.

    What stands behind it on its last line is read as if the line began there.
    """
    at = state.bMarks[start] + state.tShift[start]
    found = _HIDDEN.match(state.src, at)
    if found is None or found.end() > _last_end(state):
        return False
    if not html_block(state, start, end, silent):
        return False
    if not silent:
        _go_on_behind(state, at if state.line == start + 1 else state.bMarks[state.line - 1])
    return True


def _go_on_behind(state: StateBlock, begin: int) -> None:
    """Let the line in which something hidden ends begin behind its end, if more stands there."""
    last = state.line - 1
    end = state.eMarks[last]
    ended = _HIDDEN_END.search(state.src, begin, end)
    if ended is None:
        return
    behind = _BLANKS.match(state.src, ended.end(), end)
    place = behind.end() if behind else end
    if place < end:
        state.tokens[-1].content = state.tokens[-1].content.rstrip("\n")[: ended.end() - end]
        state.bMarks[last], state.tShift[last], state.line = place, 0, last


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The block rule ``table``; one at the margin ends the text of an entry that goes on there."""
    around = state.blkIndent
    if silent and 0 <= state.sCount[start] < around:
        state.blkIndent = state.sCount[start]
    try:
        return table(state, start, end, silent)
    finally:
        state.blkIndent = around


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the signature is markdown-it's
    """The block rule ``reference``: ``[^1]: …`` is a footnote, be it one word."""
    at = state.bMarks[start] + state.tShift[start]
    if at > _last_definition(state) or state.src.startswith("[^", at):
        return False
    return reference(state, start, end, silent)


def _last_end(state: StateBlock) -> int:
    """Where the last thing that ends something hidden begins; sought once for a text."""
    if "hidden end" not in state.env:
        state.env["hidden end"] = max((one.start() for one in _HIDDEN_END.finditer(state.src)), default=-1)
    return int(state.env["hidden end"])


def _last_definition(state: StateBlock) -> int:
    """Where the label of the last definition ends, if there is any; sought once for a text."""
    if "last definition" not in state.env:
        state.env["last definition"] = state.src.rfind("]:")
    return int(state.env["last definition"])


#: All blocks that there are: editors indent freely, and it does not mean code here.
_BLOCKS = (
    Block("deepest", _deepest),
    Block("plain", _plain),
    Block("table", _table, ends=("paragraph", "reference")),
    Block("fence", fences.tokenize, "`~", TEXT_AND_LISTS),
    Block("blockquote", blockquote, ">", TEXT_AND_LISTS),
    Block("hr", hr, "*-_", TEXT_AND_LISTS),
    Block("list", list_block, "*-+0123456789", TEXT),
    Block("reference", _reference, "["),
    Block("html_block", _hidden_block, "<", TEXT),
    Block("heading", heading, "#", TEXT),
    Block("glued", underlines.ends_text, ends=("blockquote",)),
    Block("lheading", underlines.heading),
    Block("paragraph", paragraphs.tokenize),
)

_MARKDOWN = _Markdown()


def tokens_of(text: str, notes: Notes) -> Sequence[Token]:
    """The tokens of blocks of a plain text, those of their text as children.

    A fence that nobody closed fences nothing, and such a comment hides its line alone.
    """
    text, defined = definitions.with_lost(text, notes)
    env = deepcopy(defined)
    tokens = _MARKDOWN.parse(text, env)
    lines = text.split("\n")
    for _ in range(_MOST_OPEN):
        if not _closed(lines, tokens, notes):
            break
        env = deepcopy(defined)
        tokens = _MARKDOWN.parse("\n".join(lines), env)
    for place in underlines.unsure(env):
        notes.add("unsure-heading", place + 1, about=lines[place].strip()[:40])
    definitions.note(env, tokens, notes)
    slips.note_undefined(tokens, env["references"], notes)
    return tokens


def _closed(lines: list[str], tokens: Sequence[Token], notes: Notes) -> bool:
    """Take the first thing that nobody closed out of its line; False if there is none.

    The line itself stays, for the numbers of those below.
    """
    place = fences.first_unclosed(tokens, lines)
    if place is not None:
        notes.add("unclosed-fence", place + 1)
        lines[place] = _FENCE.sub("", lines[place])
        return True
    place = slips.open_comment(tokens)
    if place is not None:
        lines[place] = slips.without_comment(lines[place], place + 1, notes)
    return place is not None


def further_cells(line: str, columns: int) -> Sequence[Token]:
    """What stands in a table's line beyond its columns, a token for each cell; Markdown drops it."""
    cells = line.strip(" \t>")
    if cells.strip("|").count("|") < columns:
        return ()
    parted = escapedSplit(cells.removeprefix("|").removesuffix("|"))
    return [_MARKDOWN.parseInline(cell.strip())[0] for cell in parted[columns:]]


def behind_hidden(content: str) -> str:
    """What stands behind a comment on its last line."""
    return _HIDDEN_END.split(content)[-1].strip()
