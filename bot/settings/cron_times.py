"""The moments of a cron line, also on the days on which clocks change.

A time that clocks jump over comes when they do. One that they show twice comes once, unless the line
names every hour, and so each that there is.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import product

from bot.model import moments_of
from bot.settings.cron import CronLine

_DAY = timedelta(days=1)
_FARTHEST = 41 * 366  # days: a 29 February of a given weekday may be forty years away


def next_moment(line: CronLine, earliest: datetime, zone: tzinfo) -> datetime | None:
    """The first moment of a line that is not before ``earliest``, in the zone; None if there is none."""
    begin = earliest.astimezone(zone).date() - _DAY  # whose last time may come after midnight
    earliest = earliest.astimezone(UTC)  # times of one zone compare by what clocks show
    found: list[datetime] = []
    for day in map(begin.__add__, map(timedelta, range(_FARTHEST))):
        if found and day > found[0].date() + 2 * _DAY:
            break
        if line.names(day):
            found += [one for one in _moments(line, day, zone) if one >= earliest][:1]
    return min(found).astimezone(zone) if found else None


@lru_cache(maxsize=16)
def _moments(line: CronLine, day: date, zone: tzinfo) -> tuple[datetime, ...]:
    """All of a day, in order, in UTC."""
    shown = (datetime.combine(day, time(*parts)) for parts in product(line.hours, line.minutes))
    each = (moments_of(one, zone) for one in shown)
    return tuple(sorted({one for moments in each for one in (moments if line.every_hour else moments[:1])}))
