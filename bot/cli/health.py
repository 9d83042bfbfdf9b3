"""jianbao health: whether the running bot is well."""

import json
import urllib.error
import urllib.request

from bot.cli.console import write
from bot.errors import BadInput, JianbaoError
from bot.settings import load

_PATIENCE = 5  # seconds


def health() -> None:
    """Ask the running bot whether it is well; exit code 1 when it is not."""
    web = load().settings.web
    if web.port == 0:
        raise BadInput("is 0: the bot does not listen; set JIANBAO_WEB__PORT", where="web.port")
    host = "127.0.0.1" if web.host in ("0.0.0.0", "::") else web.host  # noqa: S104  # compared, not bound
    write(_asked(f"http://{host}:{web.port}/health"))


def _asked(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310  # always http
            return str(json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        raise JianbaoError(str(json.load(error).get("status", error.reason))) from None
    except (OSError, ValueError, KeyError) as error:
        raise JianbaoError(f"the bot does not answer: {error}") from None
