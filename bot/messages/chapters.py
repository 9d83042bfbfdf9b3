"""A chapter of an issue as messages: its heading on each, and what continues named."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.messages import limits
from bot.messages.limits import Size, size
from bot.messages.markup import Marked, join
from bot.messages.message import Message
from bot.messages.splitter import SEPARATOR, Piece, pack
from bot.messages.templating import clipped

_REMINDER = 40  # characters of a name in "continued from above"
_MOST_PARTS = 999

#: Makes what stands above a part: heading, number of the part, how many there are, what continues (or "").
Header = Callable[[str, int, int, str], Marked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stays together if it can; ``name`` is what to call it where it continues."""

    marked: Marked
    name: str
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Blocks that share a heading; ``name`` is the base of their messages' names."""

    name: str
    heading: str
    blocks: tuple[Block, ...]


def chapter_messages(chapter: Chapter, header: Header) -> tuple[Message, ...]:
    """The chapter in as few silent messages as its blocks and pictures need, in order.

    A block with a picture begins a message, and its picture stands above that.
    """
    if not chapter.blocks:
        return ()
    pictured = {index for index, block in enumerate(chapter.blocks) if block.picture}
    room = limits.MESSAGE - _reserve(chapter, header)
    pieces = pack((block.marked for block in chapter.blocks), room, first=pictured)
    return tuple(
        _message(chapter, piece, header(chapter.heading, part, len(pieces), _continued(chapter, piece)), part)
        for part, piece in enumerate(pieces, start=1)
    )


def _reserve(chapter: Chapter, header: Header) -> Size:
    """Room for the largest header that a part of the chapter can need."""
    names = (_reminder(block) for block in chapter.blocks)
    longest = max(names, key=lambda name: len(name.encode()))
    spare = _REMINDER // 2  # another name may hold more of what Telegram detects
    return size(header(chapter.heading, _MOST_PARTS, _MOST_PARTS, longest)) + Size(
        length=len(SEPARATOR), entities=spare, entity_bytes=spare * 12, raw_bytes=_REMINDER * 8
    )


def part_name(base: str, number: int, *, mark: str = ".") -> str:
    """The name of the first, second … thing of a kind."""
    return base if number == 1 else f"{base}{mark}{number}"


def _message(chapter: Chapter, piece: Piece, header: Marked, part: int) -> Message:
    body = join(SEPARATOR, (header, piece.marked)) if header.text else piece.marked
    picture = None if piece.begins is None else chapter.blocks[piece.begins].picture
    return Message(body.html(), silent=True, picture=picture, name=part_name(chapter.name, part))


def _continued(chapter: Chapter, piece: Piece) -> str:
    return "" if piece.continues is None else _reminder(chapter.blocks[piece.continues])


def _reminder(block: Block) -> str:
    return clipped(block.name, _REMINDER)
