"""What the shortest round trip of late tells of the way there and of the way back.

Each is assumed to take ``CREDIT`` of it: a little less than half, so that a way that is shorter by a
fifth breaks nothing. What another trip took longer may all have been before the message arrived, in
this process if it was held up, or in Telegram's; so it says nothing of its way back. A few trips, or
those of a single moment, may all have been held up: they tell nothing.
"""

from dataclasses import dataclass
from math import inf

CREDIT = 0.4  # of the shortest round trip
OF_LATE = 10.0  # seconds; the shortest is that of the last ten to twenty
ENOUGH = 100  # trips of late; with fewer, the next may well be the shortest
LONG_ENOUGH = 1.0  # seconds between the first of them and the last


@dataclass(slots=True)
class _Trips:
    """Those of a span of time that ``began`` with the first."""

    began: float = inf
    shortest: float = inf
    count: int = 0


class ShortestTrip:
    """Of the calls that have ended. Times are seconds of one monotonic clock."""

    __slots__ = ("_before", "_this", "_way")

    def __init__(self) -> None:
        self._before, self._this = _Trips(), _Trips(began=-inf)
        self._way = 0.0

    def note(self, trip: float, now: float) -> None:
        """Note a round trip of so many seconds that has ended ``now``."""
        age = now - self._this.began
        if age >= OF_LATE:
            self._before = self._this if age < 2 * OF_LATE else _Trips()
            self._this = _Trips(began=now)
        before, this = self._before, self._this
        this.shortest = min(this.shortest, trip)
        this.count += 1
        told = before.count + this.count >= ENOUGH and now >= min(before.began, this.began) + LONG_ENOUGH
        self._way = CREDIT * min(before.shortest, this.shortest) if told else 0.0

    @property
    def way(self) -> float:
        """Seconds that an answer took to come back, and the next message will take to arrive, at least."""
        return self._way
