"""Chats that nothing more is to be sent to, although a delivery is under way there."""

from collections.abc import Iterator
from contextlib import contextmanager


class Withdrawals:
    """Knows the chats of the running jobs; what is withdrawn holds until the job ends."""

    def __init__(self) -> None:
        self._open: set[int] = set()
        self._withdrawn: set[int] = set()

    def __contains__(self, chat_id: int) -> bool:
        return chat_id in self._withdrawn

    def withdraw(self, chat_id: int) -> None:
        """Let the job of this chat, if there is one, send nothing that has not left."""
        if chat_id in self._open:
            self._withdrawn.add(chat_id)

    @contextmanager
    def job(self, chat_id: int) -> Iterator[None]:
        """While open, a job runs for the chat."""
        self._open.add(chat_id)
        try:
            yield
        finally:
            self._open.discard(chat_id)
            self._withdrawn.discard(chat_id)
