"""Who reads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.cut import Cut
from bot.model.destination import Destination
from bot.model.hours import ANY_TIME, Hours


class SubscriberState(StrEnum):
    """Whether issues go out to a subscriber."""

    ACTIVE = "active"  #: gets every issue
    STOPPED = "stopped"  #: asked to stop; settings are kept for a return
    BLOCKED = "blocked"  #: blocked the bot; skipped until they write again
    DEACTIVATED = "deactivated"  #: the account or chat is gone
    PARKED = "parked"  #: its thread is closed or deleted; active again once it is open


#: Why what was on its way to somebody is not sent.
STOPPED = "the subscriber stopped"
#: The states of a chat that nothing reaches, nor any of its threads.
CHAT_AWAY = (SubscriberState.BLOCKED, SubscriberState.DEACTIVATED)
#: The states of those whom nothing reaches.
UNREACHABLE = (*CHAT_AWAY, SubscriberState.PARKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One chat, or one ``thread`` of it, that subscribed.

    ``cut`` is what it gets of every issue, and ``hours`` say when.
    """

    chat_id: int
    state: SubscriberState
    cut: Cut
    joined_at: datetime
    thread: int = 0
    hours: Hours = ANY_TIME

    @property
    def destination(self) -> Destination:
        """Where its issues go."""
        return Destination(self.chat_id, self.thread)
