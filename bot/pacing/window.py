"""How many messages may be in flight, or have arrived within the last second.

Telegram counts when a message arrives, which we do not see: a slow network can bunch what was sent
evenly. So a message counts until its answer is a second old, less what the shortest round trip of late
tells; then no second at Telegram's end has more than the window's size.
"""

from heapq import heappop, heappush, nsmallest
from math import inf

from bot.pacing.trips import ShortestTrip

SECOND = 1.0  # the span over which Telegram counts


class Window:
    """The messages that were sent and may still count. Times are seconds of one monotonic clock."""

    __slots__ = ("_arrived", "_trip", "_unanswered")

    def __init__(self) -> None:
        self._unanswered = 0
        self._arrived: list[float] = []  # a heap: answers do not come in the order of arrival
        self._trip = ShortestTrip()

    def take(self) -> None:
        """Note that a message is sent."""
        self._unanswered += 1

    def give_back(self) -> None:
        """Note that the message was not sent after all."""
        self._unanswered -= 1

    def answered(self, now: float, sent: float) -> float:
        """Note that the message of ``sent`` is answered; returns when it is assumed to have arrived."""
        self._trip.note(now - sent, now)
        arrived = now - self._trip.way
        self._unanswered -= 1
        heappush(self._arrived, arrived)
        return arrived

    def free_at(self, now: float, size: int) -> float:
        """When there is room for one more of ``size``; infinity while that needs an answer first."""
        arrived, counts = self._arrived, SECOND - self._trip.way
        while arrived and arrived[0] + counts <= now:
            heappop(arrived)
        too_many = self._unanswered + len(arrived) - size + 1
        if too_many <= 0:
            return -inf
        if too_many > len(arrived):
            return inf
        return (arrived[0] if too_many == 1 else nsmallest(too_many, arrived)[-1]) + counts
