"""What a cut is worth once topics that its reader follows are no more: they would select nothing."""

from dataclasses import dataclass, replace

from bot.messages.names import Names
from bot.model import Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The cut to go by, and what is ``gone`` where that was all that was followed."""

    cut: Cut
    gone: tuple[str, ...] = ()


def sought(cut: Cut, names: Names) -> Sought:
    """What is left of the cut. The rest of one of which nothing is left stays what it was."""
    there = tuple(slug for slug in cut.topics if names.has_topic(slug))
    if there == cut.topics:
        return Sought(cut=cut)
    if there or cut.keywords:
        return Sought(cut=replace(cut, topics=there))
    return Sought(cut=cut) if cut.rest else Sought(cut=replace(cut, topics=()), gone=cut.topics)
