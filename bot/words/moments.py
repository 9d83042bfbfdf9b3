"""A moment in words, in the one form that operators read."""

import re
from datetime import UTC, datetime, tzinfo

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC\b")


def moment(at: datetime) -> str:
    """As in "2026-11-30 16:00 UTC"."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def moments_in(zone: tzinfo, text: str) -> str:
    """A text in which each such moment is told in another zone, as in "2026-12-01 00:00 (Asia/Shanghai)"."""
    if str(zone) == str(UTC):
        return text
    return _MOMENT.sub(lambda found: _shown(found, zone), text)


def _shown(found: re.Match[str], zone: tzinfo) -> str:
    try:
        at = datetime.fromisoformat(f"{found[1]}+00:00").astimezone(zone)
    except (ValueError, OverflowError):  # somebody else wrote it
        return found[0]
    return f"{at:%Y-%m-%d %H:%M} ({zone})"
