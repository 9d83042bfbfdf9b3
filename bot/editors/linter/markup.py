"""Rules about markup and brackets that lack their other half. Only what is beyond doubt counts."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.editors.linter.draft import Draft, SourceSpan
from bot.editors.linter.finding import Finding, found
from bot.editors.linter.rule import RuleContext
from bot.model import LineKind, Style

#: Stars that reached the readers; not a power (2**3), a parameter (**options) or stars that stand alone.
_STARS = re.compile(
    r"(?<![*\w])\*\*(?=[^\s*\w])|(?<=[^\s*\x00-\x7f])\*\*(?!\*)|(?<!\*)\*\*(?=[^\s*\x00-\x7f])"
    r"|(?<!\S)\*\*(?=[A-Z])"
)
#: Tags of HTML that style words; a closed one is no text any more.
_STYLING = "a|b|strong|i|em|u|s|del|sub|sup|font|span|small|mark|center"
_TAG = re.compile(rf"</?(?:{_STYLING})(?:\s[^<>\n]*)?>", re.IGNORECASE)
_TICK = re.compile(r"(?<!`)`(?![`'])")
_AROUND = 8  # characters that tell a place from others of its line

_PAIRS = {"【": "】", "（": "）", "「": "」", "『": "』", "《": "》", "“": "”"}
#: A half-width bracket may be the other half of a full-width one.
_HALF = {"(": "（", ")": "）"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_ADDRESS = re.compile(r"\]\((?:[^\s()]|\([^\s()]*\))*\)|https?://[!-~]+|<[^<>]*>")
_NUMBER = re.compile(r"(?:^|(?<=[\s，。；：、*>]))(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[）)]")
_SYMBOLS = frozenset({"Sm", "Sk", "So", "Pc"})
#: What may stand before the text of a line: marks and a label.
_BEFORE_TEXT = re.compile(r"[\s>*-]*(?:[^：:]{1,20}[：:])?\s*")
_BLANK = re.compile(r"[^\n]")


def loose_markup(draft: Draft, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """Stars, backticks and tags that readers see, since no other half makes them markup."""
    for span in draft.spans:
        for text in _texts(span):
            stars, ticks = _STARS.search(text), list(_TICK.finditer(text))
            loose = stars or _TAG.search(text) or (ticks[-1] if len(ticks) % 2 else None)
            if loose is not None:
                line, column = _place(draft, span, loose)
                yield found("loose-markup", line, column, about=text[loose.start() :])


def loose_brackets(draft: Draft, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """The first bracket of each paragraph that is never closed, or closes none."""
    for block in _blocks(draft):
        at = _loose(block)
        if at is not None:
            number, line, index = at
            yield found("loose-bracket", number, index + 1, about=line[index:])


def _texts(span: SourceSpan) -> Iterator[str]:
    """What readers see as text: not code, and no addresses."""
    yield span.title
    for line in span.text:
        if line.kind not in (LineKind.CODE, LineKind.PICTURE):
            yield "".join(
                "\n" * len(span.text) if Style.CODE in span.styles else span.text for span in line.spans
            )


def _place(draft: Draft, span: SourceSpan, loose: re.Match[str]) -> tuple[int, int]:
    text, at = loose.string, loose.start()
    for before, after in ((_AROUND, _AROUND), (0, _AROUND), (_AROUND, len(loose[0])), (0, len(loose[0]))):
        start = max(at - before, 0)
        here = draft.source.find(text[start : at + after].split("\n")[0], span.first, span.last)
        if here is not None:
            return here[0], here[1] + at - start
    return span.first, 1


Block = tuple[tuple[int, str], ...]


def _blocks(draft: Draft) -> Iterator[Block]:
    """Lines of content that follow upon each other, with their numbers; a heading stands by itself."""
    block: list[tuple[int, str]] = []
    starts = {span.first for span in draft.spans}
    for number, line in enumerate(draft.source.content, start=1):
        if block and (not line.strip() or number in starts or number in draft.source.headings):
            yield tuple(block)
            block = []
        if line.strip():
            block.append((number, _ADDRESS.sub(_blank, _NUMBER.sub(_unnumbered, line))))
    if block:
        yield tuple(block)


def _loose(block: Block) -> tuple[int, str, int] | None:
    """The first bracket without its other half: its line, and its place in it."""
    opened: list[tuple[str, tuple[int, str, int]]] = []
    for number, line in block:
        for index, char in enumerate(line):
            full = _HALF.get(char, char)
            if full in _PAIRS:
                opened.append((char, (number, line, index)))
            elif full in _OPENING:
                match = _match(opened, full)
                if match is not None:
                    del opened[match]
                elif char == full and not _in_a_face(line, index):
                    return number, line, index
    return next(
        (
            place
            for char, place in opened
            if char in _PAIRS and not _opens_line(place) and not _in_a_face(place[1], place[2])
        ),
        None,
    )


def _match(opened: list[tuple[str, tuple[int, str, int]]], closing: str) -> int | None:
    """The last bracket that it closes; those between may overlap."""
    wanted = _OPENING[closing]
    places: Iterable[int] = range(len(opened) - 1, -1, -1)
    return next((at for at in places if _HALF.get(opened[at][0], opened[at][0]) == wanted), None)


def _in_a_face(line: str, index: int) -> bool:
    """Whether a symbol stands beside it, as in ``_(:з」∠)_``."""
    beside = line[max(index - 1, 0) : index] + line[index + 1 : index + 2]
    return any(unicodedata.category(char) in _SYMBOLS for char in beside)


def _opens_line(place: tuple[int, str, int]) -> bool:
    """Of a quotation over several paragraphs each opens, and the last alone closes."""
    _, line, index = place
    return line[index] in "“「『" and _BEFORE_TEXT.fullmatch(line[:index]) is not None


def _unnumbered(mark: re.Match[str]) -> str:
    """``27）`` counts a step, unless it closes what was opened before it: （Xcode 27）."""
    before = mark.string[: mark.start()]
    closes = max(map(before.rfind, "（(")) > max(map(before.rfind, "）)"))
    return mark[0] if closes else _blank(mark)


def _blank(found: re.Match[str]) -> str:
    return _BLANK.sub(" ", found[0])
