"""The way to Telegram of a running bot, as the settings say; its watch is told how calls end."""

import asyncio
from collections.abc import Callable

import structlog

from bot.runtime.watch import Watch
from bot.settings import Settings, read_proxy, read_token
from bot.telegram_api import Client, Proxy, Timeouts, TokenCheck, make_client

log = structlog.get_logger()


def client_of(settings: Settings, answered: Callable[[str], None], watch: Watch) -> Client:
    """A client that is still to be opened; ``answered`` is called with each method that was answered."""
    return make_client(
        read_token(settings).get_secret_value(),
        api_url=settings.api_url,
        connections=settings.delivery.connections,
        timeouts=_timeouts(settings),
        on_answer=answered,
        on_end=watch.called,
        proxy=_proxy(settings),
        token_check=TokenCheck(sleep=asyncio.sleep, heard=watch.reached),
    )


def _proxy(settings: Settings) -> Proxy | None:
    address = read_proxy(settings)
    if address is None:
        return None
    proxy = Proxy(url=address.get_secret_value())
    log.info("proxy_used", proxy=proxy.name)
    return proxy


def _timeouts(settings: Settings) -> Timeouts:
    waits = settings.telegram
    return Timeouts(read=waits.request_timeout, write=waits.request_timeout, connect=waits.connect_timeout)
