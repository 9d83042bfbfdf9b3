"""The messages a second that Telegram accepts: what was configured, or less if it accepted less.

After a 429 that concerns the bot, the limit is a little less than what was accepted before it, and
climbs back, at first by ``CLIMB`` of itself a second. A faster climb meets the real limit more often;
a slower one stays below it longer. But if nothing is refused for long, what was accepted before was
not the limit, only all there was to send: so every ``QUICKER`` seconds the climb becomes twice as
fast. From two thirds it is back in two and a half minutes, from a thirtieth in five.
"""

from math import exp, inf, log, log2

CLIMB = 0.0012  # of the present limit, a second
QUICKER = 60.0  # seconds
_PACE = CLIMB * QUICKER / log(2)  # the climb is its integral over time
STEP_BACK = 0.95  # of what was accepted; and of the present limit if it is in doubt


class Limit:
    """Messages a second, at most ``most``. ``now`` is in seconds of a monotonic clock."""

    __slots__ = ("_climbing_since", "_low", "_most", "_proven", "_slow_since", "_whole_at")

    def __init__(self, most: float) -> None:
        self._most = self._low = self._proven = most
        self._climbing_since = self._slow_since = self._whole_at = -inf

    def at(self, now: float) -> float:
        """The limit at ``now``."""
        if now >= self._whole_at:
            return self._most
        return self._low * exp(_PACE * (2 ** (max(0.0, now - self._climbing_since) / QUICKER) - 1))

    def slow_for(self, now: float) -> float:
        """For how many seconds the limit has been lower than configured; 0 if it is not."""
        return now - self._slow_since if now < self._whole_at else 0.0

    def lower(self, taken: int, *, now: float, until: float) -> None:
        """Telegram accepted ``taken`` messages in a second and no more; the climb begins at ``until``.

        The limit never falls below 1 and never rises here.
        """
        if now >= self._whole_at:
            self._slow_since = now
        self._proven = min(self.at(now), max(1.0, STEP_BACK * taken))
        self._climb(self._proven, until)

    def doubt(self, now: float) -> None:
        """Step back after a 429 that may concern one chat: a limit that climbs may have climbed too far.

        It does not fall below what Telegram is known to accept, so trouble in single chats cannot slow
        down the others by more.
        """
        if now < self._whole_at:
            self._climb(max(self._proven, STEP_BACK * self.at(now)), max(now, self._climbing_since))

    def _climb(self, low: float, since: float) -> None:
        self._low, self._climbing_since = low, since
        self._whole_at = since + QUICKER * log2(1 + log(self._most / low) / _PACE)
