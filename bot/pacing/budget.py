"""What the bot as a whole may send: a number of messages a second, however network and Telegram behave.

Telegram accepts about 30 messages a second from a bot, 1000 from one that pays
(https://core.telegram.org/bots/faq#broadcasting-to-users). Four things must agree before
one is sent: the even spacing, the window of unanswered messages, the pause that Telegram
or the owner asked for, and the outage, if there is one.
"""

from collections import deque
from math import inf

from bot.pacing.gcra import Gcra
from bot.pacing.limit import LearntLimit, Limit
from bot.pacing.outage import Outage
from bot.pacing.window import SECOND, Window

#: The share of the rate that is used; the rest is for clocks that disagree.
SHARE = 0.97
#: Seconds that the process may be held up without losing a slot, a stall here and one at Telegram's end;
#: the window bounds what it makes up for.
HELD_UP = 0.15


class Budget:
    """The slots of one bot. ``share`` of the ``rate`` is used.

    ``now`` and every other time is in seconds of one monotonic clock. For each message call
    :meth:`take`, and then either :meth:`give_back`, or :meth:`answered` and one of the methods
    that say how it ended.
    """

    def __init__(self, *, rate: float, share: float = SHARE) -> None:
        self._share = share
        self._limit = Limit(rate)
        self._slots = Gcra(HELD_UP)
        self._window = Window()
        self._outage = Outage()
        self._paused_until = -inf
        self._throttled_at = self._doubted_at = -inf
        self._taken: deque[float] = deque()  # when Telegram was seen to take one, the last second of it

    def limit(self, now: float) -> float:
        """Messages a second that Telegram accepts, as far as known."""
        return self._limit.at(now)

    def slow_for(self, now: float) -> float:
        """For how many seconds the limit has been lower than configured; 0 if it is not."""
        return self._limit.slow_for(now)

    def learnt(self, now: float) -> LearntLimit | None:
        """What is known of a limit lower than configured; None if there is none."""
        return self._limit.learnt(now)

    def resume(self, learnt: LearntLimit, now: float) -> None:
        """Go on with a limit that another process learnt."""
        self._limit.resume(learnt, now)

    def free_at(self, now: float) -> float:
        """When the next message may be sent, as far as known; infinity while that needs an answer first."""
        return max(
            self._slots.free_at,
            self._paused_until,
            self._outage.free_at(),
            self._window.free_at(now, max(1, int(self._limit.at(now)))),
        )

    def paused_for(self, now: float) -> float:
        """Seconds until the end of a pause or of a rest in an outage; 0 without one."""
        until = max(self._paused_until, self._outage.free_at())
        return max(0.0, until - now) if until < inf else 0.0

    @property
    def rests(self) -> bool:
        """Whether an outage is waited for, rather than the end of a pause that somebody asked for."""
        return self._outage.free_at() > self._paused_until

    def take(self, now: float) -> None:
        """Note that a message is sent."""
        self._slots.take(now, self._interval(now))
        self._window.take()
        self._outage.take()

    def give_back(self, now: float) -> None:
        """Note that the message was not sent after all: it costs nothing."""
        self._slots.give_back(self._interval(now))
        self._window.give_back()
        self._outage.give_back()

    def _interval(self, now: float) -> float:
        return 1 / (self._limit.at(now) * self._share)

    def pause(self, until: float) -> None:
        """Send nothing before ``until``."""
        self._paused_until = max(self._paused_until, until)

    def answered(self, now: float, *, sent: float) -> float:
        """Note that the call of ``sent`` has ended, however; returns when it is assumed to have arrived."""
        return self._window.answered(now, sent)

    def accepted(self, now: float) -> None:
        """Note that Telegram accepted the message."""
        self._outage.end()
        self._taken.append(now)
        while self._taken[0] <= now - SECOND:
            self._taken.popleft()

    def reached(self) -> None:
        """Note that Telegram refused the message for another reason than the rate."""
        self._outage.end()

    def answered_elsewhere(self) -> bool:
        """Note that Telegram answered a call that was no message; returns whether one may go sooner now."""
        return self._outage.answered_elsewhere()

    def accepted_lately(self, now: float) -> int:
        """How many messages Telegram accepted in the last second."""
        return sum(at > now - SECOND for at in self._taken)

    def doubted(self, now: float, *, sent: float) -> None:
        """Note a 429 that probably concerns one chat; one sent before the last was seen says nothing new."""
        self._outage.end()
        if sent > self._doubted_at:
            self._doubted_at = now
            self._limit.doubt(now)

    def throttled(self, now: float, after: float, *, sent: float) -> None:
        """Note a 429 that concerns the bot: everything waits ``after`` seconds, and the limit falls.

        It becomes a little less than Telegram accepted in the second before it refused. A message
        sent before the last such 429 was seen says nothing new about the limit.
        """
        self._outage.end()
        self.pause(now + after)
        if sent > self._throttled_at:
            self._throttled_at = self._doubted_at = now
            self._limit.lower(len(self._taken), now=now, until=now + after)

    def unreachable(self, now: float, *, sent: float) -> None:
        """Note that the message did not reach Telegram, or that Telegram answered 5xx."""
        self._outage.failed(now, sent)

    def unknown(self, now: float, *, sent: float) -> None:
        """Note that the message may or may not have reached Telegram."""
        self._outage.unknown(now, sent)
