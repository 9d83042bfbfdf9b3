"""Rate, limit and counts, for whoever watches."""

from collections import deque
from dataclasses import dataclass

SPAN = 10  # seconds over which the rate is averaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How sending goes.

    ``rate`` is messages a second over the last ten whole seconds, ``limit`` what may be sent a second
    at present. Since the start, ``sent`` were accepted by Telegram, ``refused`` got a 429, ``failed``
    ended in any other way. ``paused_for`` is for how many seconds nothing will be sent, because Telegram does
    not answer if it ``rests``, and else as Telegram asked; ``slow_for`` for how many the limit has been lower
    than configured.
    """

    rate: float
    limit: float
    sent: int
    refused: int
    failed: int
    paused_for: float
    slow_for: float = 0.0
    rests: bool = False


class SendCounter:
    """Counts messages. ``now`` is in seconds of a monotonic clock."""

    __slots__ = ("_seconds", "_start", "failed", "refused", "sent")

    def __init__(self, now: float) -> None:
        self.sent = self.refused = self.failed = 0
        self._start = int(now)
        self._seconds: deque[list[int]] = deque(maxlen=SPAN + 1)  # [second, messages in it]

    def count(self, now: float) -> None:
        """Count one message that was sent."""
        self.sent += 1
        second = int(now)
        if self._seconds and self._seconds[-1][0] == second:
            self._seconds[-1][1] += 1
        else:
            self._seconds.append([second, 1])

    def rate(self, now: float) -> float:
        """Messages a second over the last ten whole seconds, or as many as there were."""
        this = int(now)
        span = min(SPAN, this - self._start)
        if not span:
            return 0.0
        return sum(sent for second, sent in self._seconds if this - span <= second < this) / span

    def report(self, now: float, *, limit: float, paused_for: float, rests: bool, slow_for: float) -> Report:
        """The counts, with the budget's limit and pause."""
        return Report(
            rate=self.rate(now),
            limit=limit,
            sent=self.sent,
            refused=self.refused,
            failed=self.failed,
            paused_for=paused_for,
            rests=rests,
            slow_for=slow_for,
        )
