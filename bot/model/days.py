"""How the day of an issue is written where it is one fact among others."""

from datetime import date


def written(day: date | None, *, known: bool) -> str:
    """The day as ``2026-03-02``; as ``2026-03`` where its month alone is known; empty for none."""
    if day is None:
        return ""
    return day.isoformat() if known else f"{day:%Y-%m}"
