"""Whether the bot is well: what GET /health answers, 200 or 503 with the reason."""

from collections.abc import Callable
from typing import Protocol


class Database(Protocol):
    """The database, as far as its health goes."""

    @property
    def trouble(self) -> str | None:
        """Why the latest write failed; None if it succeeded."""

    async def healthy(self) -> bool:
        """Whether it answers, and the latest write succeeded."""


class Health:
    """Whether the bot is well. ``now`` is a monotonic clock in seconds.

    ``patience`` is how many seconds may pass between two answers to getUpdates while this process
    fetches updates.
    """

    def __init__(self, *, database: Database, now: Callable[[], float], patience: float) -> None:
        self._database = database
        self._now = now
        self._patience = patience
        self._listens = False
        self._polled_at = now()

    def listens(self, *, yes: bool) -> None:
        """Note whether this process fetches updates: one of several does."""
        self._listens = yes
        self._polled_at = self._now()

    def answered(self, method: str) -> None:
        """Note that Telegram answered a method."""
        if method == "getUpdates":
            self._polled_at = self._now()

    async def trouble(self) -> str | None:
        """What is wrong, in a few words; None if nothing is."""
        if self._listens and self._now() - self._polled_at > self._patience:
            return "Telegram has not answered for a while"
        if await self._database.healthy():
            return None
        return self._database.trouble or "the database does not answer"
