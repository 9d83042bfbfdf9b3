"""For how long Telegram has answered no call at all, as those who wait for an answer tell."""

from collections.abc import Callable
from datetime import datetime, timedelta

LONG = timedelta(seconds=10)
SEVERAL = 2  # calls without an answer; one may be lost


class Silence:
    """Counts from when the first of the calls that nobody answered was made, or from the last answer."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._answered_at: datetime | None = None
        self._since: datetime | None = None
        self._lost = 0

    @property
    def is_long(self) -> bool:
        """Whether several calls got no answer, and none did for long."""
        since = self._since
        return since is not None and self._lost >= SEVERAL and self._now() - since >= LONG

    def answered(self) -> None:
        """Note that Telegram answered something."""
        self._answered_at, self._since, self._lost = self._now(), None, 0

    def lost(self, seconds: float) -> None:
        """Note that a call that was made so many seconds ago got no answer."""
        begun = self._now() - timedelta(seconds=seconds)
        if self._answered_at is not None:
            begun = max(begun, self._answered_at)
        self._since = begun if self._since is None else min(self._since, begun)
        self._lost += 1

    def clock_moved(self, by: timedelta) -> None:
        """Move along what was noted by the clock, which was put by so much."""
        self._answered_at = self._answered_at and self._answered_at + by
        self._since = self._since and self._since + by
