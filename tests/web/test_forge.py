"""A forge calls: who has its secret is believed, and all that happens is that the repository is asked."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.web.forge import LARGEST_BODY, PushHook

SECRET = "a-secret-of-the-forge-0815"
BODY = b'{"ref": "refs/heads/main"}'


def signed(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Forge:
    """A forge that calls, and how often it was believed."""

    def __init__(self) -> None:
        self.pushes = 0
        application = web.Application()
        application.router.add_post("/source", PushHook(SECRET, self._pushed, patience=0.2).answer)
        self.server = TestServer(application)

    def _pushed(self) -> None:
        self.pushes += 1

    async def call(self, headers: dict[str, str], body: bytes = BODY) -> int:
        data = BytesIO(body)
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.server.make_url("/source"), data=data, headers=headers) as answer,
        ):
            assert SECRET not in await answer.text()
            return answer.status


@pytest.fixture
async def forge() -> AsyncIterator[Forge]:
    forge = Forge()
    await forge.server.start_server()
    yield forge
    await forge.server.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Hub-Signature-256": f"sha256={signed(BODY)}"},
        {"X-Hub-Signature-256": f"sha256={signed(BODY)}", "X-Gitea-Signature": signed(BODY)},
        {"X-Gitea-Signature": signed(BODY)},
        {"X-Gitlab-Token": SECRET},
    ],
    ids=["GitHub", "Gitea", "Forgejo", "GitLab"],
)
async def test_a_forge_with_the_secret_is_believed(forge: Forge, headers: dict[str, str]) -> None:
    assert (await forge.call(headers), forge.pushes) == (202, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": f"sha256={signed(b'another body')}"},
        {"X-Hub-Signature-256": f"sha256={signed(BODY, 'another secret')}"},
        {"X-Hub-Signature": f"sha1={signed(BODY)}"},
        {"X-Gitlab-Token": ""},
        {"X-Gitlab-Token": SECRET[:-1]},
        {"X-Gitlab-Token": "密"},
    ],
)
async def test_nobody_else_is(forge: Forge, headers: dict[str, str]) -> None:
    assert (await forge.call(headers), forge.pushes) == (403, 0)


async def test_a_body_beyond_all_measure_is_not_read_to_its_end(forge: Forge) -> None:
    body = bytes(LARGEST_BODY + 1)
    assert (await forge.call({"X-Gitea-Signature": signed(body)}, body), forge.pushes) == (413, 0)


async def test_a_body_that_does_not_come_is_not_waited_for(forge: Forge) -> None:
    reader, writer = await asyncio.open_connection(forge.server.host, forge.server.port)
    head = (
        f"POST /source HTTP/1.1\r\nHost: x\r\nX-Gitea-Signature: {signed(BODY)}\r\nContent-Length: 99\r\n\r\n"
    )
    writer.write(head.encode() + BODY)
    assert b" 408 " in await reader.readline()
    writer.close()
    assert forge.pushes == 0
