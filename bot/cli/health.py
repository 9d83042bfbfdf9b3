"""jianbao health: whether the running bot is ready, and if not, what is wrong since when."""

import json
import urllib.error
import urllib.request
from typing import Annotated

import typer

from bot.cli.output import write
from bot.errors import BadInput, JianbaoError
from bot.settings import load

_PATIENCE = 5  # seconds


def health(
    *, live: Annotated[bool, typer.Option("--live", help="Ask only whether the process answers.")] = False
) -> None:
    """Ask the running bot whether it is ready. If not, the exit code is 1, and it says what is wrong."""
    web = load().settings.web
    if web.port == 0:
        raise BadInput("is 0, so the bot does not listen; set JIANBAO_WEB__PORT", where="web.port")
    host = "127.0.0.1" if web.host in ("0.0.0.0", "::") else web.host  # noqa: S104  # compared, not bound
    path = "live" if live else "ready"
    write(_asked(f"http://{host}:{web.port}/{path}"))


def _asked(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310  # always http
            return str(json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        raise JianbaoError(_trouble(error)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise JianbaoError(f"no answer from the bot at {url}: {error}") from None


def _trouble(error: urllib.error.HTTPError) -> str:
    """What the bot says is wrong, or that something else answered."""
    try:
        checks = json.load(error)["checks"].items()
        failing = [_line(name, check) for name, check in checks if check["status"] != "ok"]
        return "the bot is not ready: " + "; ".join(failing)
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"another program answers at {error.url} (HTTP {error.code})"


def _line(name: str, check: dict[str, str | None]) -> str:
    since = f" since {check['since']}" if check["since"] else ""
    return f"{name}{since}: {check['reason']}"
