"""Moments in which a process does nothing: a collection of garbage, a slow disk, a busy machine."""

import random
from bisect import bisect
from dataclasses import dataclass
from math import inf
from typing import Protocol

SHORTEST, LONGEST = 0.005, 0.06  # seconds


class Standstill(Protocol):
    """What holds a process up."""

    def over(self, at: float) -> float:
        """When the process does what it would do at ``at``."""
        ...


@dataclass(frozen=True, kw_only=True)
class Stall:
    """A single one."""

    begins: float
    ends: float

    def over(self, at: float) -> float:
        return max(at, self.ends) if self.begins <= at else at


class Stalls:
    """Stalls of 5 to 60 ms, ``every`` seconds apart on the average."""

    def __init__(self, seed: int, *, every: float) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # nothing here is secret
        self._every = every
        self._begins, self._ends = [0.0], [0.0]

    def over(self, at: float) -> float:
        """When the process does what it would do at ``at``."""
        while self._begins[-1] <= at:
            self._begins.append(self._ends[-1] + self._every * self._chance.expovariate(1.0))
            self._ends.append(self._begins[-1] + self._chance.uniform(SHORTEST, LONGEST))
        return max(at, self._ends[bisect(self._begins, at) - 1])


NONE = Stalls(0, every=inf)
