"""Rate, limit and counts, for whoever watches."""

from collections import deque
from dataclasses import dataclass
from math import ceil

SPAN = 10  # seconds over which the rate is averaged
_REST = 2.0  # seconds, or messages that could have been sent, without any: what comes then begins anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How sending goes.

    ``rate`` is messages a second over the last ten whole seconds, or since sending began after a rest;
    ``limit`` is what may be sent a second at present. Since the start, ``sent`` were accepted by Telegram,
    ``refused`` got a 429, ``failed`` ended in any other way. ``paused_for`` is for how many seconds nothing
    will be sent, because Telegram does not answer if it ``rests``, and else as Telegram asked; ``slow_for``
    for how many the limit has been lower than configured.
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

    __slots__ = ("_seconds", "failed", "refused", "sent")

    def __init__(self) -> None:
        self.sent = self.refused = self.failed = 0
        self._seconds: deque[list[int]] = deque(maxlen=SPAN + 1)  # [second, messages in it]

    def count(self, now: float) -> None:
        """Count one message that was sent."""
        self.sent += 1
        second = int(now)
        if self._seconds and self._seconds[-1][0] == second:
            self._seconds[-1][1] += 1
        else:
            self._seconds.append([second, 1])

    def rate(self, now: float, limit: float) -> float:
        """Messages a second over the last ten whole seconds, or since sending began after a rest.

        What was not sent before a broadcast began would make its estimates many times too long.
        """
        this = int(now)
        begun = max(self._begun(limit, this), this - SPAN)
        counted = [sent for second, sent in self._seconds if begun <= second < this]
        return sum(counted) / (this - begun) if counted else 0.0

    def _begun(self, limit: float, this: int) -> int:
        """The second in which the last run of messages began, of those that no rest parts."""
        rest, begun = ceil(_REST / min(limit, 1.0)), this
        for number, (second, _) in enumerate(reversed(self._seconds)):
            if number and begun - second > rest:
                break
            begun = second
        return begun

    def report(self, now: float, *, limit: float, paused_for: float, rests: bool, slow_for: float) -> Report:
        """The counts, with the budget's limit and pause."""
        return Report(
            rate=self.rate(now, limit),
            limit=limit,
            sent=self.sent,
            refused=self.refused,
            failed=self.failed,
            paused_for=paused_for,
            rests=rests,
            slow_for=slow_for,
        )
