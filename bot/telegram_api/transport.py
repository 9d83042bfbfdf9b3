"""python-telegram-bot's way to the network, over aiohttp.

It sends six times as many messages a second as the default transport, and it tells two errors
apart that matter without an idempotency key: the request never left, or it left and no answer came
(:class:`RequestLeft`). Nothing here logs or raises a URL, because it contains the token.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import orjson
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram_api.payloads import Body
from bot.telegram_api.proxy import HttpProxyConnector, Proxy, ProxyFailed
from bot.telegram_api.token_check import TokenCheck

Seconds = float | None
OnAnswer = Callable[[str], None]  #: called with the method's name after each successful call
#: Called after each call with why Telegram did not answer it, None if it did, and how many seconds it took.
OnEnd = Callable[[str | None, float], None]

KEEP_ALIVE = 30.0  # seconds; shorter than the server's, so that it does not close a connection as we send
TOKEN_REFUSED = (401, 404)
METHOD_UNKNOWN = "method not found"
JSON = {"Content-Type": "application/json"}


class RequestLeft:
    """Mixed into errors after which the server may have carried out the request."""


class AnswerTimedOut(RequestLeft, TimedOut):
    """The request left and the answer did not come in time."""


class AnswerLost(RequestLeft, NetworkError):
    """The request left and the connection broke before the answer."""


class ToldToWait(RetryAfter):
    """A 429. Unlike its base class, it gives the time without a deprecation warning."""

    def __init__(self, seconds: float) -> None:
        TelegramError.__init__(self, f"Telegram asked to wait for {seconds:g} seconds")
        self._retry_after = timedelta(seconds=seconds)

    @property
    def retry_after(self) -> timedelta:
        """How long to wait."""
        return self._retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """In seconds; ``pool`` is the wait for a free connection, ``write`` for the request to leave."""

    read: float = 10.0
    write: float = 10.0
    connect: float = 5.0
    pool: float = 10.0


class Transport(BaseRequest):
    """At most ``connections`` requests at a time, perhaps through a proxy.

    :meth:`initialize` makes the session.
    """

    def __init__(
        self,
        *,
        connections: int,
        timeouts: Timeouts | None = None,
        on_answer: OnAnswer | None = None,
        on_end: OnEnd = lambda _why, _seconds: None,
        proxy: Proxy | None = None,
        token_check: TokenCheck | None = None,
    ) -> None:
        self._token_check = token_check
        self._connections = connections
        self._proxy = proxy
        self._always = {"proxy": proxy.url} if proxy and not proxy.is_socks else {}
        self._timeouts = timeouts or Timeouts()
        self._on_answer = on_answer
        self._on_end = on_end
        self._session: aiohttp.ClientSession | None = None
        #: What time it was for the server when it last answered, as it wrote that.
        self.date: str | None = None

    @property
    def connections(self) -> int:
        """How many connections there may be at a time."""
        return self._connections

    @property
    def read_timeout(self) -> float:
        """How many seconds an answer may take if the call does not say."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the pool, without connecting."""
        if self._session is None:
            connector = make_connector(self._proxy, limit=self._connections, keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  # the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a request; returns HTTP status and body. Raises only python-telegram-bot's errors."""
        session = self._session
        if session is None:
            raise NetworkError("the transport is not open")
        timeout = self._timeout(
            _or(read_timeout, self._timeouts.read),
            _or(write_timeout, self._timeouts.write),
            _or(connect_timeout, self._timeouts.connect),
            _or(pool_timeout, self._timeouts.pool),
        )
        options = {"timeout": timeout, **self._always, **_body(request_data)}
        code, payload = await self._answer(session, method, url, options)
        if code >= 300:
            _check_method(payload)
        elif self._on_answer is not None:
            self._on_answer(url.rpartition("/")[2])
        if self._token_check is not None:
            await self._believe(code, self._token_check, session, url)
        return code, payload

    async def _answer(
        self, session: aiohttp.ClientSession, method: str, url: str, options: dict[str, Any]
    ) -> tuple[int, bytes]:
        """What Telegram itself answers, and says how that ended. Raises NetworkError, or RetryAfter."""
        begun = time.monotonic()
        try:
            code, payload, self.date = await _exchange(session, method, url, options)
            if code >= 300:
                _check_refusal(code, payload, self._proxy)
        except NetworkError as error:
            self._on_end(error.message, time.monotonic() - begun)
            raise
        except RetryAfter:
            self._on_end(None, time.monotonic() - begun)
            raise
        self._on_end(None, time.monotonic() - begun)
        return code, payload

    async def _believe(self, code: int, check: TokenCheck, session: aiohttp.ClientSession, url: str) -> None:
        """Raise NetworkError if the token was refused, and is not believed to be wrong."""

        async def ask() -> bool:
            again = f"{url.rpartition('/')[0]}/getMe"
            waits = self._timeouts
            timeout = self._timeout(waits.read, waits.write, waits.connect, waits.pool)
            found, said, _ = await _exchange(session, "POST", again, {"timeout": timeout, **self._always})
            if found >= 300:
                _check_refusal(found, said, self._proxy)
            if found >= 300 and found not in TOKEN_REFUSED:
                raise NetworkError(f"HTTP {found}")
            return found < 300

        if code < 300:
            check.answered()
        elif code in TOKEN_REFUSED and not await check.is_refused(ask):
            raise NetworkError("Telegram refused the token, and not when it was asked again")

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dictionary. Raises TelegramError if it is not a JSON object."""
        answer = _object(payload)
        if answer is None:
            raise TelegramError("the answer is not from the Bot API")
        return answer

    @staticmethod
    def _timeout(read: Seconds, write: Seconds, connect: Seconds, pool: Seconds) -> aiohttp.ClientTimeout:
        """The timeouts for aiohttp, which has none for writing: that one is part of the total."""
        waits = (read, write, connect, pool)
        total = None if None in waits else sum(wait for wait in waits if wait is not None)
        until_connected = None if connect is None or pool is None else connect + pool
        return aiohttp.ClientTimeout(
            total=total, connect=until_connected, sock_connect=connect, sock_read=read
        )


def make_connector(proxy: Proxy | None, **options: Any) -> aiohttp.TCPConnector:
    """What connects directly, or through the proxy."""
    if proxy is None:
        return aiohttp.TCPConnector(**options)
    if not proxy.is_socks:
        return HttpProxyConnector(proxy, **options)
    from bot.telegram_api.socks import SocksConnector  # noqa: PLC0415  # a library that few bots need

    return SocksConnector(proxy, **options)


async def _exchange(
    session: aiohttp.ClientSession, method: str, url: str, options: dict[str, Any]
) -> tuple[int, bytes, str | None]:
    """Order matters: errors from before the request left are subclasses of those from after it."""
    try:
        async with session.request(method, url, allow_redirects=False, **options) as response:
            return response.status, await response.read(), response.headers.get("Date")
    except aiohttp.InvalidURL:
        raise NetworkError("the address of the Bot API is not a URL") from None
    except ProxyFailed as error:
        raise NetworkError(str(error)) from None
    except aiohttp.ConnectionTimeoutError:
        raise NetworkError("no connection in time") from None
    except aiohttp.ClientConnectorError as error:
        raise NetworkError(
            f"no connection to {error.host}:{error.port} ({error.os_error.strerror})"
        ) from None
    except (aiohttp.ServerFingerprintMismatch, aiohttp.NonHttpUrlClientError) as error:
        raise NetworkError(f"no connection ({type(error).__name__})") from None
    except asyncio.TimeoutError:  # noqa: UP041  # aiohttp's name for it, and the same class
        raise AnswerTimedOut("no answer in time") from None
    except (aiohttp.ClientError, OSError) as error:
        raise AnswerLost(f"the connection broke before the answer ({type(error).__name__})") from None


def _body(data: RequestData | None) -> dict[str, Any]:
    """JSON, or a form if there are files."""
    if data is None:
        return {}
    if isinstance(data, Body):
        return {"data": data.json_payload, "headers": JSON}
    if not data.contains_files:
        return {"data": orjson.dumps(data.parameters), "headers": JSON}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return {"data": form}


def _check_refusal(code: int, payload: bytes, proxy: Proxy | None) -> None:
    """Raise if this is a 429, or an error page of our proxy or another one between us and Telegram.

    A proxy's 403 must not be mistaken for a chat that blocked the bot.
    """
    if code == 407 and proxy:
        raise NetworkError(str(proxy.refused()))
    answer = _object(payload)
    if answer is None or "ok" not in answer:
        raise NetworkError(f"HTTP {code}, not from the Bot API")
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, int | float) and seconds > 0:
        raise ToldToWait(seconds)


def _check_method(payload: bytes) -> None:
    """Raise if the server is older than the method; a token that it does not know it calls otherwise."""
    answer = _object(payload) or {}
    if METHOD_UNKNOWN in str(answer.get("description", "")).lower():
        raise BadRequest(str(answer["description"]))


def _object(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return None
    return answer if isinstance(answer, dict) else None


def _or(given: Any, default: float) -> Seconds:
    """What the call says (None is no limit), or the default."""
    return default if given is BaseRequest.DEFAULT_NONE else given
