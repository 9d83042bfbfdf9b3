"""The door for the bot: ``/bot<token>/<method>``, as Telegram's own server answers there."""

import asyncio
import re
import secrets
import socket
import struct
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox import methods
from bot.sandbox.errors import ApiError, not_found, unauthorized
from bot.sandbox.faults import Fault, FaultKind, Faults
from bot.sandbox.journal import Journal, Request
from bot.sandbox.methods.method import Call, Method
from bot.sandbox.params import Params, read_params
from bot.sandbox.state import Json
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_UNLOGGED = {"getUpdates"}  # asked all the time: an empty answer says nothing


class BotApi:
    """Answers the bot's requests; ``sleep`` waits out the delay of a slow or stalled answer."""

    def __init__(  # the parts it brings together
        self,
        *,
        token: str,
        world: World,
        webhook: WebhookSender,
        faults: Faults,
        journal: Journal,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._token = token
        self._world = world
        self._webhook = webhook
        self._faults = faults
        self._journal = journal
        self._sleep = sleep

    def routes(self) -> list[web.RouteDef]:
        """The one path, for GET and POST."""
        path = r"/bot{token:[^/]+}/{method:[^/]+}"
        return [web.get(path, self.handle, allow_head=False), web.post(path, self.handle)]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request, from its path to the answer in Telegram's shape."""
        try:
            method = self._method(request)
            given = await read_params(request)
        except ApiError as refusal:
            return _response(refusal.code, refusal.as_json())
        except web.HTTPRequestEntityTooLarge:
            return _response(413, ApiError(413, "Request Entity Too Large").as_json())
        fault = self._faults.draw(method.name, _chat_id(given))
        note = partial(self._note, method, given, request.host)
        if fault and fault.kind is FaultKind.RESET:
            note(0, None)
            return _break_connection(request)
        code, answer = await self._answer(method, given, fault)
        if fault and fault.kind is FaultKind.DROP:
            note(0, None)
            return _break_connection(request)
        if fault and fault.kind is FaultKind.STALL:
            await self._stall(fault.delay, note)
        if method.name not in _UNLOGGED or code != 200:
            note(code, answer)
        return _response(code, answer)

    async def _stall(self, delay: float, note: Callable[[int, None], None]) -> None:
        try:
            await self._sleep(delay)
        except asyncio.CancelledError:  # the client has gone
            note(0, None)
            raise

    async def _answer(self, method: Method, given: Params, fault: Fault | None) -> tuple[int, Json]:
        try:
            if fault and fault.kind is FaultKind.SLOW:
                await self._sleep(fault.delay)
            if fault and fault.refusal:
                raise fault.refusal
            result = await method.run(Call(world=self._world, webhook=self._webhook, given=given))
        except ApiError as refusal:
            return refusal.code, refusal.as_json()
        return 200, {"ok": True, "result": result}

    def _method(self, request: web.Request) -> Method:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise not_found()
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            raise unauthorized()
        method = methods.find(request.match_info["method"])
        if method is None:
            raise not_found()
        return method

    def _note(self, method: Method, given: Params, host: str, code: int, answer: Json | None) -> None:
        params = given.as_json()
        request = Request(
            method=method.name,
            chat_id=_chat_id(given),
            params=params,
            unknown=tuple(name for name in params if name not in method.accepts),
            at=self._world.clock(),
            code=code,
            answer=answer,
            host=host,
        )
        self._journal.add(request)
        self._world.feed.publish("request", request=request.as_json)


def _chat_id(given: Params) -> int | None:
    try:
        return given.chat_id()
    except ApiError:
        return None


def _response(code: int, body: Any) -> web.Response:
    return web.Response(status=code, body=orjson.dumps(body), content_type="application/json")


def _break_connection(request: web.Request) -> web.Response:
    """Close the connection without a word; the response that is returned reaches nobody."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()
