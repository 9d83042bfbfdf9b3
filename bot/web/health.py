"""Whether the bot is well: what GET /health answers, 200 or 503 with the reason."""

from collections.abc import Callable
from typing import Protocol


class Database(Protocol):
    """What holds everything."""

    @property
    def trouble(self) -> str | None:
        """Why the latest write failed; None after one that did not."""

    async def healthy(self) -> bool:
        """Whether it answers, and took what was last written."""


class Health:
    """Whether the bot is well. ``now`` is a steady clock in seconds.

    ``patience`` is how many seconds may pass between two answers to getUpdates, while this process
    is the one that asks.
    """

    def __init__(self, *, database: Database, now: Callable[[], float], patience: float) -> None:
        self._database = database
        self._now = now
        self._patience = patience
        self._listens = False
        self._polled_at = now()

    def listens(self, *, yes: bool) -> None:
        """Whether this process asks for updates: of several, one does."""
        self._listens = yes
        self._polled_at = self._now()

    def answered(self, method: str) -> None:
        """Note that Telegram answered a method."""
        if method == "getUpdates":
            self._polled_at = self._now()

    async def trouble(self) -> str | None:
        """What is wrong, in a few words; None where nothing is."""
        if self._listens and self._now() - self._polled_at > self._patience:
            return "Telegram has not answered for a while"
        if await self._database.healthy():
            return None
        return self._database.trouble or "the database does not answer"
