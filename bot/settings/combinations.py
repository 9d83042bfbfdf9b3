"""Settings of which each may be, and that cannot be together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.settings.sections.privacy import LOOKED_BACK
from bot.settings.sections.publishing import UNPAID_RATE
from bot.settings.values import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Settings that cannot be together: the key that is refused, and the reason."""

    key: tuple[str, str]
    reason: str
    holds: Callable[[Settings], bool]


_IMPOSSIBLE = (
    Combination(
        key=("source", "git"),
        reason="the issues come from the folder that is named as issues already; leave one of the two out",
        holds=lambda settings: settings.source.git is not None and "issues" in settings.model_fields_set,
    ),
    Combination(
        key=("source", "webhook"),
        reason="needs web.port, where the forge calls, and source.git, which is then asked",
        holds=lambda settings: (
            settings.source.webhook.secret_file is not None
            and (settings.source.git is None or not settings.web.port)
        ),
    ),
    Combination(
        key=("delivery", "rate"),
        reason=f"Telegram takes more than {UNPAID_RATE:g} messages a second only with"
        f" delivery.allow_paid_broadcast: true, for Stars; set that, or {UNPAID_RATE:g} at most",
        holds=lambda settings: (
            settings.delivery.rate > UNPAID_RATE and not settings.delivery.allow_paid_broadcast
        ),
    ),
    Combination(
        key=("delivery", "edits"),
        reason="publishing.approve: true lets nothing out that nobody approved, and auto would send every"
        " correction; write ask or never",
        holds=lambda settings: settings.publishing.approve and settings.delivery.edits == "auto",
    ),
    Combination(
        key=("privacy", "keep_ledger"),
        reason=f"what somebody missed is looked for in {LOOKED_BACK} days of it; name as many at least, or 0",
        holds=lambda settings: 0 < settings.privacy.keep_ledger < LOOKED_BACK,
    ),
)


def impossible(settings: Settings) -> Iterator[Combination]:
    """What of the settings cannot be."""
    return (one for one in _IMPOSSIBLE if one.holds(settings))
