"""GET /health: 200 while Telegram and the database answer, 503 with the reason when not."""

from collections.abc import Callable
from typing import Protocol

from aiohttp import web

from bot.errors import BadInput


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


class HealthServer:
    """Serves the health on ``host`` and ``port``."""

    def __init__(self, health: Health, *, host: str, port: int) -> None:
        self._health = health
        self._host = host
        self._port = port
        application = web.Application()
        application.router.add_get("/health", self._get)
        self._runner = web.AppRunner(application, access_log=None)

    async def start(self) -> None:
        """Listen; BadInput where the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise BadInput(
                f"cannot listen on {self._host}:{self._port}: {error.strerror}", where="web.port"
            ) from None

    async def stop(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()

    async def _get(self, _: web.Request) -> web.Response:
        trouble = await self._health.trouble()
        return web.json_response({"status": trouble or "ok"}, status=503 if trouble else 200)
