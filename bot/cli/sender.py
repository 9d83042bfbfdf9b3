"""Who sends, and how that goes: what its process says in its lease."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.pacing.report import Report
from bot.storage import SENDER, Leases

NOBODY = "nobody sends; jianbao run does"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The process that sends; ``report`` is None until it has said how that goes."""

    holder: str
    report: Report | None

    @property
    def told(self) -> str:
        """For people."""
        if self.report is None:
            return f"{self.holder} sends, and has not said yet how that goes"
        one = self.report
        still = f", still for {duration(one.paused_for)} as Telegram asked" if one.paused_for > 0 else ""
        return f"{self.holder} sends {one.rate:.1f} of at most {one.limit:.1f} messages a second{still}"

    @property
    def values(self) -> dict[str, Any]:
        """For programs: numbers are null until they are known."""
        unknown: dict[str, Any] = {field.name: None for field in fields(Report)}
        return {"holder": self.holder} | unknown | (asdict(self.report) if self.report else {})


async def who_sends(leases: Leases) -> Sender | None:
    """The process that sends now; None where there is none."""
    tenure = await leases.tenure(SENDER)
    return Sender(holder=tenure.holder, report=_report(tenure.report)) if tenure else None


def duration(seconds: float) -> str:
    """A time as people say it."""
    minutes, hours = round(seconds / 60), round(seconds / 3600)
    if seconds < 60:
        return f"{max(0, round(seconds))} s"
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"


def _report(text: str) -> Report | None:
    """What the process said; None where it said nothing, or is of a version that says it otherwise."""
    try:
        said = json.loads(text)
        return Report(**{field.name: said[field.name] for field in fields(Report)})
    except (ValueError, KeyError, TypeError):
        return None
