"""One command from its arguments to its exit code. Nobody gets to see a traceback."""

from collections.abc import Sequence

import structlog

from bot.cli import app
from bot.cli.console import say
from bot.cli.logs import configure
from bot.errors import BadInput, JianbaoError
from bot.settings.values import Log

_FAILED, _TO_CORRECT = 1, 2


def execute(arguments: Sequence[str]) -> int:
    """Run ``jianbao`` with these arguments; returns the exit code, or exits with it as typer does."""
    configure(Log(level="warning"))  # beside the result, and no tracebacks; `run` says more
    try:
        app(list(arguments), prog_name="jianbao")
    except BadInput as error:
        say(f"jianbao: {error}")
        return _TO_CORRECT
    except JianbaoError as error:
        say(f"jianbao: {error}")
    except Exception as error:  # noqa: BLE001  # the last line of defence before the person
        structlog.get_logger().debug("command failed", exc_info=error)
        say(f"jianbao: something went wrong ({type(error).__name__}: {error})")
    return _FAILED
