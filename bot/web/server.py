"""The HTTP server. Apart, for a bot that serves nothing need not import it."""

import hmac
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.web.figure import Figure
from bot.web.health import Health
from bot.web.listening import Listener

_LINGERS = 1.0  # seconds for the rest of a body that is not wanted


class WebServer:
    """Serves on ``host`` and ``port`` what it is told to show.

    ``where`` is the setting that the port comes from.
    """

    def __init__(self, *, host: str, port: int, where: str = "web.port") -> None:
        self._application = web.Application()
        runner = web.AppRunner(self._application, access_log=None, lingering_time=_LINGERS)
        self._listener = Listener(runner, host=host, port=port, where=where)

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

    def show_metrics(self, figures: Callable[[], Awaitable[Sequence[Figure]]], token: str | None) -> None:
        """Answer GET /metrics; with a ``token``, only who brings it as a bearer."""
        from bot.web.metrics import CONTENT_TYPE, exposition  # noqa: PLC0415  # only if they are shown

        expected = f"Bearer {token}".encode()

        async def metrics(request: web.Request) -> web.Response:
            brought = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
            if token is not None and not hmac.compare_digest(brought, expected):
                return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
            body = exposition(await figures())
            return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

        self._application.router.add_get("/metrics", metrics)

    def hear_pushes(self, path: str, secret: str, on_push: Callable[[], None]) -> None:
        """Call ``on_push`` when a forge that has the secret calls ``path``."""
        from bot.web.forge import PushHook  # noqa: PLC0415  # only if one may call

        self._application.router.add_post(path, PushHook(secret, on_push).answer)

    async def start(self) -> None:
        """Listen; BadInput if the port is taken."""
        await self._listener.start()

    async def stop(self) -> None:
        """Listen no more."""
        await self._listener.stop()
