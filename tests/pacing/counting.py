"""The ways in which Telegram may count what a bot sends; which of them it does is not known."""

from collections import deque
from collections.abc import Callable
from functools import partial
from math import floor
from typing import Protocol

SECOND = 1.0


class Count(Protocol):
    """What was taken, and when there is room for one more. Times are seconds of one clock."""

    def free_at(self, now: float) -> float: ...

    def take(self, now: float) -> None: ...


class Window:
    """At most ``most`` in any ``span`` seconds."""

    def __init__(self, most: int, span: float = SECOND) -> None:
        self._span = span
        self._last: deque[float] = deque(maxlen=most)

    def free_at(self, now: float) -> float:
        full = len(self._last) == self._last.maxlen
        return self._last[0] + self._span if full else now

    def take(self, now: float) -> None:
        self._last.append(now)


class Bucket:
    """A bucket of tokens that holds as many as come in ``holds`` seconds, and is full at first."""

    def __init__(self, most: int, holds: float = SECOND) -> None:
        self._rate, self._full = most, most * holds
        self._tokens, self._at = self._full, 0.0

    def free_at(self, now: float) -> float:
        self._tokens = min(self._full, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return now + max(0.0, 1 - self._tokens) / self._rate

    def take(self, now: float) -> None:
        del now  # free_at was asked at the same time
        self._tokens -= 1


class Calendar:
    """At most ``most`` in each second of the clock on the wall."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._second, self._taken = 0, 0

    def free_at(self, now: float) -> float:
        if floor(now) != self._second:
            self._second, self._taken = floor(now), 0
        return now if self._taken < self._most else self._second + SECOND

    def take(self, now: float) -> None:
        del now  # free_at was asked at the same time
        self._taken += 1


Counting = Callable[[int], Count]

COUNTINGS: dict[str, Counting] = {  #: by name
    "window": Window,
    "bucket": Bucket,
    "small bucket": partial(Bucket, holds=0.25),
    "calendar": Calendar,
}
