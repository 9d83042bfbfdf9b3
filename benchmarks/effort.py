"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """``rounds`` of each measurement count by their best; ``growth`` is how large the largest issue gets.

    ``files`` are in the folder that ``jianbao check`` looks at.
    """

    rounds: int = 10
    growth: int = 100
    files: int = 100
