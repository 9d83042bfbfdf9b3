"""How a digest wants its issues to look as messages."""

from dataclasses import dataclass
from enum import StrEnum


class Pictures(StrEnum):
    """Which items begin a message with their picture above it; every other picture is a link."""

    EACH = "each"  #: those whose picture has a name
    FIRST = "first"  #: the first of a section, if it has a picture, named or not
    NONE = "none"


class Packing(StrEnum):
    """What shares a message."""

    SECTION = "section"  #: the items of one section
    FULL = "full"  #: small sections too


class Numbers(StrEnum):
    """The number that stands before an item."""

    OWN = "own"  #: the editor's, where he wrote one
    NEW = "new"  #: counted anew in each section


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHabit:
    """The look of one digest."""

    pictures: Pictures = Pictures.EACH
    pack: Packing = Packing.FULL
    numbers: Numbers = Numbers.OWN
