"""GET /health: 200 while Telegram and the database answer, 503 with the reason when not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.errors import BadInput


@dataclass(slots=True, kw_only=True)
class Health:
    """Whether the bot is well. ``now`` is a steady clock in seconds.

    ``patience`` is how many seconds may pass between two answers to getUpdates.
    """

    database: Callable[[], Awaitable[bool]]
    now: Callable[[], float]
    patience: float
    _polled_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._polled_at = self.now()

    def answered(self, method: str) -> None:
        """Note that Telegram answered a method."""
        if method == "getUpdates":
            self._polled_at = self.now()

    async def trouble(self) -> str | None:
        """What is wrong, in a few words; None where nothing is."""
        if self.now() - self._polled_at > self.patience:
            return "Telegram has not answered for a while"
        if not await self.database():
            return "the database does not answer"
        return None


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
