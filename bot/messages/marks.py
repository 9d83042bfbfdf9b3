"""Which items a message shows, by the numbers that stand before them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_TITLE = 12  # characters of a title beside a number that stands there twice


@dataclass(frozen=True, slots=True)
class Mark:
    """An item of a message: its ``number`` there, its id in the issue, and what it is called."""

    number: str
    item_id: str
    title: str


def told_apart(marks: Sequence[Mark]) -> bool:
    """Whether the numbers alone tell the items of a message apart: sections that share one count anew."""
    return all(times == 1 for times in Counter(mark.number for mark in marks).values())


def label_of(mark: Mark, *, alone: bool) -> str:
    """What stands on an item's button: its number, and the beginning of its title unless that is enough."""
    if alone:
        return mark.number
    title = " ".join(mark.title.split())
    return f"{mark.number} {title[:_TITLE]}" + ("…" if len(title) > _TITLE else "")
