"""Chapters of an issue as messages: each thing whole if it can be, below the headings it stands under."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Protocol

from bot.messages import limits
from bot.messages.limits import Size, size
from bot.messages.marks import Mark
from bot.messages.markup import Marked, join
from bot.messages.message import Message
from bot.messages.splitter import SEPARATOR, Piece, pack
from bot.messages.templating import clipped

LISTED = 100  #: characters of a heading where it is told again
_REMINDER = 40  # characters of a name in "continued from above"
_MOST_PARTS = 999
_NUMBERS = re.compile(r"^(\S+)\. ", re.MULTILINE)
#: Characters of a message that may stand alone; to a shorter one the next chapter is added in any case.
SHORTEST = 200

Headings = tuple[str, ...]


class Headers(Protocol):
    """Makes the headings above a part of a chapter."""

    def __call__(
        self,
        heading: str,
        *,
        above: Headings = (),
        groups: Headings = (),
        part: int = 1,
        parts: int = 1,
        continued: str = "",
    ) -> Marked:
        """``above`` stands over the heading, ``groups`` under it; ``continued`` names what goes on."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stays together if it can; ``name`` is what to call it where it continues.

    ``groups`` are the headings between its chapter's and it, ``marks`` the numbered items in it: one
    whose number stands before it in a list, or the one that the block is.
    """

    marked: Marked
    name: str
    picture: str | None = None
    groups: Headings = ()
    marks: tuple[Mark, ...] = ()

    @property
    def links_picture(self) -> bool:
        """Whether its picture is a link in it, too, so that nothing is lost where it is not shown."""
        return any(entity.url == self.picture for entity in self.marked.entities if entity.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Blocks that share a heading; ``name`` is the base of their messages' names."""

    name: str
    heading: str
    blocks: tuple[Block, ...]
    above: Headings = ()

    @property
    def length(self) -> int:
        """The characters of the heading and of what stands below it; none if nothing does."""
        below = sum(len(block.marked) for block in self.blocks)
        return len(self.heading) + below if self.blocks else 0


def messages_of(
    chapters: Sequence[Chapter],
    headers: Headers,
    *,
    preface: Marked | None = None,
    full: bool = False,
) -> tuple[Message, ...]:
    """The chapters in as few silent messages as their blocks and pictures need, in order.

    A block with a picture begins a message, and its picture stands above that. A chapter shares
    the message of the one before it if all of it fits there, or if that one is too short to stand
    alone. The first message that holds a chapter has its name, and further ones are counted. The
    ``preface`` stands above all, in the first message. ``full``: a picture that its block links to
    begins no message behind one that is too short to stand alone.
    """
    run = _Run(tuple(chapter for chapter in chapters if chapter.blocks), headers, preface)
    pieces = run.packed(full=full)
    parts = Counter(chain.from_iterable(run.chapters_in(piece) for piece in pieces))
    seen: Counter[int] = Counter()
    messages: list[Message] = []
    for piece in pieces:
        first, *others = run.chapters_in(piece)
        seen.update((first, *others))
        messages.append(run.message(piece, seen[first], parts[first]))
    return tuple(messages)


def part_name(base: str, number: int, *, mark: str = ".") -> str:
    """The name of the first, second … thing of a kind."""
    return base if number == 1 else f"{base}{mark}{number}"


class _Run:
    """Chapters whose messages may be shared."""

    def __init__(self, chapters: tuple[Chapter, ...], headers: Headers, preface: Marked | None) -> None:
        self._chapters = chapters
        self._headers = headers
        self._blocks = [(place, block) for place, chapter in enumerate(chapters) for block in chapter.blocks]
        self._headed = [self._with_headings(index) for index in range(len(self._blocks))]
        if preface and self._headed:
            self._headed[0] = join(SEPARATOR, (preface, self._headed[0]))

    def packed(self, *, full: bool) -> tuple[Piece, ...]:
        """The blocks below their headings, in pieces that leave room for what stands above one."""
        if not self._blocks:
            return ()
        room = limits.MESSAGE - self._reserve()
        first = {index for index, (_, block) in enumerate(self._blocks) if block.picture}
        while True:
            pieces = pack(self._headed, room, first=first | set(self._own_messages(room, first)))
            crowding = set(self._crowding(pieces)) & first if full else set()
            if not crowding:
                return pieces
            first -= crowding

    def _crowding(self, pieces: Sequence[Piece]) -> Iterator[int]:
        """The pictured blocks behind pieces too short to stand alone, of any two in a row one."""
        gone = None
        for before, piece in pairwise(pieces):
            short = len(before.marked) < SHORTEST and before.begins != gone
            if short and piece.begins is not None and self._blocks[piece.begins][1].links_picture:
                gone = piece.begins
                yield gone

    def chapters_in(self, piece: Piece) -> tuple[int, ...]:
        """The places of the chapters that a piece holds anything of, in order."""
        return tuple(dict.fromkeys(self._blocks[fragment.block][0] for fragment in piece.fragments))

    def message(self, piece: Piece, part: int, parts: int) -> Message:
        """The message of a piece, which is part ``part`` of its first chapter."""
        fragment = piece.fragments[0]
        place, block = self._blocks[fragment.block]
        chapter = self._chapters[place]
        body = piece.marked
        if fragment.continued or not self._opens_chapter(fragment.block):
            continued = _reminder(block) if fragment.continued else ""
            groups = block.groups if fragment.continued or self._shares_groups(fragment.block) else ()
            header = self._headers(
                chapter.heading, groups=groups, part=part, parts=parts, continued=continued
            )
            body = join(SEPARATOR, (header, body)) if header.text else body
        picture = None if piece.begins is None else block.picture
        return Message(
            body.html(),
            silent=True,
            picture=picture,
            name=part_name(chapter.name, part),
            marks=tuple(self._marks(piece)),
            opens=tuple(self._opened(piece)),
        )

    def _opened(self, piece: Piece) -> Iterator[str]:
        """The headings of the sections that begin in a piece; of a chapter without one, its blocks' names."""
        for fragment in piece.fragments:
            place, block = self._blocks[fragment.block]
            heading = self._chapters[place].heading
            if not fragment.continued and (not heading or self._opens_chapter(fragment.block)):
                yield clipped(heading or block.name, LISTED)

    def _marks(self, piece: Piece) -> Iterator[Mark]:
        """The items whose numbers stand in a piece."""
        for fragment in piece.fragments:
            marks = self._blocks[fragment.block][1].marks
            if len(marks) > 1:
                numbers = frozenset(_NUMBERS.findall(fragment.marked.text))
                yield from (mark for mark in marks if mark.number in numbers)
            elif not fragment.continued:
                yield from marks

    def _with_headings(self, index: int) -> Marked:
        place, block = self._blocks[index]
        chapter = self._chapters[place]
        if self._opens_chapter(index):
            header = self._headers(chapter.heading, above=chapter.above, groups=block.groups)
        elif not self._shares_groups(index):
            header = self._headers("", groups=block.groups)
        else:
            return block.marked
        return join(SEPARATOR, (header, block.marked)) if header.text else block.marked

    def _opens_chapter(self, index: int) -> bool:
        return index == 0 or self._blocks[index - 1][0] != self._blocks[index][0]

    def _shares_groups(self, index: int) -> bool:
        return self._blocks[index - 1][1].groups == self._blocks[index][1].groups

    def _own_messages(self, room: Size, first: set[int]) -> Iterator[int]:
        """The blocks that begin a chapter which begins a message."""
        gap = size(Marked(SEPARATOR))
        taken = Size()
        begin = index = 0  # of the last message, and of the chapter
        for chapter in self._chapters:
            blocks = range(index, index + len(chapter.blocks))
            whole = sum((size(self._headed[one]) + gap for one in blocks), Size())
            alone = first.intersection(blocks) or not (taken + whole).fits(room)
            if index and alone and taken.length >= SHORTEST:
                yield index
                begin, taken = index, Size()
            if alone:
                starts = {one - begin for one in first if begin <= one < blocks.stop}
                for last in pack(self._headed[begin : blocks.stop], room, first=starts)[-1:]:
                    begin, taken = begin + last.fragments[0].block, size(last.marked)
            else:
                taken = taken + whole
            index += len(chapter.blocks)

    def _reserve(self) -> Size:
        """Room for the largest header that a piece can need."""
        names = (_reminder(block) for _, block in self._blocks)
        longest = max(names, key=lambda name: len(name.encode()))
        headed = [(self._chapters[place].heading, block.groups) for place, block in self._blocks]
        heading, groups = max(dict.fromkeys(headed), key=lambda one: len("".join((one[0], *one[1])).encode()))
        header = self._headers(heading, groups=groups, part=_MOST_PARTS, parts=_MOST_PARTS, continued=longest)
        spare = _REMINDER // 2  # another name may hold more of what Telegram detects
        return size(header) + Size(
            length=len(SEPARATOR), entities=spare, entity_bytes=spare * 12, raw_bytes=_REMINDER * 8
        )


def _reminder(block: Block) -> str:
    return clipped(block.name, _REMINDER)
