"""What is kept about a chat, and how it is forgotten."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import ChatRole


class Kept(Protocol):
    """How much is kept besides a subscription."""

    @property
    def saved(self) -> int:
        """How many items the chat keeps."""

    @property
    def issues(self) -> int:
        """Of how many issues it is known what became of them in the chat."""

    @property
    def declined(self) -> bool:
        """Whether it is known until when the chat does not care for what it missed."""

    @property
    def roles(self) -> Collection[ChatRole]:
        """What the chat was claimed to be for those who work with the bot."""


Rows = Mapping[str, Sequence[Mapping[str, object]]]  #: of each table with any, by column, as JSON has them


class Store(Protocol):
    """Where all of it is kept."""

    async def kept(self, chat_id: int) -> Kept: ...

    async def forget(self, chat_id: int, now: datetime) -> None:
        """Delete all that names the chat."""


class Tables(Protocol):
    """Where all of it can be read."""

    async def of(self, chat_id: int) -> Rows:
        """Every row that is the chat's."""


class PersonalData:
    """Tells all that is kept of a chat."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def document(self, chat_id: int) -> str | None:
        """All of it as a JSON document, table by table; None if nothing is kept."""
        rows = await self._tables.of(chat_id)
        return json.dumps({"chat": chat_id, **rows}, ensure_ascii=False, indent=2) if rows else None


class Forgetting:
    """Forgets chats. ``withdraw`` lets nothing leave any more of what is being sent to one.

    ``now`` tells the time.
    """

    def __init__(self, store: Store, withdraw: Callable[[int], None], now: Callable[[], datetime]) -> None:
        self._store = store
        self._withdraw = withdraw
        self._now = now

    async def kept(self, chat_id: int) -> Kept:
        """What is kept besides the subscription."""
        return await self._store.kept(chat_id)

    async def forget(self, chat_id: int) -> None:
        """Forget the chat, and send it nothing more."""
        await self._store.forget(chat_id, self._now())
        self._withdraw(chat_id)
