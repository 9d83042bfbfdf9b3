"""A page on this machine that shows an issue as readers get it, and itself anew whenever that changes."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.web.listening import Listener

_TYPES = {"live.html": "text/html", "live.css": "text/css", "live.js": "text/javascript"}
_OWN = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'"
#: The messages have their look with them, and pictures from wherever their editor keeps them.
_MESSAGES = "default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:; base-uri 'self'"
_STILL_HERE = 15.0  # seconds after which a silent stream says so
_LINGERS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the page shows: the messages as a page of their own, and what stands beside them."""

    messages: str
    beside: Mapping[str, Any] = field(default_factory=dict)


class LivePage:
    """Serves the view at ``host`` and ``port``; ``guards`` say who may come in."""

    def __init__(self, view: View, *, host: str, port: int, guards: Sequence[Middleware]) -> None:
        self._view = view
        self._version = 1
        self._changed = asyncio.Event()
        application = web.Application(middlewares=guards)
        application.router.add_get("/", self._index)
        application.router.add_get("/page/{name}", self._file)
        application.router.add_get("/messages", self._messages)
        application.router.add_get("/events", self._events)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_LINGERS)
        self._listener = Listener(self._runner, host=host, port=port, where="--port")

    async def start(self) -> str:
        """Listen; the page's address. Raises BadInput if the port is taken."""
        await self._listener.start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}/"

    async def stop(self) -> None:
        """Listen no more."""
        await self._listener.stop()

    def show(self, view: View) -> None:
        """Show another view to everybody who looks."""
        self._view, self._version = view, self._version + 1
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def _index(self, _: web.Request) -> web.Response:
        return _answer("live.html")

    async def _file(self, request: web.Request) -> web.Response:
        return _answer(request.match_info["name"])

    async def _messages(self, _: web.Request) -> web.Response:
        headers = {"Content-Security-Policy": _MESSAGES, "Cache-Control": "no-store"}
        return web.Response(text=self._view.messages, content_type="text/html", headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        with suppress(ConnectionError):  # they looked away
            while True:
                changed = self._changed
                said = json.dumps({"version": self._version, **self._view.beside}, ensure_ascii=False)
                await stream.write(f"data: {said}\n\n".encode())
                while not await _set_within(changed, _STILL_HERE):
                    await stream.write(b": still here\n\n")
        return stream


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


def _answer(name: str) -> web.Response:
    if name not in _TYPES:
        raise web.HTTPNotFound
    body = files("bot.web").joinpath("page", name).read_bytes()
    headers = {"Content-Security-Policy": _OWN, "Cache-Control": "no-cache"}
    return web.Response(body=body, content_type=_TYPES[name], charset="utf-8", headers=headers)
