"""Markdown's block parser: at each line only those rules are asked that its first character may begin."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock

BlockRule = Callable[[StateBlock, int, int, bool], bool]

#: Blocks that another one may end.
TEXT = ("paragraph", "reference", "blockquote")
TEXT_AND_LISTS = (*TEXT, "list")


class Block(NamedTuple):
    """A rule, the characters it may begin with (None: with any), and the blocks that it ends."""

    name: str
    rule: BlockRule
    begins: str | None = None
    ends: tuple[str, ...] = ()


class BlockParser(ParserBlock):
    """Reads blocks by ``blocks``, the first first. All lists are loose: a row does not ask."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        super().__init__()
        blocks = tuple(blocks)
        self.ruler.enableOnly(())
        for name, rule, begins, ends in blocks:
            asked = rule if begins is None else _begun_by(begins, rule)
            self.ruler.push(name, asked, {"alt": list(ends)})
        self._rules = _by_first(blocks)
        self._end_paragraphs = _by_first([block for block in blocks if "paragraph" in block.ends])

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803  # markdown-it's
        """Read from line to line."""
        state.tight = False
        state.line = line = state.skipEmptyLines(startLine)
        while line < endLine and state.sCount[line] >= state.blkIndent:
            for rule in self._rules[first_of(state, line)]:
                if rule(state, line, endLine, False):  # noqa: FBT003  # markdown-it's
                    break
            state.line = line = state.skipEmptyLines(state.line)

    def ends_paragraph(self, state: StateBlock, line: int) -> bool:
        """Whether a line begins a block that no paragraph goes on through."""
        for rule in self._end_paragraphs[first_of(state, line)]:
            if rule(state, line, state.lineMax, True):  # noqa: FBT003  # markdown-it's
                return True
        return False


def first_of(state: StateBlock, line: int) -> str:
    """The first character of a line; a line break of an empty one."""
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at : at + 1]


def _by_first(blocks: Sequence[Block]) -> Mapping[str, tuple[BlockRule, ...]]:
    """The rules by the first character of a line."""
    anyway = tuple(block.rule for block in blocks if block.begins is None)
    rules: dict[str, tuple[BlockRule, ...]] = defaultdict(lambda: anyway)
    for char in {char for block in blocks for char in block.begins or ""}:
        rules[char] = tuple(block.rule for block in blocks if block.begins is None or char in block.begins)
    return rules


def _begun_by(marks: str, rule: BlockRule) -> BlockRule:
    begin = frozenset(marks)

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's
        return first_of(state, start) in begin and rule(state, start, end, silent)

    return asked
