"""When Telegram cannot be reached: everybody waits, and one message at a time finds out.

Single failures happen and mean nothing. From the third in a row on, all waits half a
second, and then one message goes as a probe. Where it fails too, the wait doubles, up to
half a minute. Whatever Telegram answers ends the outage. Without this, every row that is
due would be tried and put off while the network is down.
"""

from math import inf

FAILURES_OF_AN_OUTAGE = 3
FIRST_REST = 0.5  # seconds
LONGEST_REST = 30.0  # seconds


class Outage:
    """Whether there is one, and when it lets the next message go. Times are seconds of a steady clock."""

    __slots__ = ("_failures", "_probing", "_rest", "_since", "_until")

    def __init__(self) -> None:
        self._since = -inf  # when the last rest began
        self.end()

    def end(self) -> None:
        """Telegram answered."""
        self._failures = 0
        self._rest = 0.0
        self._until = -inf
        self._probing = False

    def free_at(self) -> float:
        """When the next message may go; infinity while a probe is out."""
        return inf if self._probing else self._until

    def take(self) -> None:
        """A message goes: the probe, if this is an outage."""
        self._probing = self._rest > 0

    def give_back(self) -> None:
        """The message did not go after all."""
        self._probing = False

    def failed(self, now: float, sent: float) -> None:
        """What went at ``sent`` did not reach Telegram.

        It says nothing new if it went before the rest began: with many messages on their
        way, the start of an outage fails them all.
        """
        if sent <= self._since:
            return
        self._failures += 1
        if self._failures >= FAILURES_OF_AN_OUTAGE:
            self._pause(now, min(2 * self._rest or FIRST_REST, LONGEST_REST))

    def unknown(self, now: float, sent: float) -> None:
        """Nobody knows what became of it. Another probe may go after another rest, as long as the last."""
        if self._probing and sent > self._since:
            self._pause(now, self._rest)

    def _pause(self, now: float, rest: float) -> None:
        self._rest, self._since, self._until = rest, now, now + rest
        self._probing = False
