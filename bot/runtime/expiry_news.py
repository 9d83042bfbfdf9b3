"""That something came too late to be sent."""

from datetime import datetime

from bot.model import News


def deliveries_expired(count: int, now: datetime) -> News:
    """So many deliveries did not arrive within their time."""
    return News(
        key=f"deliveries:{now:%Y%m%d%H%M%S%f}", what="deliveries_expired", at=now, values={"count": count}
    )


def issue_expired(slug: str, now: datetime) -> News:
    """An issue was late, and a newer one exists: it is in the archive now."""
    return News(key=f"expired:{slug}", what="issue_expired", at=now, values={"slug": slug})
