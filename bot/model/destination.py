"""Where an issue goes."""

from typing import NamedTuple


class Destination(NamedTuple):
    """A chat, or a thread of it: a topic of a forum, which is a destination of its own.

    ``thread`` is 0 for the chat itself, which in a forum is the topic "General".
    """

    chat: int
    thread: int = 0

    def __str__(self) -> str:
        """The chat's id, with the thread's behind it if it is one."""
        return f"{self.chat}:{self.thread}" if self.thread else str(self.chat)
