"""Messages evenly spaced in time, by the generic cell rate algorithm.

Each message moves the time of the next one by one interval, and unused time is not saved, except
for ``slack`` seconds that a wake-up may be late. In any span of ``s`` seconds at most
``1 + (s + slack) / interval`` messages are sent.
"""

from math import inf

SLACK = 0.01  # seconds; a wake-up late by this much costs no slot


class Gcra:
    """When the next message may be sent. The first does not wait."""

    __slots__ = ("_slack", "free_at")

    def __init__(self, slack: float = SLACK) -> None:
        self.free_at = -inf
        self._slack = slack

    def take(self, now: float, interval: float) -> None:
        """Note that a message is sent; the next may follow ``interval`` seconds after its own time."""
        self.free_at = max(self.free_at, now - self._slack) + interval

    def give_back(self, interval: float) -> None:
        """Note that the message was not sent after all."""
        self.free_at -= interval
