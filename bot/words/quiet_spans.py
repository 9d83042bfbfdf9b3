"""Quiet hours of which not both ends are known, as they are offered."""

from datetime import time

Span = tuple[time, time]

_EVENING, _MORNING = range(18, 24), range(4, 12)
_USUAL = ((time(22), time(7)), (time(23), time(8)), (time(0), time(9)))
_USUAL_ENDS, _USUAL_BEGINNINGS = (time(7), time(6), time(8), time(9)), (time(22), time(21), time(23), time(0))
_LENGTHS = (8, 1, 2, 3)  #: hours, of what is not of a night


def spans(begins: time | None, ends: time | None, kept: Span | None = None) -> tuple[Span, ...]:
    """Some with that beginning or end; first the one with the other end that was ``kept``, then usual ones.

    What begins in the evening, or ends in the morning, lasts a night.
    """
    offered = (
        _with_beginning(begins) if begins is not None else _with_end(ends) if ends is not None else _USUAL
    )
    if kept is None:
        return offered
    own = (kept[0] if begins is None else begins, kept[1] if ends is None else ends)
    return tuple(dict.fromkeys((own, *offered))) if own[0] != own[1] else offered


def _with_beginning(begins: time) -> tuple[Span, ...]:
    by_night = _USUAL_ENDS if begins.hour in _EVENING or begins < time(4) else ()
    return tuple((begins, end) for end in by_night or (_later(begins, hours) for hours in _LENGTHS))


def _with_end(ends: time) -> tuple[Span, ...]:
    by_night = _USUAL_BEGINNINGS if ends.hour in _MORNING else ()
    return tuple((begin, ends) for begin in by_night or (_later(ends, -hours) for hours in _LENGTHS))


def _later(at: time, hours: int) -> time:
    return at.replace(hour=(at.hour + hours) % 24)
