"""The process that sends, with the report that it stores in its lease."""

import json
from dataclasses import asdict, dataclass, fields

from bot.pacing import Report
from bot.storage import SENDER, Leases


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The process that sends; ``report`` is None until it has written one."""

    holder: str
    report: Report | None


async def current_sender(leases: Leases) -> Sender | None:
    """The process that sends now; None if there is none."""
    lease = await leases.current(SENDER)
    return Sender(holder=lease.holder, report=read_report(lease.report)) if lease else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsedSender:
    """The process that sent last, and how many seconds ago the lease ended that it has not renewed."""

    holder: str
    seconds: float


async def lapsed_sender(leases: Leases) -> LapsedSender | None:
    """The process that sent last, if it did not end in order: it is gone, or cannot write."""
    lease = await leases.lapsed(SENDER)
    return LapsedSender(holder=lease.holder, seconds=-lease.left) if lease else None


def write_report(report: Report) -> str:
    """The report as JSON, as it is stored with the lease."""
    return json.dumps(asdict(report))


def read_report(text: str) -> Report | None:
    """The report that :func:`write_report` wrote; None for any other text, such as another version's."""
    try:
        values = {"slow_for": 0.0, **json.loads(text)}  # which an earlier version does not write
        return Report(**{field.name: values[field.name] for field in fields(Report)})
    except (ValueError, KeyError, TypeError):
        return None
