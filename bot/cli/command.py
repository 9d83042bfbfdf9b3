"""One command from its arguments to its exit code. Nobody gets to see a traceback."""

from collections.abc import Iterable, Sequence
from importlib import import_module

import structlog
import typer

from bot.cli.logs import configure
from bot.cli.output import say
from bot.errors import BadInput, JianbaoError
from bot.settings.values import LogSettings

#: The commands, each in the module of its name. Only the one that is called is imported:
#: most need neither Telegram nor a database, whose imports take most of a second.
COMMANDS = (
    "run",
    "demo",
    "parse",
    "check",
    "profile",
    "topics",
    "preview",
    "plan",
    "publish",
    "retract",
    "deliveries",
    "status",
    "subscribers",
    "health",
    "sandbox",
)

_FAILED, _TO_CORRECT = 1, 2


def execute(arguments: Sequence[str]) -> int:
    """Run ``jianbao`` with these arguments; returns the exit code, or exits with it as typer does."""
    configure(LogSettings(level="warning"))  # beside the result, and no tracebacks; `run` says more
    try:
        called = [name for name in COMMANDS if name in arguments[:1]]
        _application(called or COMMANDS)(list(arguments), prog_name="jianbao")
    except BadInput as error:
        say(f"jianbao: {error}")
        return _TO_CORRECT
    except JianbaoError as error:
        say(f"jianbao: {error}")
    except Exception as error:  # noqa: BLE001  # the last line of defence before the person
        structlog.get_logger().debug("command_failed", exc_info=error)
        say(f"jianbao: something went wrong ({type(error).__name__}: {error})")
    return _FAILED


def _application(names: Iterable[str]) -> typer.Typer:
    application = typer.Typer(
        no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich"
    )
    application.callback()(_jianbao)
    for name in names:
        command = getattr(import_module(f"bot.cli.{name}"), name)
        if isinstance(command, typer.Typer):
            application.add_typer(command, name=name)
        else:
            application.command(name)(command)
    return application


def _jianbao() -> None:
    """A Telegram bot that publishes a Markdown digest to the people who subscribe to it."""
