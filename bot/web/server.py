"""The HTTP server. Apart, for a bot that serves nothing need not import it."""

from aiohttp import web

from bot.errors import BadInput
from bot.web.health import Health


class WebServer:
    """Serves on ``host`` and ``port``: that the process lives, and whether it is ready.

    ``where`` is the setting that the port comes from.
    """

    def __init__(self, *, host: str, port: int, where: str = "web.port") -> None:
        self._host = host
        self._port = port
        self._where = where
        self._application = web.Application()
        self._runner = web.AppRunner(self._application, access_log=None)

    def show_health(self, health: Health) -> None:
        """Answer GET /live, /ready and /health."""

        async def live(_: web.Request) -> web.Response:
            return web.json_response({"status": "ok"})

        async def ready(_: web.Request) -> web.Response:
            well, said = health.answer()
            return web.json_response(said, status=200 if well else 503)

        self._application.router.add_get("/live", live)
        for path in ("/ready", "/health"):
            self._application.router.add_get(path, ready)

    async def start(self) -> None:
        """Listen; BadInput if the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise BadInput(
                f"cannot listen on {self._host}:{self._port}: {error.strerror}", where=self._where
            ) from None

    async def stop(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()
