"""What a measurement says."""

from dataclasses import dataclass
from enum import StrEnum

#: A goal is missed by more than noise where a value is this many times off.
MARGIN = 1.1


class Unit(StrEnum):
    """What a value counts."""

    MARKDOWN_IT = "× markdown-it-py"
    MISTUNE = "× mistune"
    A_BYTE = "× a byte of one issue"
    FIVE = "× five topics"
    AT_ONCE = "× what goes at once"
    AN_ITEM = "µs an item"
    SECONDS = "s"
    MILLISECONDS = "ms"
    MEGABYTES = "MB"
    MEBIBYTES = "MiB"
    OF_THE_LIMIT = "% of the limit"
    MESSAGES = "messages"
    A_SECOND = "messages/s"
    UPDATES = "updates/s"
    ITEMS = "items/s"
    CPU_A_MESSAGE = "ms of CPU a message"
    PROTOCOL = "× a bare protocol"
    CORES = "cores"


#: What no machine makes noisy: a goal of these is missed by the least.
_EXACT = frozenset({Unit.OF_THE_LIMIT, Unit.MESSAGES})


class Direction(StrEnum):
    """Which side of its goal a value should be on."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One number: ``what`` of which ``group``; a ``goal`` is the most, or the least, that it should be."""

    group: str
    what: str
    value: float
    unit: Unit
    goal: float | None = None
    direction: Direction = Direction.AT_MOST

    @property
    def missed(self) -> bool:
        """Whether the goal is missed, and by more than the margin where the unit has noise."""
        return self._is_missed(1 if self.unit in _EXACT else MARGIN)

    @property
    def is_beyond(self) -> bool:
        """Whether the value is on the wrong side of its goal, by however little."""
        return self._is_missed(1)

    def _is_missed(self, margin: float) -> bool:
        if self.goal is None:
            return False
        if self.direction is Direction.AT_LEAST:
            return self.value * margin < self.goal
        return self.value > self.goal * margin
