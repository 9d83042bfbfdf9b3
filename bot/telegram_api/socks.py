"""Connections through a SOCKS5 proxy. Apart, for few bots need the library.

The proxy resolves the names: where Telegram is kept from people, its name often is too.
"""

from typing import Any
from urllib.parse import unquote

from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from bot.telegram_api.proxy import Proxy, ProxyFailed

_ABOUT_THE_PASSWORD = "authentication"  # noqa: S105  # in every sentence that the library has for it


class SocksConnector(ProxyConnector):
    """Connects through ``proxy``; other ``options`` are aiohttp's own."""

    def __init__(self, proxy: Proxy, **options: Any) -> None:
        parts = proxy.parts
        super().__init__(
            host=parts.hostname or "",
            port=proxy.port,
            username=None if parts.username is None else unquote(parts.username),
            password=None if parts.username is None else unquote(parts.password or ""),
            rdns=True,
            **options,
        )
        self._through = proxy

    async def connect(self, *arguments: Any, **options: Any) -> Any:
        """A connection. Raises ProxyFailed."""
        try:
            return await super().connect(*arguments, **options)
        except ProxyConnectionError as error:
            raise self._through.unreachable(_root(error)) from None
        except ProxyError as error:
            raise self._refusal(error) from None
        except ProxyTimeoutError:
            raise self._through.failed(TimeoutError()) from None
        except Exception as error:  # noqa: BLE001  # the library lets through whatever its parts raise
            raise self._through.failed(error) from None

    def _refusal(self, error: ProxyError) -> ProxyFailed:
        if error.error_code is not None:
            return self._through.without_way(str(error))
        if _ABOUT_THE_PASSWORD in str(error).lower():
            return self._through.refused()
        return self._through.failed(error)


def _root(error: BaseException) -> OSError:
    """The error of the system, which the library wrapped."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error if isinstance(error, OSError) else OSError()
