"""What is sent first."""

from enum import IntEnum


class Priority(IntEnum):
    """The lower one is sent first, and of equals the one that came first."""

    REPLY = 0  #: somebody waits for it
    BROADCAST = 1  #: a part of an issue that nobody asked for
