"""A proxy between us and Telegram: how connections are made through it, and what it says when none comes.

Whatever fails before a connection through the proxy stands is a :class:`ProxyFailed`, which names the
proxy without its password: nothing was sent, and it is not Telegram that does not answer.
"""

import os
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

import aiohttp

DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080}


class ProxyFailed(aiohttp.ClientConnectionError):
    """No connection through the proxy; the text says why, without a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """The proxy at ``url``: ``http://``, ``https://`` or ``socks5://``, perhaps with user and password."""

    url: str = field(repr=False)

    @property
    def parts(self) -> SplitResult:
        """Its address taken apart."""
        return urlsplit(self.url)

    @property
    def port(self) -> int:
        """Its port, or the usual one of its kind."""
        return self.parts.port or DEFAULT_PORTS[self.parts.scheme]

    @property
    def name(self) -> str:
        """Its address as it may be shown: without user and password."""
        host = self.parts.hostname or ""
        return f"{self.parts.scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_socks(self) -> bool:
        """Whether it is one of SOCKS, not of HTTP."""
        return self.parts.scheme == "socks5"

    def unreachable(self, error: OSError) -> ProxyFailed:
        """Nothing listens there, or its name is nobody's."""
        number = error.errno or 0
        why = os.strerror(number) if number > 0 else error.strerror or type(error).__name__
        return ProxyFailed(f"no connection to the proxy {self.name} ({why})")

    def refused(self) -> ProxyFailed:
        """It does not let us through."""
        return ProxyFailed(f"the proxy {self.name} does not accept this user and password")

    def without_way(self, reason: str) -> ProxyFailed:
        """It works, and has no connection to where we want to go."""
        return ProxyFailed(f"the proxy {self.name} did not get through to the Bot API ({reason})")

    def failed(self, error: Exception) -> ProxyFailed:
        """What went wrong in any other way on the way through it."""
        if isinstance(error, TimeoutError):
            return ProxyFailed(f"no connection through the proxy {self.name} in time")
        if isinstance(error, EOFError | aiohttp.ServerDisconnectedError):
            return ProxyFailed(f"the proxy {self.name} closed the connection, as some do at a wrong password")
        if isinstance(error, ssl.SSLError):
            return ProxyFailed(f"no secure connection through the proxy {self.name} ({error.reason})")
        return ProxyFailed(f"no connection through the proxy {self.name} ({type(error).__name__})")


class HttpProxyConnector(aiohttp.TCPConnector):
    """Connects through an HTTP proxy, which each request names as aiohttp's ``proxy``."""

    def __init__(self, proxy: Proxy, **options: Any) -> None:
        super().__init__(**options)
        self._through = proxy

    async def connect(self, *arguments: Any, **options: Any) -> Any:
        """A connection. Raises ProxyFailed."""
        proxy = self._through
        try:
            return await super().connect(*arguments, **options)
        except aiohttp.ClientHttpProxyError as error:
            if error.status == 407:
                raise proxy.refused() from None
            raise proxy.without_way(f"HTTP {error.status}") from None
        except (aiohttp.ClientProxyConnectionError, aiohttp.ClientConnectorDNSError) as error:
            raise proxy.unreachable(error.os_error) from None
        except (aiohttp.ClientError, OSError) as error:
            raise proxy.failed(_cause(error)) from None


def _cause(error: Exception) -> Exception:
    """What aiohttp wrapped."""
    return error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
