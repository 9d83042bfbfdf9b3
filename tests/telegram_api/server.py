"""A real HTTP server on 127.0.0.1 that answers as it is told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "123456:very-secret-token"
ME = {"id": 123456, "is_bot": True, "first_name": "简报", "username": "jianbao_bot"}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class BotApi:
    """Answers a method by its ``results``, else by ``answers`` in turn, then with success.

    getMe has answers of its own, ``in_doubt``. ``seen`` holds what came, ``callers`` the far end of each
    connection that it came by.
    """

    answers: list[Answer] = field(default_factory=list)
    results: dict[str, object] = field(default_factory=dict)
    in_doubt: list[Answer] = field(default_factory=list)
    seen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    callers: set[object] = field(default_factory=set)

    def server(self) -> TestServer:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        return TestServer(app)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        assert request.transport is not None
        self.callers.add(request.transport.get_extra_info("peername"))
        self.seen.append((method, await _parameters(request)))
        if method == "getMe" and self.in_doubt:
            return await self.in_doubt.pop(0)(request)
        if method == "getMe" and TOKEN in request.path:
            return web.json_response({"ok": True, "result": ME})
        if method in self.results:
            return web.json_response({"ok": True, "result": self.results[method]})
        if self.answers:
            return await self.answers.pop(0)(request)
        if method == "getUpdates":
            return web.json_response({"ok": True, "result": []})
        return web.json_response({"ok": True, "result": message(40 + len(self.seen))})

    def said(self, method: str) -> list[dict[str, Any]]:
        """The parameters of each call of a method."""
        return [parameters for name, parameters in self.seen if name == method]


def message(message_id: int) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": 1_772_452_800,
        "chat": {"id": 7, "type": "private"},
        "text": "x",
    }


def refusal(code: int, description: str, **parameters: object) -> Answer:
    """Telegram's own way to say no."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=code)

    return answer


def page(code: int, text: str) -> Answer:
    """What a proxy says."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text=text, content_type="text/html")

    return answer


async def hang_up(request: web.Request) -> web.StreamResponse:
    """The request was read; the connection breaks."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def never() -> tuple[Answer, asyncio.Event]:
    """An answer that comes only when the event is set."""
    released = asyncio.Event()

    async def answer(_: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response()

    return answer, released


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    form = await request.post()
    return {
        name: (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for name, value in form.items()
    }
