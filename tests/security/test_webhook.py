"""The door at which Telegram brings updates, before everybody else who finds it."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput
from bot.runtime.inbox import Inbox
from bot.storage import Database, Updates
from bot.web.webhook import LARGEST_BODY, SECRET_HEADER, WebhookServer
from tests.acceptance.test_webhook import free_port
from tests.builders import NOON
from tests.runtime.test_inbox import Away, application, body, handed_on

SECRET = "a-secret-of-sixteen-or-more"
RIGHT = {SECRET_HEADER: SECRET}
DEEP = 100_000


class Taken:
    """Takes what is JSON, and notes it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    @property
    def is_open(self) -> bool:
        return True

    async def take(self, body: bytes) -> None:
        """Note it."""
        self.bodies.append(body)


@asynccontextmanager
async def door(receiver: Taken | Inbox, patience: float = 5.0) -> AsyncIterator[str]:
    port = free_port()
    server = WebhookServer(
        receiver, host="127.0.0.1", port=port, path="/hook", secret=SECRET, patience=patience
    )
    await server.start()
    try:
        yield f"http://127.0.0.1:{port}/hook"
    finally:
        await server.stop()


async def status(url: str, method: str = "POST", data: Any = b"{}", **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=data, headers=headers) as response,
    ):
        assert await response.text() in {"", "405: Method Not Allowed", "404: Not Found"} or (
            response.status == 413
        )
        return response.status


async def test_without_the_secret_of_now_nothing_is_even_read() -> None:
    taken = Taken()
    async with door(taken) as url:
        assert await status(url) == 403
        for shown in (
            "",
            SECRET[:-1],
            SECRET + "x",
            SECRET.upper(),
            "the-secret-of-last-week",
            "é",
            f"{SECRET},",
        ):
            assert await status(url, **{SECRET_HEADER: shown}) == 403, shown
            assert (
                await status(url, data=io.BytesIO(b"x" * (LARGEST_BODY + 1)), **{SECRET_HEADER: shown}) == 403
            )
        for elsewhere in (f"{url}?secret={SECRET}", f"{url}#{SECRET}"):
            assert await status(elsewhere) == 403
        assert await status(url, Authorization=f"Bearer {SECRET}", Cookie=f"{SECRET_HEADER}={SECRET}") == 403
    assert taken.bodies == []


async def test_only_get_and_post_of_its_path_are_answered() -> None:
    taken = Taken()
    async with door(taken) as url:
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
            assert await status(url, method, **RIGHT) == 405, method
        for path in ("/", "/hook/", "/hook/x", "//hook", "/metrics", "/health"):
            assert await status(url.replace("/hook", path) + "?", **RIGHT) == 404, path
    assert taken.bodies == []


async def endless() -> AsyncIterator[bytes]:
    """More than anybody may send, without saying beforehand how much it will be."""
    for _ in range(64):
        yield b"x" * 65_536


async def test_a_body_too_long_is_refused_however_it_comes() -> None:
    taken = Taken()
    async with door(taken) as url:
        assert await status(url, data=io.BytesIO(b"x" * LARGEST_BODY), **RIGHT) == 200
        assert await status(url, data=io.BytesIO(b"x" * (LARGEST_BODY + 1)), **RIGHT) == 413
        assert await status(url, data=endless(), **RIGHT) == 413
        bomb = gzip.compress(bytes(LARGEST_BODY * 50))
        assert await status(url, data=io.BytesIO(bomb), **RIGHT, **{"Content-Encoding": "gzip"}) == 413
    assert list(map(len, taken.bodies)) == [LARGEST_BODY]


async def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async with door(taken := Taken(), patience=0) as url:
        host, port = url.split("/")[2].split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = ("POST /hook HTTP/1.1", "Host: x", "Content-Length: 9", f"{SECRET_HEADER}: {SECRET}", "", "")
        writer.write("\r\n".join(head).encode())
        async with asyncio.timeout(5):
            assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()
        await writer.wait_closed()
    assert taken.bodies == []


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"update_id":"\\ud800"}',
        b"[" * DEEP,
        b'{"a":' * DEEP,
        b'{"update_id":1,"x":' + b"[" * DEEP + b"]" * DEEP + b"}",
        body({"update_id": True}),
        body({"update_id": 1.5}),
        body({"update_id": None}),
        body({"update_id": [1]}),
        body({"update_id": 2**63}),
        body({"update_id": -(2**63) - 1}),
        b'{"update_id":' + b"9" * 400 + b"}",
        b'{"update_id":NaN}',
    ],
)
async def test_what_is_no_update_is_refused_before_anything_is_stored(given: bytes) -> None:
    handlers = application(Away())
    with pytest.raises(BadInput):
        await Inbox(handlers, Away(), lambda: NOON).take(given)
    assert handed_on(handlers) == []


def nested(depth: int) -> dict[str, Any]:
    """A message in reply to one in reply to one."""
    made: dict[str, Any] = {}
    for number in range(depth):
        made = {
            "message_id": number,
            "date": 1,
            "chat": {"id": 1, "type": "private"},
            "reply_to_message": made,
        }
    return made


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": nested(900)},
        {"update_id": 1, "message": {"text": "\x00" * 9}},
        {"update_id": 1, "message": []},
        {"update_id": 1, "callback_query": {"from": "nobody"}},
        {"update_id": 1, "message": {"message_id": 2**70, "date": 10**30, "chat": {"id": "x", "type": 5}}},
    ],
)
async def test_an_update_that_cannot_be_read_is_done_with(database_url: str, update: dict[str, Any]) -> None:
    """Telegram would bring it for ever, if it got no 200."""
    async with Database(database_url) as database:
        updates = Updates(database)
        inbox = Inbox(application(updates), updates, lambda: NOON)
        with capture_logs():  # of a thousand calls, each in the other
            await inbox.take(json.dumps(update).encode())
        assert await updates.known(1) or len(await updates.waiting()) == 1
