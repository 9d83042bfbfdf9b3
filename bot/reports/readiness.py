"""What the running bot says of itself over HTTP."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import JianbaoError
from bot.settings.sections import WebSettings
from bot.words.moments import moment

UNTRIED = "not tried yet"  #: what is said of a check that waits for another
_LEADS = "leads"  # as the bot calls the role of the process that sends
_PATIENCE = 5  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """``troubles``: what is wrong, a line by the name of each check; empty if it is ready.

    ``held``: why nothing is pushed although it is, if everything is held. ``leads``: whether it sends and
    hears, and no other process; None if it does not say.
    """

    status: str
    troubles: Mapping[str, str]
    held: str | None = None
    leads: bool | None = None

    @property
    def why(self) -> str:
        """What is wrong in one line, without what only waits for that."""
        return "; ".join(line for line in self.troubles.values() if not line.endswith(UNTRIED))


def ask_bot(web: WebSettings, path: str = "ready") -> Readiness:
    """Ask the bot of this machine; blocks. Raises JianbaoError if none answers, or something else does."""
    host = "127.0.0.1" if web.host in ("0.0.0.0", "::") else web.host  # noqa: S104  # compared, not bound
    url = f"http://{host}:{web.port}/{path}"
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # always http
            found = json.load(answer)
            return Readiness(
                status=str(found["status"]), troubles={}, held=found.get("held"), leads=_leads(found)
            )
    except urllib.error.HTTPError as error:
        return _in_trouble(error)
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "reason", error)  # of what urllib wraps
        raise JianbaoError(f"no answer from the bot at {url}: {reason}") from None


def idle_bot(web: WebSettings) -> Readiness | None:
    """What the bot of this machine says while it does not lead; None if it does, or is not asked; blocks."""
    if not web.port:
        return None
    try:
        found = ask_bot(web)
    except JianbaoError:
        return None
    return None if found.leads else found


def _in_trouble(error: urllib.error.HTTPError) -> Readiness:
    try:
        found = json.load(error)
        checks = found["checks"].items()
        troubles = {name: _line(name, check) for name, check in checks if check["status"] != "ok"}
        return Readiness(status="trouble", troubles=troubles, leads=_leads(found))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise JianbaoError(f"another program answers at {error.url} (HTTP {error.code})") from None


def _leads(found: Mapping[str, object]) -> bool | None:
    role = found.get("role")
    return None if role is None else role == _LEADS


def _line(name: str, check: Mapping[str, str | None]) -> str:
    since = check["since"]
    when = f" since {moment(datetime.fromisoformat(since))}" if since else ""
    return f"{name}{when}: {check['reason']}"
