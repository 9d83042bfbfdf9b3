"""Quiet hours of which one end is known, as they are offered."""

from datetime import time

Span = tuple[time, time]

_EVENING, _MORNING = range(18, 24), range(4, 12)
_USUAL_ENDS, _USUAL_BEGINNINGS = (time(7), time(6), time(8), time(9)), (time(22), time(21), time(23), time(0))
_LENGTHS = (8, 1, 2, 3)  #: hours, of what is not of a night


def spans(begins: time | None, ends: time | None) -> tuple[Span, ...]:
    """Some with that beginning or end, of which just one is known; the most usual one first.

    What begins in the evening, or ends in the morning, lasts a night.
    """
    if begins is not None:
        by_night = _USUAL_ENDS if begins.hour in _EVENING or begins < time(4) else ()
        return tuple((begins, end) for end in by_night or (_later(begins, hours) for hours in _LENGTHS))
    assert ends is not None  # noqa: S101  # the contract
    by_night = _USUAL_BEGINNINGS if ends.hour in _MORNING else ()
    return tuple((begin, ends) for begin in by_night or (_later(ends, -hours) for hours in _LENGTHS))


def _later(at: time, hours: int) -> time:
    return at.replace(hour=(at.hour + hours) % 24)
