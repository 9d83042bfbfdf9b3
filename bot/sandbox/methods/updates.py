"""How the bot gets its updates: by polling or by a webhook, never both."""

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.methods.method import Call, method
from bot.sandbox.state import Json
from bot.sandbox.updates import WEBHOOK_ACTIVE, WEBHOOK_CAME
from bot.sandbox.webhook import Hook

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_PORTS = (None, 80, 88, 443, 8443)


async def get_updates(call: Call) -> list[Json]:
    """The next updates, waiting for the first as long as asked."""
    if call.webhook.hook:
        raise conflict(WEBHOOK_ACTIVE)
    given, queue = call.given, call.world.updates
    queue.allow(given.sequence("allowed_updates"))
    return await queue.fetch(
        offset=given.number("offset") or 0,
        limit=given.number("limit") or 100,
        timeout=given.number("timeout") or 0,
    )


async def set_webhook(call: Call) -> bool:
    """Where updates are posted from now on; an empty address ends it."""
    given, queue = call.given, call.world.updates
    url, secret = given.text("url"), given.text("secret_token")
    if not url:
        return await delete_webhook(call)
    _check_address(url)
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = given.number("max_connections") or 40
    if given.flag("drop_pending_updates"):
        queue.drop()
    queue.allow(given.sequence("allowed_updates"))
    queue.end_poll(conflict(WEBHOOK_CAME))
    call.world.feed.publish("poll", waits=True)
    await call.webhook.set(Hook(url=url, secret=secret, connections=min(max(connections, 1), 100)))
    return True


async def delete_webhook(call: Call) -> bool:
    """Back to polling."""
    queue = call.world.updates
    if call.given.flag("drop_pending_updates"):
        queue.drop()
    call.world.feed.publish("poll", waits=queue.polled)
    await call.webhook.set(None)
    return True


async def get_webhook_info(call: Call) -> Json:
    """The address of the webhook, if one is set, and how many updates wait for it."""
    return call.webhook.info()


def _check_address(url: str) -> None:
    """HTTPS anywhere; HTTP on this machine only, as a Bot API server of one's own takes it."""
    try:
        parts: Any = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if _on_this_machine(parts.hostname or ""):
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


METHODS = (
    method("getUpdates", get_updates, "offset limit timeout allowed_updates"),
    method(
        "setWebhook",
        set_webhook,
        "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    method("deleteWebhook", delete_webhook, "drop_pending_updates"),
    method("getWebhookInfo", get_webhook_info),
)
