"""A clock and a day that two keys say: together they are one moment."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.digest.said_moments import Clock, said_moment

_ANY = date(2000, 1, 1)


def with_clocks(values: Iterable[str], others: Iterable[str], clock: Clock) -> Sequence[str]:
    """The values; where some are a day alone, and some or ``others`` a clock alone, the days with it.

    Those that say both stay as they are.
    """
    values = tuple(values)
    days = [one for one in values if _is_day(one, clock)]
    clocks = [one for one in (*values, *others) if _is_clock(one, clock)]
    if not (days and clocks):
        return values
    whole = (one for one in values if one not in days and one not in clocks)
    return (*whole, *(f"{day} {hour}" for day in days for hour in dict.fromkeys(clocks)))


def _is_day(value: str, clock: Clock) -> bool:
    said = said_moment(value, clock)
    return said is not None and not said.timed


def _is_clock(value: str, clock: Clock) -> bool:
    return said_moment(value, clock) is None and said_moment(value, clock, _ANY) is not None
