"""The HTTP server. Apart, for a bot that serves nothing need not import it."""

from aiohttp import web

from bot.errors import BadInput
from bot.web.health import Health


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
        """Listen; BadInput if the port is taken."""
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
