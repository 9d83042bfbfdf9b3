"""What a code says: how grave a slip is, what to do about it, and how it looks."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave a slip is."""

    ERROR = "error"  #: readers see something broken, or lose something
    WARNING = "warning"  #: worth a look; it may be meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One kind of slip. ``name`` never changes: editors and their scripts know it.

    ``message`` tells what is wrong, ``advice`` what to do. ``bad`` and ``good`` are the
    Markdown of an example, whole issues or what stands in a section of one; ``bad`` is
    empty where no text is known to have the slip. Where
    ``earlier`` is given, they follow upon an issue that holds it. ``file`` and ``encoding``
    are the name and the encoding that the bad example is saved in. ``mends`` tells that
    ``jianbao check --fix`` mends it wherever its end is plain.
    """

    name: str
    level: Level
    message: str
    advice: str
    bad: str = ""
    good: str
    earlier: str = ""
    file: str = "2026-03-02.md"
    encoding: str = "utf-8"
    mends: bool = False
