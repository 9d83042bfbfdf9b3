"""What a measurement says."""

from dataclasses import dataclass
from enum import StrEnum

#: A goal is missed by more than noise where a value is this many times too large.
MARGIN = 1.1


class Unit(StrEnum):
    """What a value counts."""

    MARKDOWN_IT = "× markdown-it-py"
    MISTUNE = "× mistune"
    A_BYTE = "× a byte of one issue"
    FIVE = "× five topics"
    AN_ITEM = "µs an item"
    SECONDS = "s"
    MILLISECONDS = "ms"
    MEGABYTES = "MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One number: ``what`` of which ``group``; a ``goal`` is the most that it should be."""

    group: str
    what: str
    value: float
    unit: Unit
    goal: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the goal is missed by more than the margin."""
        return self.goal is not None and self.value > self.goal * MARGIN
