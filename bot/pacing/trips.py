"""What the shortest round trip of late tells of the way there and of the way back.

Each is assumed to take ``CREDIT`` of it: a little less than half, so that a way that is shorter by a
fifth breaks nothing. What another trip took longer may all have been before the message arrived, in
this process if it was held up, or in Telegram's; so it says nothing of its way back.
"""

from math import inf

CREDIT = 0.4  # of the shortest round trip
OF_LATE = 10.0  # seconds; the shortest is that of the last ten to twenty
ENOUGH = 100  # trips; with fewer, the next may well be the shortest


class ShortestTrip:
    """Of the calls that have ended. Times are seconds of one monotonic clock."""

    __slots__ = ("_before", "_count", "_this", "_until")

    def __init__(self) -> None:
        self._before = self._this = inf
        self._count = 0
        self._until = -inf

    def note(self, trip: float, now: float) -> None:
        """Note a round trip of so many seconds that has ended ``now``."""
        if now >= self._until:
            self._before, self._this, self._until = self._this, inf, now + OF_LATE
        self._this = min(self._this, trip)
        self._count += 1

    @property
    def back(self) -> float:
        """Seconds that an answer took to come back, at least; one has to have come."""
        return CREDIT * min(self._before, self._this)

    @property
    def there(self) -> float:
        """Seconds that the next message will take to arrive, at least."""
        return self.back if self._count >= ENOUGH else 0.0
