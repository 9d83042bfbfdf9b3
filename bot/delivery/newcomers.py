"""Chats that join and are not greeted yet."""


class Newcomers:
    """The chats to which nothing is delivered now: they join, and the reply that says so has not left.

    The newest issue is planned with the joining; without this it could come before the reply, as the worker
    may look into the ledger between the two. Known to this process alone, which answers and delivers.
    """

    def __init__(self) -> None:
        self._chats: set[int] = set()

    @property
    def chats(self) -> frozenset[int]:
        """The chats as they are now."""
        return frozenset(self._chats)

    def join(self, chat_id: int) -> None:
        """Note that a chat is about to join."""
        self._chats.add(chat_id)

    def greeted(self, chat_id: int) -> None:
        """Note that a chat was answered, or cannot be; nothing happens if it did not join."""
        self._chats.discard(chat_id)
