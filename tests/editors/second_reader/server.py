"""A real HTTP server on 127.0.0.1 that speaks the chat API, and answers as it is told."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

MODEL = "small-model"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class ChatServer:
    """Answers by ``answers`` in turn, then with what ``says`` makes of each question that it is asked.

    ``seen`` holds the bodies of the requests for an answer, ``headers`` those of all requests.
    """

    answers: list[Answer] = field(default_factory=list)
    says: Callable[[str, str], object] = lambda text, topic: True  # noqa: ARG005  # a plain yes
    models: Answer | None = None
    seen: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def server(self) -> TestServer:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        return TestServer(app)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Each question that came: the text and the topic."""
        return [pair for body in self.seen for pair in _questions(body)]

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        body = await request.json()
        self.seen.append(body)
        if self.answers:
            return await self.answers.pop(0)(request)
        said = {
            str(item["item"]): {topic: self.says(item["text"], topic) for topic in item["topics"]}
            for item in _message(body)["items"]
        }
        return await saying(json.dumps(said))(request)

    async def _models(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        if self.models:
            return await self.models(request)
        return web.json_response({"object": "list", "data": [{"id": MODEL, "object": "model"}]})


def _message(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body["messages"][-1]["content"])
    return found


def _questions(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["text"], topic) for item in _message(body)["items"] for topic in item["topics"]]


def saying(content: str | None) -> Answer:
    """The model says this."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": content}}]})

    return answer


def raw(text: str | bytes, status: int = 200, **headers: str) -> Answer:
    """The server answers with this."""

    async def answer(_: web.Request) -> web.StreamResponse:
        body = text.encode() if isinstance(text, str) else text
        return web.Response(body=body, status=status, headers=headers)

    return answer


async def never(_: web.Request) -> web.StreamResponse:
    """The server does not answer."""
    await asyncio.Event().wait()
    raise AssertionError


async def broken(request: web.Request) -> web.StreamResponse:
    """The connection breaks."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
