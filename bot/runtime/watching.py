"""The watch of a running bot: made from the settings, looking out, and shown over HTTP."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Never

from bot.errors import BadInput, StoreError
from bot.reports.losses import lost_lately, note_unusual
from bot.reports.troubles import Troubles
from bot.runtime.clock import Now
from bot.runtime.clock_jumps import FollowedClock
from bot.runtime.disk import look_at_disk
from bot.runtime.losses import look_at_losses
from bot.runtime.metrics import Meter
from bot.runtime.slowness import CALM as CALM_OF_RATE
from bot.runtime.slowness import look_at_rate
from bot.runtime.tasks import Seldom
from bot.runtime.watch import CALM, Bounds, Watch, log_changes, log_what_lasts
from bot.settings import Settings, read_hook_secret, read_metrics_token
from bot.storage import EVERYTHING, Storage
from bot.web import Health

if TYPE_CHECKING:
    from bot.web.server import WebServer

_POLLS_MISSED = 4  # requests for updates that may get no answer before that is a trouble
_SHORTEST_REST, _LONGEST_REST = 1.0, 5.0  # seconds between two looks


def make_watch(settings: Settings, clock: FollowedClock) -> Watch:
    """The watch of this process, which says in the log what begins and ends, and follows the clock."""
    troubles = Troubles(clock.now, calm=CALM | CALM_OF_RATE)
    troubles.subscribe(log_changes)
    telegram = settings.telegram
    poll = _POLLS_MISSED * (telegram.poll_timeout + telegram.request_timeout)
    bounds = Bounds(due=timedelta(seconds=settings.web.oldest_due), poll=timedelta(seconds=poll))
    watch = Watch(troubles, bounds=bounds, now=clock.now)
    clock.subscribe(watch.clock_moved)
    return watch


async def look_out(watch: Watch, settings: Settings, storage: Storage, now: Now) -> Never:
    """Look as often as anything is delivered, within reason; ends never.

    As it is cancelled, the log hears what is wrong still.
    """
    rest = max(_SHORTEST_REST, min(_LONGEST_REST, settings.schedule.deliver.every or _LONGEST_REST))
    lately = Seldom(lambda: lost_lately(storage, now()), time.monotonic)
    try:
        while True:
            await watch.look(storage.timestamps, storage.deliveries)
            await look_at_disk(storage.database.file, watch.troubles, storage.news.lasting)
            await look_at_losses(lately, lambda: note_unusual(storage, now()), watch.role, watch.troubles)
            await _look_at_holds(watch, storage)
            look_at_rate(watch.slowness(), watch.role, watch.troubles)
            await asyncio.sleep(rest)
    finally:
        log_what_lasts(watch.troubles)


async def _look_at_holds(watch: Watch, storage: Storage) -> None:
    """Whether everything is held; if the database does not say, as it was."""
    with suppress(StoreError):
        held = await storage.holds.get(EVERYTHING)
        watch.held = f"nothing is pushed {held.told}; {held.advice()}" if held else None


@asynccontextmanager
async def listening(
    settings: Settings, watch: Watch, meter: Meter, on_push: Callable[[], None]
) -> AsyncIterator[None]:
    """Answer over HTTP while the context is open, where the settings say; ``on_push`` when a forge calls.

    Raises BadInput if a port is taken, or the token cannot be read.
    """
    web, metrics = settings.web, settings.metrics
    if metrics.secret_file and not (web.port or metrics.port):
        raise BadInput(
            "needs a port to show figures at: metrics.port or web.port", where="metrics.secret_file"
        )
    async with AsyncExitStack() as stack:
        if web.port:
            server = _server(web.host, web.port, "web.port")
            server.show_health(Health(checks=watch.checks, role=lambda: watch.role, held=lambda: watch.held))
            if metrics.shown and not metrics.port:
                server.show_metrics(meter.figures, read_metrics_token(settings))
            if secret := read_hook_secret(settings):
                server.hear_pushes(settings.source.webhook.path, secret, on_push)
            await stack.enter_async_context(_serving(server))
        if metrics.port:
            server = _server(metrics.host, metrics.port, "metrics.port")
            server.show_metrics(meter.figures, read_metrics_token(settings))
            await stack.enter_async_context(_serving(server))
        yield


def _server(host: str, port: int, where: str) -> "WebServer":
    from bot.web.server import WebServer  # noqa: PLC0415  # 1.5 MB that a bot without a port need not have

    return WebServer(host=host, port=port, where=where)


@asynccontextmanager
async def _serving(server: "WebServer") -> AsyncIterator[None]:
    await server.start()
    try:
        yield
    finally:
        await server.stop()
