"""Whether the bot is ready: what GET /ready answers, and GET /health, which it was once called."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must be well: why it is not, if so, and since when it is as it is.

    ``since`` is None while nobody has found out how it is.
    """

    name: str
    trouble: str | None
    since: datetime | None

    def as_json(self) -> dict[str, str | None]:
        """The check as monitoring reads it."""
        since = self.since.isoformat(timespec="seconds") if self.since else None
        status = "trouble" if self.trouble else "ok"
        return {"status": status, "since": since} | ({"reason": self.trouble} if self.trouble else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The checks of this process, and whether it leads or stands by (None: neither yet).

    ``held`` says why nothing is pushed, if everything is held: it is ready all the same.
    """

    checks: Callable[[], Sequence[Check]]
    role: Callable[[], str | None]
    held: Callable[[], str | None] = lambda: None

    def answer(self) -> tuple[bool, Mapping[str, object]]:
        """Whether it is ready, and the same as JSON with each check."""
        checks = self.checks()
        held = self.held()
        ready = all(check.trouble is None for check in checks)
        return ready, {
            "status": "ok" if ready else "trouble",
            "role": self.role(),
            "checks": {check.name: check.as_json() for check in checks},
        } | ({"held": held} if held else {})
