"""The door at which Telegram brings updates. Apart, for a bot that fetches them need not import it."""

import asyncio
import hmac
from http import HTTPStatus
from typing import Protocol

from aiohttp import web

from bot.errors import BadInput, StoreError
from bot.web.listening import Listener

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
LARGEST_BODY = 1024**2  # bytes; an update has a few thousand
_PATIENCE = 10.0  # seconds for a body to arrive
_LINGERS = 1.0  # seconds for the rest of a body that is not wanted, and for requests when the server stops
_AGAIN = {"Retry-After": "1"}  # seconds; without it Telegram would wait ever longer, up to two minutes


class Receiver(Protocol):
    """Who takes updates in."""

    @property
    def is_open(self) -> bool:
        """Whether this process handles updates, and has room for more."""

    async def take(self, body: bytes) -> None:
        """Store an update and let it be handled.

        Raises BadInput if it is none, StoreError if it was not stored.
        """


class WebhookServer:
    """Takes in what comes to ``path`` with ``secret``, and answers 200 once the receiver has stored it.

    Whatever is not taken in gets another answer, upon which Telegram brings it again: 503 also from a
    process that stands by, so that a web server in front tries the next one. GET says which of them is open.
    A body that takes longer than ``patience`` seconds is not waited for.
    """

    def __init__(
        self,
        receiver: Receiver,
        *,
        host: str,
        port: int,
        path: str,
        secret: str,
        patience: float = _PATIENCE,
    ) -> None:
        self._patience = patience
        self._receiver = receiver
        self._secret = secret.encode()
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_get(path, self._get)
        application.router.add_post(path, self._post)
        runner = web.AppRunner(
            application, access_log=None, lingering_time=_LINGERS, shutdown_timeout=_LINGERS
        )
        self._listener = Listener(runner, host=host, port=port, where="telegram.webhook.port")

    async def start(self) -> None:
        """Listen; BadInput if the port is taken."""
        await self._listener.start()

    async def stop(self) -> None:
        """Listen no more."""
        await self._listener.stop()

    async def _get(self, _: web.Request) -> web.Response:
        return _answer(HTTPStatus.NO_CONTENT) if self._receiver.is_open else _later()

    async def _post(self, request: web.Request) -> web.Response:
        if not self._is_telegrams(request):
            return _answer(HTTPStatus.FORBIDDEN)
        if not self._receiver.is_open:
            return _later()
        try:
            async with asyncio.timeout(self._patience):
                body = await request.read()
            await self._receiver.take(body)
        except TimeoutError:
            return _answer(HTTPStatus.REQUEST_TIMEOUT)
        except BadInput:
            return _answer(HTTPStatus.BAD_REQUEST)
        except StoreError:
            return _later()
        return _answer(HTTPStatus.OK)

    def _is_telegrams(self, request: web.Request) -> bool:
        """In a time that says nothing of the secret."""
        shown = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(shown, self._secret)


def _later() -> web.Response:
    return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=_AGAIN)


def _answer(status: HTTPStatus) -> web.Response:
    return web.Response(status=status)
