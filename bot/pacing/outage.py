"""When Telegram cannot be reached: everything waits, and one message at a time finds out.

Single failures mean nothing. From the third in a row on, everything waits half a second, and then
one message is sent as a probe. If it fails too, the wait doubles, up to half a minute. Any answer of
Telegram to a message ends the outage, and one to another call ends the wait, for Telegram may answer
all calls but messages. Without this, every due row would be tried and deferred while the network is
down.

Messages that left and got no answer are an outage too if several in a row end so. As each may have
arrived, and a row has few such tries, the waits are longer: half a minute at first.
"""

from math import inf

FAILURES_OF_AN_OUTAGE = 3
FIRST_REST = 0.5  # seconds
LONGEST_REST = 30.0  # seconds
FIRST_UNKNOWN_REST, LONGEST_UNKNOWN_REST = 30.0, 300.0  # seconds, where a probe may come twice
LEAST_REST = 1.0  # seconds that a longer wait lasts whatever else Telegram answers


class Outage:
    """Whether there is one, and when the next message may be sent. Times are seconds of a monotonic clock."""

    __slots__ = ("_failures", "_probing", "_rest", "_since", "_unknown", "_unknown_at", "_until")

    def __init__(self) -> None:
        self._since = -inf  # when the last rest began
        self._unknown_at = -inf  # when the last message that counts as unknown ended
        self.end()

    def end(self) -> None:
        """End the outage: Telegram answered."""
        self._failures = self._unknown = 0
        self._rest = 0.0
        self._until = -inf
        self._probing = False

    def answered_elsewhere(self) -> bool:
        """Note that Telegram answered a call that was no message; returns whether the wait is shorter now."""
        until = min(self._until, self._since + LEAST_REST)
        shorter, self._until = until < self._until, until
        return shorter

    def free_at(self) -> float:
        """When the next message may be sent; infinity while a probe has no answer."""
        return inf if self._probing else self._until

    def take(self) -> None:
        """Note that a message is sent; in an outage it is the probe."""
        self._probing = self._rest > 0

    def give_back(self) -> None:
        """Note that the message was not sent after all."""
        self._probing = False

    def failed(self, now: float, sent: float) -> None:
        """Note that the message of ``sent`` did not reach Telegram.

        It says nothing new if it was sent before the wait began: the start of an outage fails every
        message in flight.
        """
        if sent <= self._since:
            return
        self._failures += 1
        if self._failures >= FAILURES_OF_AN_OUTAGE:
            self._pause(now, min(2 * self._rest or FIRST_REST, LONGEST_REST))

    def unknown(self, now: float, sent: float) -> None:
        """Note that the message may have arrived.

        Another probe follows after a wait as long as the last; a longer one if several in a row end so, each
        sent after the one before had ended: what breaks together says one thing.
        """
        if sent <= max(self._since, self._unknown_at):
            return
        self._unknown, self._unknown_at = self._unknown + 1, now
        if self._unknown >= FAILURES_OF_AN_OUTAGE:
            self._pause(now, min(max(2 * self._rest, FIRST_UNKNOWN_REST), LONGEST_UNKNOWN_REST))
        elif self._probing:
            self._pause(now, self._rest)

    def _pause(self, now: float, rest: float) -> None:
        self._rest, self._since, self._until = rest, now, now + rest
        self._probing = False
