"""Small valid rows; each argument replaces one field."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.model import Delivery, DeliveryState, Destination, IssueRecord, IssueState, Part, Purpose
from bot.storage import Deliveries, Issues, Statistics
from tests.builders import NOON


def record(slug: str = "2026-03-02", **fields: Any) -> IssueRecord:
    """A waiting issue dated as its slug says, where that is a date."""
    given: dict[str, Any] = {
        "slug": slug,
        "title": f"简报 ({slug})",
        "date": date.fromisoformat(slug) if slug[0] == "2" else None,
        "checksum": "c1",
        "state": IssueState.WAITING,
        "found_at": NOON,
        "published_at": None,
    }
    return IssueRecord(**(given | fields))


async def add_issue(issues: Issues, slug: str = "2026-03-02", **fields: Any) -> None:
    """Take in an issue with one line of text."""
    await issues.add(record(slug, **fields), f"# {slug}")


async def row(ledger: Deliveries, chat_id: int = 1, slug: str = "2026-03-02") -> Delivery:
    """The push of the issue to the chat, which must be there."""
    found = await ledger.get(slug, Destination(chat_id), Purpose.PUSH)
    assert found is not None
    return found


def with_part(delivery: Delivery, message_id: int, *, last: bool = False) -> Delivery:
    """The row after one part more, which the numbers name."""
    name = f"part.{delivery.part_count + 1}"
    changed = replace(delivery.with_part(Part(name=name, message_id=message_id)), state=DeliveryState.SENDING)
    return changed.finished("c1") if last else changed


async def recorded(ledger: Deliveries, changed: Delivery, token: int) -> Delivery | None:
    """The row once it is written; None where it was not."""
    keys = await ledger.record([changed], token=token, now=NOON)
    return replace(changed, version=changed.version + 1) if keys else None


async def pushed(statistics: Statistics) -> dict[str, dict[DeliveryState, int]]:
    """How many pushes of each issue count as which state."""
    return {slug: counts.rows for slug, counts in (await statistics.counts()).items()}
