"""What is sent first, and takes turns where both wait."""

from enum import IntEnum


class Priority(IntEnum):
    """In one chat the lower one is sent first; over all chats each has at least half of the budget."""

    REPLY = 0  #: somebody waits for it
    BROADCAST = 1  #: a part of an issue that nobody asked for
