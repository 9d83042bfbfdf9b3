"""Time zones, what they are called, and which is near a place on the earth, by the tables of ``tzdata``.

``chinese_cities.tsv`` has the Chinese names of each zone's city, of the mainland and, where it writes
another, of Taiwan, compared with Unicode's CLDR; the first is what the zone is called.

The zone of a place is guessed by the nearest city that has a zone named after it, which is wrong near
some borders: a reader is shown what its clock says, and the next ones.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple
from zoneinfo import available_timezones

from bot.readers.city_names import PLACES

_FIXED = "Etc/GMT"  #: and the hours to UTC: in the east they are negative


class Zone(NamedTuple):
    """A line of ``zone.tab``: a zone of a country, and where its city lies."""

    name: str
    country: str
    latitude: float
    longitude: float


def exists(name: str) -> bool:
    """Whether tzdata has a zone of that name."""
    return name in names()


def nearest(latitude: float, longitude: float, most: int = 4) -> tuple[str, ...]:
    """The zones whose cities are nearest to a place, the nearest first."""
    places = [(zone.name, zone.latitude, zone.longitude) for zone in listed()]
    by_distance = sorted((*places, *PLACES), key=lambda one: _angle(one[1:], (latitude, longitude)))
    return tuple(dict.fromkeys(name for name, *_ in by_distance[: 3 * most]))[:most]


def city(name: str, *, chinese: bool) -> str:
    """How a zone is called: by its city."""
    if chinese and (known := cities().get(name)):
        return known[0]
    if name.startswith(_FIXED):
        hours = -int(name.removeprefix(_FIXED) or 0)
        return f"UTC{hours:+}" if hours else "UTC"
    return name.rpartition("/")[2].replace("_", " ")


def country(code: str, *, chinese: bool) -> str:
    """How a country is called."""
    if chinese:
        return named("chinese_countries.tsv")[code][0]
    return next(name for known, name, *_ in lines("iso3166.tab") if known == code)


def fixed(offset: timedelta) -> str | None:
    """The zone that is always so far from UTC; None where tzdata has none."""
    hours, rest = divmod(offset, timedelta(hours=1))
    name = f"{_FIXED}{-hours:+}" if hours else "UTC"
    return name if not rest and exists(name) else None


def _angle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The angle between two places on the globe, given as latitude and longitude."""
    up, along = radians(one[0] - other[0]), radians(one[1] - other[1])
    flat = cos(radians(one[0])) * cos(radians(other[0]))
    return 2 * asin(min(1.0, sqrt(sin(up / 2) ** 2 + flat * sin(along / 2) ** 2)))


@cache
def names() -> frozenset[str]:
    """Every zone of tzdata that is of a place, and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


@cache
def cities() -> Mapping[str, Sequence[str]]:
    """The Chinese names of each zone's cities, the foremost first."""
    return named("chinese_cities.tsv")


def named(table: str) -> dict[str, Sequence[str]]:
    """The Chinese names by a zone or the code of a country, of a table of ours."""
    text = files("bot.readers").joinpath(table).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {name: called.split() for name, called in rows}


@cache
def listed() -> tuple[Zone, ...]:
    """The zones that tzdata lists by country."""
    return tuple(Zone(name, code, *_place(place)) for code, place, name, *_ in lines("zone.tab"))


def lines(table: str) -> list[tuple[str, ...]]:
    """The rows of a table of tzdata."""
    text = files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]


def _place(text: str) -> tuple[float, float]:
    """``+3114+12128`` as degrees of latitude and longitude."""
    half = max(text.rfind("+"), text.rfind("-"))
    return _degrees(text[:half], 2), _degrees(text[half:], 3)


def _degrees(text: str, digits: int) -> float:
    sign, whole, rest = (-1 if text[0] == "-" else 1), text[1 : 1 + digits], text[1 + digits :]
    return sign * (int(whole) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3600)
