"""What is kept about a chat, and how it is forgotten."""

from collections.abc import Callable
from typing import Protocol


class Kept(Protocol):
    """How much is kept besides a subscription."""

    @property
    def saved(self) -> int:
        """How many items the chat keeps."""

    @property
    def issues(self) -> int:
        """Of how many issues it is known what became of them in the chat."""


class Store(Protocol):
    """Where all of it is kept."""

    async def kept(self, chat_id: int) -> Kept: ...

    async def forget(self, chat_id: int) -> None:
        """Delete all that names the chat."""


class Forgetting:
    """Forgets chats. ``withdraw`` lets nothing leave any more of what is being sent to one."""

    def __init__(self, store: Store, withdraw: Callable[[int], None]) -> None:
        self._store = store
        self._withdraw = withdraw

    async def kept(self, chat_id: int) -> Kept:
        """What is kept besides the subscription."""
        return await self._store.kept(chat_id)

    async def forget(self, chat_id: int) -> None:
        """Forget the chat, and send it nothing more."""
        await self._store.forget(chat_id)
        self._withdraw(chat_id)
