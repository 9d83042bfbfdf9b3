"""The messages a second that Telegram takes: what was configured, or less where it took less.

After a 429 of the bot's own the limit is a little less than what was taken before it, and
climbs back, by ``CLIMB`` of itself a second at first. A faster climb meets the real limit more
often, a slower one is longer below it. But where nothing is refused for long, what was taken
before was not the limit, only all there was to take: so every ``QUICKER`` seconds the climb is
twice as fast. From two thirds it is back in two minutes and a half, from a thirtieth in five.
"""

from math import exp, inf, log, log2

CLIMB = 0.0012  # of the present limit, a second
QUICKER = 60.0  # seconds
_PACE = CLIMB * QUICKER / log(2)  # the climb is its integral over time
STEP_BACK = 0.95  # of what was taken; and of the present limit where it is in doubt


class Limit:
    """Messages a second, ``most`` at the most. ``now`` is seconds of a steady clock."""

    __slots__ = ("_climbing_since", "_low", "_most", "_proven", "_whole_at")

    def __init__(self, most: float) -> None:
        self._most = self._low = self._proven = most
        self._climbing_since = self._whole_at = -inf

    def at(self, now: float) -> float:
        """The limit at ``now``."""
        if now >= self._whole_at:
            return self._most
        return self._low * exp(_PACE * (2 ** (max(0.0, now - self._climbing_since) / QUICKER) - 1))

    def lower(self, taken: int, *, now: float, until: float) -> None:
        """Telegram took ``taken`` messages in a second and no more; the climb begins at ``until``.

        The limit is never below 1, nor above what it was.
        """
        self._proven = min(self.at(now), max(1.0, STEP_BACK * taken))
        self._climb(self._proven, until)

    def doubt(self, now: float) -> None:
        """A 429 that may be a chat's own: while the limit climbs, it may have climbed too far.

        It steps back, but not below what Telegram is known to take; so what is wrong in
        single chats cannot slow down the others by more.
        """
        if now < self._whole_at:
            self._climb(max(self._proven, STEP_BACK * self.at(now)), max(now, self._climbing_since))

    def _climb(self, low: float, since: float) -> None:
        self._low, self._climbing_since = low, since
        self._whole_at = since + QUICKER * log2(1 + log(self._most / low) / _PACE)
