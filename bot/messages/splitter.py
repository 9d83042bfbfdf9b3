"""Packs blocks of marked text into pieces, each within a room given in all of Telegram's budgets.

A cut falls between blocks. A block too large for a piece of its own is cut between lines, then
behind a sentence, then between words; a text without any is cut between characters. A link,
inline code, hashtag or address is kept whole unless it alone exceeds the room; quotes, code
blocks and styles are closed at the cut and opened again behind it. Nothing is lost and nothing
doubled but the blanks at a cut.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from bot.messages.limits import Size, size
from bot.messages.markup import Entity, Kind, Marked, between, join, visible

#: Between the blocks of a piece.
SEPARATOR = "\n\n"
_GAP = Size(length=2, raw_bytes=2)

# Positions behind which a text may be cut, the best first.
_LEVELS = (
    re.compile(r"\n+"),
    re.compile(r"[。！？；…][”’」』）)]*|[.!?;][\"')\]]*(?=\s)"),
    re.compile(r"\s+|[，、,：]"),
    re.compile(r"(?s)."),
)
# The lookbehinds keep the search linear in a long run of letters: it begins at the run's first alone.
_WHOLE = re.compile(
    r"[#@$/]\w+|(?:(?<![a-z])[a-z]+://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]+@[\w.-]+", re.IGNORECASE
)
_BLANK_AT_CUT = re.compile(r"\n+| *")
_AHEAD = 256  # characters behind a cut that tell whether one stands in an address; mail has at most 254
_WHOLE_KINDS = frozenset({Kind.LINK, Kind.CODE})
_ENOUGH = 3  # a better cut is taken only if it leaves at least a third of what could be placed


@dataclass(frozen=True, slots=True)
class Fragment:
    """A block, or what of it stands in one piece. ``block`` counts from 0."""

    block: int
    marked: Marked
    size: Size
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes into one message, in order."""

    fragments: tuple[Fragment, ...]

    @property
    def marked(self) -> Marked:
        """The parts with a blank line between them."""
        return join(SEPARATOR, (fragment.marked for fragment in self.fragments))

    @property
    def begins(self) -> int | None:
        """The block that this piece begins with, unless it continues one."""
        first = self.fragments[0]
        return None if first.continued else first.block

    @property
    def continues(self) -> int | None:
        """The block that began in an earlier piece, if this one starts in its midst."""
        first = self.fragments[0]
        return first.block if first.continued else None


def pack(blocks: Iterable[Marked], room: Size, *, first: Container[int] = ()) -> tuple[Piece, ...]:
    """The blocks in as few pieces as fit them in order; blank blocks take no place.

    ``first`` names the blocks that begin a piece, whatever room there is in the one before.
    """
    pieces: list[Piece] = []
    fragments: list[Fragment] = []
    taken = Size()
    for index, block in enumerate(blocks):
        for fragment in _fragments(index, block.strip("\n"), room):
            apart = fragment.continued or index in first
            if fragments and (apart or not (taken + _GAP + fragment.size).fits(room)):
                pieces.append(Piece(tuple(fragments)))
                fragments, taken = [], Size()
            taken = taken + _GAP + fragment.size if fragments else fragment.size
            fragments.append(fragment)
    return (*pieces, Piece(tuple(fragments))) if fragments else tuple(pieces)


def _fragments(index: int, block: Marked, room: Size) -> Iterator[Fragment]:
    if len(block) <= room.length and (whole := size(block)).fits(room):
        if visible(block.text):
            yield Fragment(index, block, whole)
        return
    at, continued = 0, False
    view = _View(block)
    while at < len(block):
        rest = view.from_(at, room.length + _AHEAD)
        stop = _stop(rest, room)
        fragment = rest.cut(0, stop).strip("\n") if at + stop < len(block) else rest
        if visible(fragment.text):
            yield Fragment(index, fragment, size(fragment), continued)
            continued = True
        at = _behind(block.text, at + stop)


class _View:
    """A moving view of a block, so that a long one is not copied for each of its pieces."""

    def __init__(self, block: Marked) -> None:
        self._block = block
        self._next = 0
        self._open: list[Entity] = []

    def from_(self, start: int, length: int) -> Marked:
        """What stands from ``start`` on; ``start`` never goes back."""
        entities = self._block.entities
        stop = min(start + length, len(self._block))
        while self._next < len(entities) and entities[self._next].start < start:
            self._open.append(entities[self._next])
            self._next += 1
        self._open = [entity for entity in self._open if entity.stop > start]
        beyond = bisect_left(entities, stop, lo=self._next, key=lambda entity: entity.start)
        seen = (*self._open, *entities[self._next : beyond])
        return Marked(self._block.text[start:stop], between(seen, start, stop))


def _behind(text: str, cut: int) -> int:
    """Where the text goes on behind a cut, without the blank cut at; the indentation of a line stays."""
    found = _BLANK_AT_CUT.match(text, cut)
    return found.end() if found else cut


def _stop(marked: Marked, room: Size) -> int:
    """Where to cut so that the front fits: its end, if all of it does."""
    if len(marked) <= room.length and size(marked).fits(room):
        return len(marked)
    longest = min(len(marked) - 1, room.length)
    reach = _largest(range(1, longest + 1), lambda stop: size(marked.cut(0, stop)).fits(room)) or 1
    whole = _whole(marked, reach)
    for level in _LEVELS:
        ends = [found.end() for found in level.finditer(marked.text, 0, min(reach + 1, len(marked)))]
        last = next((end for end in reversed(ends) if end <= reach and _may_cut(marked.text, end, whole)), 0)
        if last * _ENOUGH >= reach:
            return last
    return _last_resort(marked.text, reach, whole)


def _largest(candidates: range, fits: Callable[[int], bool]) -> int | None:
    """The largest candidate that fits, where all smaller ones do too."""
    found = bisect_right(candidates, 0, key=lambda stop: int(not fits(stop)))
    return candidates[found - 1] if found else None


def _last_resort(text: str, reach: int, whole: tuple[tuple[int, int], ...]) -> int:
    """In front of what must stay whole, or through it where it fills the room alone."""
    stop = reach
    while stop:
        if around := [start for start, end in whole if start < stop < end]:
            stop = min(around)
        elif _joined(text, stop):
            stop -= 1
        else:
            return stop
    return next((stop for stop in range(reach, 0, -1) if not _joined(text, stop)), reach)


def _whole(marked: Marked, reach: int) -> tuple[tuple[int, int], ...]:
    """What must stay whole of all that begins in front of ``reach``."""
    kept = (entity for entity in marked.entities if entity.kind in _WHOLE_KINDS and entity.start < reach)
    found = _WHOLE.finditer(marked.text, 0, reach + _AHEAD)
    return (*((entity.start, entity.stop) for entity in kept), *(one.span() for one in found))


def _may_cut(text: str, at: int, whole: tuple[tuple[int, int], ...]) -> bool:
    return not any(start < at < stop for start, stop in whole) and not _joined(text, at)


def _joined(text: str, at: int) -> bool:
    """Whether the characters around ``at`` are seen as one: accents, emoji sequences, flags, Hangul."""
    if at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if before == "\u200d" or after == "\u200d" or unicodedata.category(after).startswith("M"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if "\u1100" <= before <= "\u11ff" and "\u1160" <= after <= "\u11ff":
        return True
    return _is_flag(after) and _flags_before(text, at) % 2 == 1


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag(text[start - 1]):
        start -= 1
    return at - start
