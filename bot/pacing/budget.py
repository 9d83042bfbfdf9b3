"""What the bot as a whole may send: so many a second, however the network and Telegram behave.

Telegram takes about 30 messages a second of a bot, 1000 of one that pays
(https://core.telegram.org/bots/faq#broadcasting-to-users). Four things must agree before
one goes: the even spacing, the window of what is not yet answered, the pause that Telegram
or the owner asked for, and the outage, if there is one.
"""

from collections import deque
from math import inf

from bot.pacing.gcra import Gcra
from bot.pacing.limit import Limit
from bot.pacing.outage import Outage
from bot.pacing.window import SECOND, Window

#: Of the rate, what is used; the rest is for clocks that disagree.
SHARE = 0.97
#: Seconds that the process may be held up without losing a slot: what it makes up for, the window bounds.
HELD_UP = 0.1


class Budget:
    """The turns of one bot. ``share`` of the ``rate`` is used, the rest is for clocks that disagree.

    ``now`` and every other time is seconds of one steady clock. For each message
    :meth:`take` is called, and then either :meth:`give_back` or :meth:`answered` and one
    of the methods that say how it ended.
    """

    def __init__(self, *, rate: float, share: float = SHARE) -> None:
        self._share = share
        self._limit = Limit(rate)
        self._slots = Gcra(HELD_UP)
        self._window = Window()
        self._outage = Outage()
        self._paused_until = -inf
        self._throttled_at = -inf
        self._taken: deque[float] = deque()  # when Telegram was seen to take one, the last second of it

    def limit(self, now: float) -> float:
        """Messages a second that Telegram takes, as far as we know."""
        return self._limit.at(now)

    def free_at(self, now: float) -> float:
        """When the next may go, by what is known; infinity while only an answer can free it."""
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

    def take(self, now: float) -> None:
        """A message goes."""
        self._slots.take(now, self._interval(now))
        self._window.take()
        self._outage.take()

    def give_back(self, now: float) -> None:
        """The message did not go after all: it costs nothing."""
        self._slots.give_back(self._interval(now))
        self._window.give_back()
        self._outage.give_back()

    def _interval(self, now: float) -> float:
        return 1 / (self._limit.at(now) * self._share)

    def pause(self, until: float) -> None:
        """Nothing goes before ``until``."""
        self._paused_until = max(self._paused_until, until)

    def answered(self, now: float, *, sent: float) -> float:
        """What went at ``sent`` is over, however it ended; returns when it is taken to have arrived."""
        return self._window.answered(now, sent)

    def accepted(self, now: float) -> None:
        """Telegram took it."""
        self._outage.end()
        self._taken.append(now)
        while self._taken[0] <= now - SECOND:
            self._taken.popleft()

    def reached(self) -> None:
        """Telegram answered, and did not take it for a reason that is not about how much we send."""
        self._outage.end()

    def doubted(self, now: float) -> None:
        """A 429 that is probably a chat's own."""
        self._outage.end()
        self._limit.doubt(now)

    def throttled(self, now: float, after: float, *, sent: float) -> None:
        """A 429 of the bot's own: all waits ``after`` seconds, and the limit is lowered.

        It becomes a little less than Telegram took in the second before it refused. What
        went before the last such 429 was seen says nothing new about the limit.
        """
        self._outage.end()
        self.pause(now + after)
        if sent > self._throttled_at:
            self._throttled_at = now
            self._limit.lower(len(self._taken), now=now, until=now + after)

    def unreachable(self, now: float, *, sent: float) -> None:
        """It did not reach Telegram, or Telegram answered 5xx."""
        self._outage.failed(now, sent)

    def unknown(self, now: float, *, sent: float) -> None:
        """Nobody knows whether it reached Telegram."""
        self._outage.unknown(now, sent)
