"""Who reads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.cut import Cut


class SubscriberState(StrEnum):
    """Whether issues go out to a subscriber."""

    ACTIVE = "active"  #: gets every issue
    STOPPED = "stopped"  #: asked to stop; settings are kept for a return
    BLOCKED = "blocked"  #: blocked the bot; skipped until they write again
    DEACTIVATED = "deactivated"  #: the account or chat is gone


#: Why what was on its way to somebody is not sent.
STOPPED = "the subscriber stopped"
#: The states of those whom nothing reaches.
UNREACHABLE = (SubscriberState.BLOCKED, SubscriberState.DEACTIVATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One chat that subscribed. ``cut`` is what it gets of every issue."""

    chat_id: int
    state: SubscriberState
    cut: Cut
    joined_at: datetime
