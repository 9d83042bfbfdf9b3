"""A moment in words, in the one form that operators read."""

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """As in "2026-11-30 16:00 UTC"."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
