"""What readers did in a week, by topic."""

from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What is counted, and what the issues of the week had."""

    OPENED = "opened"  #: an item was opened
    SAVED = "saved"  #: an item was saved
    PASSED = "passed"  #: an item was passed on to a chat
    LIKED = "liked"  #: 👍 under a part of an issue
    DISLIKED = "disliked"  #: 👎 there
    OFFERED = "offered"  #: an item stood in an issue that came out


ALL_TOPICS = ""  #: where what was done is counted once, whatever topics it has


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCount:
    """How often it was done with a topic; None where so few did it that they might be known by it."""

    topic: str
    what: Deed
    number: int | None
