"""jianbao health: whether the running bot is well."""

import json
import urllib.error
import urllib.request

from bot.cli.output import write
from bot.errors import BadInput, JianbaoError
from bot.settings import load

_PATIENCE = 5  # seconds


def health() -> None:
    """Ask the running bot whether it is well. The exit code is 1 if it is not."""
    web = load().settings.web
    if web.port == 0:
        raise BadInput("is 0, so the bot does not listen; set JIANBAO_WEB__PORT", where="web.port")
    host = "127.0.0.1" if web.host in ("0.0.0.0", "::") else web.host  # noqa: S104  # compared, not bound
    write(_asked(f"http://{host}:{web.port}/health"))


def _asked(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310  # always http
            return str(json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        raise JianbaoError(_reason(error)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise JianbaoError(f"no answer from the bot at {url}: {error}") from None


def _reason(error: urllib.error.HTTPError) -> str:
    """What the bot says is wrong, or that something else answered."""
    try:
        return str(json.load(error)["status"])
    except (ValueError, KeyError, TypeError):
        return f"another program answers at {error.url} (HTTP {error.code})"
