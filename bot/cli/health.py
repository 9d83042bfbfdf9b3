"""jianbao health: whether the running bot is ready, and if not, what is wrong since when."""

from typing import Annotated

import typer

from bot.cli.beside import settings_beside
from bot.cli.output import write
from bot.errors import BadInput, JianbaoError
from bot.reports.readiness import ask_bot


def health(
    *, live: Annotated[bool, typer.Option("--live", help="Ask only whether the process answers.")] = False
) -> None:
    """Ask the running bot whether it is ready. If not, the exit code is 1, and it says what is wrong."""
    web = settings_beside().web
    if web.port == 0:
        raise BadInput(
            "is 0, so the bot does not listen; give it a number, there or as JIANBAO_WEB__PORT",
            where="web.port",
        )
    found = ask_bot(web, "live" if live else "ready")
    if found.troubles:
        raise JianbaoError("the bot is not ready: " + "; ".join(found.troubles.values()))
    write(f"{found.status}; {found.held}" if found.held else found.status)
