"""How updates come to the process that leads: fetched by polling, or brought by Telegram to a webhook."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Never
from urllib.parse import urlsplit

import structlog
from telegram import Update

from bot.errors import SendError
from bot.runtime.application import TelegramApplication
from bot.runtime.inbox import Inbox, StoredUpdates
from bot.runtime.tasks import cancelled
from bot.settings import Settings, read_token, read_webhook_secret
from bot.telegram_api import Chats, Client, Poller, Webhook, WebhookKeeper

log = structlog.get_logger()

Heard = Callable[[SendError | None], None]
Rest = Callable[[float], Awaitable[None]]

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds between tries to remove a webhook
_GRACE = 2.0  # seconds for handlers to end when the process does
_UPDATES = (
    *(Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY),
    *(Update.MY_CHAT_MEMBER, Update.CHAT_MEMBER),
)


@asynccontextmanager
async def door(settings: Settings, inbox: Inbox) -> AsyncIterator[None]:
    """Let Telegram bring updates while the context is open, if it is to. BadInput if the port is taken."""
    webhook = settings.telegram.webhook
    if webhook.url is None:
        yield
        return
    from bot.web.webhook import WebhookServer  # noqa: PLC0415  # a server that a bot which polls need not have

    server = WebhookServer(
        inbox,
        host=webhook.host,
        port=webhook.port,
        path=urlsplit(webhook.url).path or "/",
        secret=read_webhook_secret(settings, read_token(settings)).get_secret_value(),
    )
    await server.start()
    try:
        yield
    finally:
        await server.stop()


@asynccontextmanager
async def hearing(  # noqa: PLR0913  # all but three are passed by name
    application: TelegramApplication,
    client: Client,
    settings: Settings,
    inbox: Inbox,
    *,
    inline: bool,
    heard: Heard,
    rest: Rest,
) -> AsyncIterator[asyncio.Task[Never]]:
    """Handle updates while the context is open, those first that were left unhandled.

    The task does not end by itself; it raises BadInput if the token is wrong. ``heard`` is told how each
    request for updates, or for how the webhook is, ended; ``rest`` waits between two.
    """
    allowed = (*_UPDATES, Update.INLINE_QUERY) if inline else _UPDATES
    await application.start()
    await inbox.resume()
    inbox.listens(yes=True)
    is_brought = settings.telegram.webhook.url is not None
    work = (
        _be_brought(client, settings, allowed, heard, rest)
        if is_brought
        else _fetch(client, settings, inbox, allowed, heard, rest)
    )
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        inbox.listens(yes=False)
        await cancelled(task)
        await _stop(application)


async def _be_brought(
    client: Client, settings: Settings, allowed: tuple[str, ...], heard: Heard, rest: Rest
) -> Never:
    telegram = settings.telegram
    webhook = Webhook(
        url=telegram.webhook.url or "",
        secret=read_webhook_secret(settings, read_token(settings)).get_secret_value(),
        connections=telegram.webhook.max_connections,
        allowed=allowed,
    )
    keeper = WebhookKeeper(client, webhook, every=telegram.poll_timeout, sleep=rest, heard=heard)
    await keeper.run()


async def _fetch(
    client: Client, settings: Settings, inbox: Inbox, allowed: tuple[str, ...], heard: Heard, rest: Rest
) -> Never:
    await _without_webhook(Chats(client), heard)
    poller = Poller(
        StoredUpdates(client, inbox),
        read=inbox.read,
        hand_on=inbox.hand_on,
        allowed=allowed,
        timeout=settings.telegram.poll_timeout,
        sleep=rest,
        heard=heard,
    )
    await poller.run()


async def _without_webhook(chats: Chats, heard: Heard) -> None:
    """Remove a webhook that was set before; what waits for it is fetched instead."""
    wait = _FIRST_WAIT
    while True:
        try:
            return await chats.listen_by_polling()
        except SendError as error:
            log.debug("polling_failed", reason=error.reason, retry_in=wait)
            heard(error)
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


async def _stop(application: TelegramApplication) -> None:
    """Wait briefly for handlers to end; an update whose handler was cancelled waits for the next process."""
    stop = asyncio.create_task(application.stop())
    await asyncio.wait({stop}, timeout=_GRACE)
    if not stop.done():
        await cancelled(stop)
