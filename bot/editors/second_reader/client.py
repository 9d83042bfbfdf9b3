"""The chat API of OpenAI, as many servers speak it: one request, one answer, each on a connection of its own.

Requests are few, so no connection is kept. Redirects are not followed: the key is for one server alone. An
error quotes nothing of an answer, which may hold anything.
"""

import json
from dataclasses import dataclass, field

import aiohttp
from pydantic import BaseModel, SecretStr, ValidationError

from bot.errors import JianbaoError
from bot.telegram_api.proxy import Proxy, ProxyFailed
from bot.telegram_api.transport import make_connector

_MOST = 1_000_000  # bytes of an answer
_CONNECT = 10.0  # seconds until there is a connection
_OK = 200
_REFUSALS = {
    401: "the key is not accepted",
    403: "the key is not accepted",
    404: "there is no such address or model",
    429: "too many requests, or no credit",
}


class ReaderAway(JianbaoError):
    """No answer came. ``reached`` is whether the server may have worked for it all the same."""

    def __init__(self, reason: str, *, reached: bool = False) -> None:
        super().__init__(reason)
        self.reached = reached


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderServer:
    """Where a model is asked, which, and how. ``timeout`` is in seconds, for a request as a whole."""

    url: str
    model: str
    key: SecretStr | None = None
    timeout: float = 60.0
    temperature: float | None = None
    proxy: Proxy | None = field(default=None, repr=False)


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    choices: tuple[_Choice, ...]


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: tuple[_Model, ...]


class ReaderClient:
    """Asks one model of one server."""

    def __init__(self, server: ReaderServer) -> None:
        self._server = server

    async def complete(self, system: str, message: str) -> str:
        """What the model says to a message; empty if it says nothing. Raises ReaderAway."""
        said = (("system", system), ("user", message))
        asked: dict[str, object] = {
            "model": self._server.model,
            "messages": [{"role": role, "content": content} for role, content in said],
            "stream": False,
        }
        if self._server.temperature is not None:
            asked["temperature"] = self._server.temperature
        status, body = await self._exchange("POST", "chat/completions", json.dumps(asked).encode())
        if status != _OK:
            raise ReaderAway(_refusal(status))
        try:
            choices = _Completion.model_validate_json(body).choices
        except ValidationError:
            raise ReaderAway("its answer is not one of the chat API", reached=True) from None
        return next((one.message.content or "" for one in choices), "")

    async def models(self) -> frozenset[str] | None:
        """The models that the server has; None where it lists none. Sends no text. Raises ReaderAway."""
        status, body = await self._exchange("GET", "models", None)
        if status in {401, 403, 429} or status >= 500:
            raise ReaderAway(_refusal(status))
        try:
            return frozenset(one.id for one in _Models.model_validate_json(body).data)
        except ValidationError:
            return None

    async def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        server = self._server
        timeout = aiohttp.ClientTimeout(total=server.timeout, sock_connect=min(_CONNECT, server.timeout))
        try:
            async with (
                aiohttp.ClientSession(
                    connector=make_connector(server.proxy),
                    cookie_jar=aiohttp.DummyCookieJar(),
                    timeout=timeout,
                    auto_decompress=False,
                ) as session,
                session.request(
                    method,
                    f"{server.url}/{path}",
                    data=body,
                    headers=self._headers(),
                    allow_redirects=False,
                    proxy=server.proxy.url if server.proxy and not server.proxy.is_socks else None,
                ) as response,
            ):
                return response.status, await _limited(response)
        except ProxyFailed:
            through = server.proxy.name if server.proxy else "that is set"
            raise ReaderAway(f"no connection through the proxy {through}") from None
        except aiohttp.ConnectionTimeoutError:
            raise ReaderAway("no connection in time") from None
        except aiohttp.ClientConnectorError as error:
            raise ReaderAway(f"no connection to {error.host}:{error.port}") from None
        except TimeoutError:
            raise ReaderAway(f"no answer within {server.timeout:g} seconds", reached=True) from None
        except (aiohttp.ClientError, OSError) as error:
            raise ReaderAway(f"the connection broke ({type(error).__name__})", reached=True) from None

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        key = self._server.key
        return headers | ({"Authorization": f"Bearer {key.get_secret_value()}"} if key else {})


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    """The body, as long as it may be."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _MOST:
            raise ReaderAway("its answer is longer than a megabyte", reached=True)
    return bytes(body)


def _refusal(status: int) -> str:
    reason = _REFUSALS.get(status)
    return f"HTTP {status}" + (f": {reason}" if reason else "")
