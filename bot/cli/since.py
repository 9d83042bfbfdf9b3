"""A moment in the past, as a person names it."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from bot.errors import BadInput

_SPAN = re.compile(r"(?P<number>0*[1-9][0-9]{0,5})\s*(?P<unit>[hdw])", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7}


def moment_of(text: str, now: datetime, zone: tzinfo, *, where: str) -> datetime:
    """``12h`` ago, the beginning of the day ``30d`` or ``4w`` ago, or that of a date, in ``zone``.

    Raises BadInput, which names ``where``, for anything else, or what is not over yet.
    """
    try:
        moment = _moment(text.strip(), now, zone)
    except (ValueError, OverflowError):
        raise BadInput("must be a span such as 12h, 30d or 4w, or a date: 2026-03-02", where=where) from None
    if moment > now:
        raise BadInput(f"{text} has not come yet", where=where)
    return moment


def _moment(text: str, now: datetime, zone: tzinfo) -> datetime:
    span = _SPAN.fullmatch(text)
    if span is None:
        return _midnight(date.fromisoformat(text), zone)
    number, unit = int(span["number"]), span["unit"].lower()
    if unit == "h":
        return now - timedelta(hours=number)
    return _midnight(now.astimezone(zone).date() - timedelta(days=number * _DAYS[unit]), zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)
