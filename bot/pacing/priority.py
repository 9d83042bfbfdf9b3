"""What goes first."""

from enum import IntEnum


class Priority(IntEnum):
    """The lower one goes first, and among equals whoever came first."""

    REPLY = 0  #: somebody waits for it
    BROADCAST = 1  #: a part of an issue that nobody asked for
