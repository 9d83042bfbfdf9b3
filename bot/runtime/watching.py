"""The watch of a running bot: made from the settings, looking out, and shown over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Never

from bot.reports.troubles import Troubles
from bot.runtime.watch import CALM, Bounds, Watch, log_changes
from bot.settings import Settings
from bot.storage import Storage
from bot.web import Health

_POLLS_MISSED = 4  # requests for updates that may get no answer before that is a trouble
_LONGEST_REST = 5.0  # seconds between two looks


def make_watch(settings: Settings, now: Callable[[], datetime]) -> Watch:
    """The watch of this process, which says in the log what begins and ends."""
    troubles = Troubles(now, calm=CALM)
    troubles.subscribe(log_changes)
    telegram = settings.telegram
    poll = _POLLS_MISSED * (telegram.poll_timeout + telegram.request_timeout)
    bounds = Bounds(due=timedelta(seconds=settings.web.oldest_due), poll=timedelta(seconds=poll))
    return Watch(troubles, bounds=bounds, now=now)


async def look_out(watch: Watch, settings: Settings, storage: Storage) -> Never:
    """Look as often as anything is delivered, and every few seconds at least; ends never."""
    rest = min(_LONGEST_REST, settings.schedule.deliver.every or _LONGEST_REST)
    while True:
        await watch.look(storage.timestamps, storage.deliveries)
        await asyncio.sleep(rest)


@asynccontextmanager
async def listening(settings: Settings, watch: Watch) -> AsyncIterator[None]:
    """Answer over HTTP while the context is open, if a port is set. Raises BadInput if it is taken."""
    if settings.web.port == 0:
        yield
        return
    from bot.web.server import WebServer  # noqa: PLC0415  # 1.5 MB that a bot without a port need not have

    server = WebServer(host=settings.web.host, port=settings.web.port)
    server.show_health(Health(checks=watch.checks, role=lambda: watch.role))
    await server.start()
    try:
        yield
    finally:
        await server.stop()
