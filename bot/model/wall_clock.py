"""When the clocks of a time zone show a time: once, twice where they are put back, or they jump over it."""

from datetime import UTC, datetime, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


def moments_of(shown: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """The moments, in UTC, at which clocks show this time (given without a zone), in order.

    For a time that they jump over it is the moment at which they do, or if they show the next day then,
    the second before.
    """
    first, last = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > last:
        jump = _jump(last, first, zone)
        within = (
            moment for moment in (jump, jump - _SECOND) if moment.astimezone(zone).date() == shown.date()
        )
        return (next(within, jump),)
    return (first,) if first == last else (first, last)


def _jump(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The first second between two moments at which clocks go otherwise than before."""
    kept = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == kept:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
