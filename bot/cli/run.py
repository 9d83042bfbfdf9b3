"""jianbao run: the bot.

The server is imported once the configuration was read: a mistake in it is told in half the time, and what
reading it took, 4 MB for the words of the topics, is used again.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
import typer

from bot.cli.logs import Options, Quiet, configure, for_people
from bot.cli.output import FAILED, TO_CORRECT
from bot.errors import BadInput, JianbaoError, TokenRefused
from bot.runtime.memory import freeze_gc
from bot.settings import Configuration, Settings, load, secrets_of, token_place
from bot.settings.sections import UNPAID_RATE

log = structlog.get_logger()

#: Seconds after which a process that hangs while it stops is killed; its ledger is in the database.
_PATIENCE = 9.0


def run() -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    options: Options = Quiet(format="auto")
    configure(options)
    try:
        configuration = load()
        options = configuration.settings.log
        configure(options)
        configure(options, secrets=secrets_of(configuration.settings))
        from bot.runtime.serve import serve  # noqa: PLC0415  # see the module

        serving = partial(serve, configuration, on_running=freeze_gc)
        with asyncio.Runner(loop_factory=_loop_factory(configuration.settings)) as runner:
            runner.run(until_stopped(serving, configuration))
    except Exception as error:
        if for_people(options):
            raise
        raise typer.Exit(_told(error)) from None


def _loop_factory(settings: Settings) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Of uvloop's for a bot with much to do: a seventh less of the CPU for 2 MB; None for asyncio's own."""
    if settings.telegram.webhook.url is None and settings.delivery.rate <= UNPAID_RATE:
        return None
    import uvloop  # noqa: PLC0415  # see above

    return uvloop.new_event_loop


def _told(error: Exception) -> int:
    """The exit code for an error that ended the process, once the log has it as an event."""
    if not isinstance(error, JianbaoError):
        log.error("run_failed", reason=type(error).__name__, exc_info=error)
    else:
        log.error("run_failed", reason=str(error))
    return TO_CORRECT if isinstance(error, BadInput) else FAILED


async def until_stopped(
    serving: Callable[[asyncio.Event], Awaitable[None]], configuration: Configuration
) -> None:
    """Serve until a signal says to stop."""
    stopping = asyncio.Event()
    stop_on_signals(stopping)
    try:
        await serving(stopping)
    except TokenRefused:
        raise TokenRefused(where=token_place(configuration.settings)) from None


def stop_on_signals(stopping: asyncio.Event, *, patience: float = _PATIENCE) -> None:
    """Let SIGTERM and Ctrl-C set ``stopping``; the process ends at most ``patience`` seconds later.

    A thread keeps the time, because an event loop that hangs could not.
    """
    loop = asyncio.get_running_loop()

    def stop(_number: int, _frame: object) -> None:
        watchdog = threading.Timer(patience, end)
        watchdog.daemon = True
        watchdog.start()
        if not loop.is_closed():
            loop.call_soon_threadsafe(stopping.set)

    def end() -> None:
        log.error("stop_timed_out", seconds=patience)
        os._exit(1)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
