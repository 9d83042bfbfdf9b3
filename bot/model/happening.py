"""What is counted as time goes on."""

from enum import StrEnum


class Happening(StrEnum):
    """What happened in a chat. Who leaves is counted by the state they are in then."""

    JOINED = "joined"  #: subscribed for the first time
    RETURNED = "returned"  #: had stopped or was out of reach, and gets issues again
    STOPPED = "stopped"  #: asked to stop
    BLOCKED = "blocked"  #: blocked the bot
    DEACTIVATED = "deactivated"  #: the account or chat is gone
    PUSHED = "pushed"  #: an issue was planned for a subscriber
    REQUESTED = "requested"  #: a reader asked for an issue, or for the rest of one


#: How a subscriber is lost: each way there is.
LOSSES = (Happening.STOPPED, Happening.BLOCKED, Happening.DEACTIVATED)
