"""The messages a second that Telegram accepts: what was configured, or less if it accepted less.

After a 429 that concerns the bot, the limit is a little less than what was accepted before it, but at
least half of what it was: what was accepted may be little because little was sent. If nearly all that
the limit allows was accepted, the 429 proves nothing yet, for a delay anywhere may have bunched the
messages; the limit falls a little, and as above if another follows before it is back.

It climbs back, at first by ``CLIMB`` of itself a second. A faster climb meets the real limit more often;
a slower one stays below it longer. But if nothing is refused for long, what was accepted before was
not the limit, only all there was to send: so every ``QUICKER`` seconds the climb becomes twice as
fast. From two thirds it is back in two and a half minutes, from a thirtieth in five.
"""

from dataclasses import dataclass
from math import exp, inf, log, log2

CLIMB = 0.0012  # of the present limit, a second
QUICKER = 60.0  # seconds
_PACE = CLIMB * QUICKER / log(2)  # the climb is its integral over time
STEP_BACK = 0.95  # of what was accepted; and of the present limit if it is in doubt
LEAST = 0.5  # of the present limit, after one 429
NEARLY_ALL = 0.8  # of the limit; a delay of 60 ms here and one there leave as much in a second
UNPROVEN = 0.98  # of the limit, after a 429 that proves nothing yet


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntLimit:
    """A limit below what was configured: ``low`` messages a second, which climbs from ``since`` on.

    It has been lower than configured since ``slow_since``. Times are in seconds of a monotonic clock.
    """

    low: float
    since: float
    slow_since: float


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

    def learnt(self, now: float) -> LearntLimit | None:
        """What is known of a lower limit, for another process; None if it is as configured."""
        if now >= self._whole_at:
            return None
        return LearntLimit(low=self._low, since=self._climbing_since, slow_since=self._slow_since)

    def resume(self, learnt: LearntLimit, now: float) -> None:
        """Go on with what another process learnt, unless this one has learnt since."""
        if now >= self._whole_at and learnt.low < self._most:
            self._slow_since, self._proven = learnt.slow_since, learnt.low
            self._climb(learnt.low, learnt.since)

    def lower(self, taken: int, *, now: float, until: float) -> None:
        """Telegram accepted ``taken`` messages in a second and no more; the climb begins at ``until``.

        The limit never falls below 1 and never rises here.
        """
        limit, whole = self.at(now), now >= self._whole_at
        if whole:
            self._slow_since = now
        self._proven = min(limit, max(1.0, LEAST * limit, STEP_BACK * taken))
        unproven = whole and taken >= NEARLY_ALL * limit
        self._climb(max(self._proven, UNPROVEN * limit) if unproven else self._proven, until)

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
