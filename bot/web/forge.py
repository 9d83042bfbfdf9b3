"""Where a forge says that somebody has pushed. What it says is not read: the repository is asked, no more."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web

SIGNATURES = ("X-Hub-Signature-256", "X-Gitea-Signature")  # GitHub's, which Gitea sends too; Forgejo's
TOKEN = "X-Gitlab-Token"  # noqa: S105  # the header's name
LARGEST_BODY = 4 * 1024**2  # bytes; a push of many commits has some hundred thousand
_CHUNK = 64 * 1024
_PATIENCE = 10.0  # seconds for a body to arrive


class PushHook:
    """Answers 202 to who signs with the ``secret``, or shows it, once ``on_push`` was called.

    A body that takes longer than ``patience`` seconds is not waited for.
    """

    def __init__(self, secret: str, on_push: Callable[[], None], *, patience: float = _PATIENCE) -> None:
        self._secret = secret.encode()
        self._on_push = on_push
        self._patience = patience

    async def answer(self, request: web.Request) -> web.Response:
        """The answer to a POST; anybody may try."""
        if self._shows_it(request):
            return self._taken()
        signature = next(filter(None, map(request.headers.get, SIGNATURES)), None)
        if signature is None:
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            async with asyncio.timeout(self._patience):
                expected = await self._signature(request)
        except TimeoutError:
            return web.Response(status=HTTPStatus.REQUEST_TIMEOUT)
        if expected is None:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not hmac.compare_digest(_bytes(signature.removeprefix("sha256=")), expected):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        return self._taken()

    def _shows_it(self, request: web.Request) -> bool:
        """In a time that says nothing of the secret."""
        return hmac.compare_digest(_bytes(request.headers.get(TOKEN, "")), self._secret)

    async def _signature(self, request: web.Request) -> bytes | None:
        """What the body must be signed with; None if there is too much of it. Nothing of it is kept."""
        made, size = hmac.new(self._secret, digestmod=hashlib.sha256), 0
        async for chunk in request.content.iter_chunked(_CHUNK):
            size += len(chunk)
            if size > LARGEST_BODY:
                return None
            made.update(chunk)
        return made.hexdigest().encode()

    def _taken(self) -> web.Response:
        self._on_push()
        return web.Response(status=HTTPStatus.ACCEPTED)


def _bytes(shown: str) -> bytes:
    return shown.encode("utf-8", "surrogateescape")
