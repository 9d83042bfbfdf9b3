"""The places that are known by name, of the tables of ``tzdata`` and ours.

``cities.tsv`` has places that tzdata has no zone for, the best known of a zone first: the zone (or the code
of the country that the names stand for), the English names, the Chinese ones, and in which state or country
it lies, where that tells it apart. A name on two lines is one of two places; one that is far less known than
its namesake has none. What is on none of its lines may be in the table of ``world_names``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.readers import zones
from bot.readers.city_names import ZONES_OF_COUNTRIES
from bot.words.folding import fold_text
from bot.words.short_zones import ZONES_BY_SHORT

_FLAGS = "\N{REGIONAL INDICATOR SYMBOL LETTER A}", "\N{REGIONAL INDICATOR SYMBOL LETTER Z}"
_CONTINENTS = (
    *("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/"),
    *("Indian/", "Pacific/"),
)
_FIXED = "Etc/"
_NO_NAMES = frozenset(("Australia/North", "Australia/South", "Australia/West"))  # everywhere there is one
_WORDS = frozenset(("west",))  #: short names of zones that say another thing, as in West Coast
_BEHIND = re.compile(
    r"(?<=..)(?:特别行政区|自治区|自治州|群岛|地区|市|省|州|岛|县|府|都|时间|islands?|city|state|province|prefecture|time)$"
)
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


class Place(NamedTuple):
    """A place, the name of its zone, what it is called, and where it lies, if its namesakes lie elsewhere."""

    zone: str
    english: str
    chinese: str
    within: tuple[str, str] = ("", "")  #: in English and in Chinese


def in_zone(zone: str) -> Place:
    """The city of a zone."""
    return Place(zone, zones.city(zone, chinese=False), zones.city(zone, chinese=True))


@cache
def known() -> Mapping[str, tuple[Place, ...]]:
    """The places by each of their names, folded."""
    found: dict[str, dict[Place, None]] = {}
    for name, place in _naming():
        if plain := folded(name):
            found.setdefault(plain, {})[place] = None
    return {name: tuple(places) for name, places in found.items()}


@cache
def shortened() -> Mapping[str, tuple[Place, ...]]:
    """The places by their names without what may be left out: 复活节 for 复活节岛."""
    short = ((without_kind(name), name, places) for name, places in known().items())
    return {shortened: places for shortened, name, places in short if shortened != name}


def _naming() -> Iterator[tuple[str, Place]]:
    countries = _countries()
    for key, english, chinese, *within in _lines():
        names = (*english.split(", "), *chinese.split())
        called = english.split(", ")[0], (chinese or english).split()[0]
        lies = (within[0], within[1]) if within else ("", "")
        places = countries.get(key) or (Place(key, *called, lies),)
        yield from ((name, place) for name in names for place in places)
    for zone in zones.listed():
        place = in_zone(zone.name)
        for name in (zone.name, place.english, *zones.cities().get(zone.name, ())):
            yield name, place
    yield from _names_of_countries(countries)
    yield from ((name, in_zone(zone)) for name, (_, zone) in ZONES_BY_SHORT.items() if name not in _WORDS)
    yield from _other_names()


def _lines() -> Iterator[list[str]]:
    text = files("bot.readers").joinpath("cities.tsv").read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines())


def _countries() -> dict[str, tuple[Place, ...]]:
    """The cities of each country's zones, by its code."""
    countries: dict[str, list[str]] = {}
    for zone in zones.listed():
        countries.setdefault(zone.country, []).append(zone.name)
    foremost = {code: tuple(map(in_zone, names)) for code, names in ZONES_OF_COUNTRIES.items()}
    return {code: tuple(map(in_zone, names)) for code, names in countries.items()} | foremost


def _names_of_countries(countries: Mapping[str, tuple[Place, ...]]) -> Iterator[tuple[str, Place]]:
    chinese = zones.named("chinese_countries.tsv")
    for code, name, *_ in zones.lines("iso3166.tab"):
        for called in (_flag(code), *_with_shared((name, *chinese.get(code, ())))):
            yield from ((called, place) for place in countries.get(code, ()))


def _with_shared(names: Iterable[str]) -> Iterator[str]:
    """The names, and what is in front of the brackets that tell a country from its namesake: 刚果（金）."""
    for name in names:
        yield name
        shared = re.split("[(（]", name)[0]
        if shared != name:
            yield shared


def _flag(code: str) -> str:
    """The flag of a country: its two letters, as signs."""
    return "".join(chr(ord(_FLAGS[0]) + ord(letter) - ord("A")) for letter in code)


def _other_names() -> Iterator[tuple[str, Place]]:
    """The older names of zones."""
    for zone in sorted(zones.names()):
        if zone.startswith(_FIXED):
            continue
        place = in_zone(zone)
        yield zone, place
        if zone.startswith(_CONTINENTS) and zone not in _NO_NAMES:
            yield place.english, place


def is_ours(name: str) -> bool:
    """Whether our own tables have a place of that folded name."""
    return name in known()


def without_kind(name: str) -> str:
    """The name without what may be left out: 大阪 of 大阪府."""
    return _BEHIND.sub("", name)


def folded(name: str) -> str:
    """The name as names are compared."""
    parts = unicodedata.normalize("NFD", fold_text(name).translate(_PLAIN))
    return "".join(char for char in parts if char.isalnum() or _FLAGS[0] <= char <= _FLAGS[1])
