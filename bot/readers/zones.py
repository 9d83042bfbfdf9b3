"""Time zones by a city's name or by a place on the earth, from the tables that come with ``tzdata``.

``chinese_cities.tsv`` has the Chinese names of all cities of these tables, and of more; the first is what
the zone is called. ``chinese_countries.tsv`` has those of the countries. Both have the names of the mainland
and, where it writes another, of Taiwan, compared with Unicode's CLDR.

The zone of a place is guessed by the nearest city that has a zone named after it, which is wrong near
some borders: a reader is shown what its clock says, and the next ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple
from zoneinfo import available_timezones

from bot.readers.city_names import PLACES
from bot.words.folding import fold_text

_NOT_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")
MOST_FOUND = 8


class _Zone(NamedTuple):
    """A line of ``zone.tab``: a zone of a country, and where its city lies."""

    name: str
    country: str
    latitude: float
    longitude: float


def exists(name: str) -> bool:
    """Whether tzdata has a zone of that name."""
    return name in _names()


def called(city: str) -> tuple[str, ...]:
    """The zones of a city, a country or a zone's name as somebody typed it; nothing where none is known."""
    return _called().get(_folded(city), ())


def beginning(letters: str) -> tuple[str, ...]:
    """Some of the zones whose names begin so."""
    word = _folded(letters)
    if len(word) < 2:  # a single letter says nothing
        return ()
    begin = (zone for name, zones in _called().items() if name.startswith(word) for zone in zones)
    return tuple(dict.fromkeys(begin))[:MOST_FOUND]


def nearest(latitude: float, longitude: float, most: int = 4) -> tuple[str, ...]:
    """The zones whose cities are nearest to a place, the nearest first."""
    places = [(zone.name, zone.latitude, zone.longitude) for zone in _zones()]
    by_distance = sorted((*places, *PLACES), key=lambda one: _angle(one[1:], (latitude, longitude)))
    return tuple(dict.fromkeys(name for name, *_ in by_distance[: 3 * most]))[:most]


def city(name: str, *, chinese: bool) -> str:
    """How a zone is called: by its city."""
    if chinese and (known := _cities().get(name)):
        return known[0]
    return name.rpartition("/")[2].replace("_", " ")


def _angle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The angle between two places on the globe, given as latitude and longitude."""
    up, along = radians(one[0] - other[0]), radians(one[1] - other[1])
    flat = cos(radians(one[0])) * cos(radians(other[0]))
    return 2 * asin(min(1.0, sqrt(sin(up / 2) ** 2 + flat * sin(along / 2) ** 2)))


@cache
def _names() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


@cache
def _cities() -> Mapping[str, Sequence[str]]:
    """The Chinese names of each zone's cities, the foremost first."""
    return _named("chinese_cities.tsv")


def _named(table: str) -> dict[str, Sequence[str]]:
    text = files("bot.readers").joinpath(table).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines())
    return {name: names.split() for name, names in lines}


@cache
def _called() -> Mapping[str, tuple[str, ...]]:
    """The zones by whatever they are called: zone, city, country, all folded."""
    called: dict[str, dict[str, None]] = {}
    for name, zone in _naming():
        called.setdefault(_folded(name), {})[zone] = None
    return {name: tuple(zones) for name, zones in called.items()}


def _naming() -> Iterator[tuple[str, str]]:
    chinese = _named("chinese_countries.tsv")
    countries = {code: (name, *chinese.get(code, ())) for code, name, *_ in _lines("iso3166.tab")}
    for zone in _zones():
        cities = (zone.name, zone.name.rpartition("/")[2], *_cities().get(zone.name, ()))
        yield from ((name, zone.name) for name in (*cities, *countries[zone.country]))
    for name in sorted(_names()):
        if not name.startswith(_NOT_PLACES):
            yield name, name
            yield name.rpartition("/")[2], name


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, fold_text(name)))


@cache
def _zones() -> tuple[_Zone, ...]:
    return tuple(_Zone(name, code, *_place(place)) for code, place, name, *_ in _lines("zone.tab"))


def _lines(table: str) -> list[tuple[str, ...]]:
    text = files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]


def _place(text: str) -> tuple[float, float]:
    """``+3114+12128`` as degrees of latitude and longitude."""
    half = max(text.rfind("+"), text.rfind("-"))
    return _degrees(text[:half], 2), _degrees(text[half:], 3)


def _degrees(text: str, digits: int) -> float:
    sign, whole, rest = (-1 if text[0] == "-" else 1), text[1 : 1 + digits], text[1 + digits :]
    return sign * (int(whole) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3600)
