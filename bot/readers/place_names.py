"""The time zones that somebody means who names a city, a state, a country or a zone.

Only a whole name chooses: case, blanks, hyphens and diacritics do not count, nor whether 市 or "Island"
stands behind it. A beginning or a part of a name, a name of places with different clocks, and a country
with several offer what there is, the best known first.

``cities.tsv`` has places that tzdata has no zone for, the best known of a zone first: the zone (or the code
of the country that the names stand for), the English names, the Chinese ones, and in which state or country
it lies, where that tells it apart. A name on two lines is one of two places; one that is far less known than
its namesake has none. What is on none of its lines may be in the table of ``world_names``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.readers import world_names, zones
from bot.readers.city_names import SHORT_LIST, ZONES_OF_COUNTRIES
from bot.words.folding import fold_text
from bot.words.short_zones import ZONES_BY_SHORT

MOST_OFFERED = 12
_MOST_BESIDES = 4
_MOST_WORDS = 4  #: of a name that stands among other words
_SHORTEST, _ALIKE = (
    5,
    0.85,
)  #: letters of a name that is compared with others, and how alike, as difflib counts
_LONGEST = 100  #: letters of a name; a longer text would take long
_CONTINENTS = (
    *("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/"),
    *("Indian/", "Pacific/"),
)
_FIXED = "Etc/"
_NO_NAMES = frozenset(("Australia/North", "Australia/South", "Australia/West"))  # everywhere there is one
_WORDS = frozenset(("west",))  #: short names of zones that say another thing, as in West Coast
_HALF_A_YEAR = timedelta(days=182)
_BEHIND = re.compile(
    r"(?<=..)(?:特别行政区|自治区|自治州|群岛|地区|市|省|州|岛|县|府|都|时间|islands?|city|state|province|prefecture|time)$"
)
_END_OF_NAME = re.compile(r"(?<=[^\x00-\x7f].)(?=.)|(?<=\w)(?=\W)")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


class Place(NamedTuple):
    """A place, the name of its zone, what it is called, and where it lies, if its namesakes lie elsewhere."""

    zone: str
    english: str
    chinese: str
    within: tuple[str, str] = ("", "")  #: in English and in Chinese


class Found(NamedTuple):
    """The places that words may mean; ``sure`` if they name one, or several with the same clock."""

    places: tuple[Place, ...] = ()
    sure: bool = False


def named(words: str, now: datetime) -> Found:
    """The places whose whole name the words are, alone or with the state or country they lie in."""
    name = folded(words)
    places = _differing(_whole(name) or _within(name), now)
    return Found(places[:MOST_OFFERED], sure=len(places) == 1)


def beside(words: str, now: datetime) -> tuple[Found, str]:
    """The places that the longest run of some of the words names, and the other words."""
    pieces = words[:_LONGEST].split()
    for length in range(min(len(pieces) - 1, _MOST_WORDS), 0, -1):
        for start in range(len(pieces) - length + 1):
            run = slice(start, start + length)
            found = named(" ".join(pieces[run]), now)
            if found.places:
                return found, " ".join((*pieces[:start], *pieces[start + length :]))
    return Found(), words


def like(words: str) -> tuple[Place, ...]:
    """Places whose names begin with the words, then those that have them within.

    If there are none, the place with whose name the words begin: Seattle, WA; or those of the nearest name.
    """
    name = folded(words)
    if len(name) < 2 and name.isascii():  # a single letter says nothing
        return ()
    begin = [places for known, places in _known().items() if known.startswith(name)]
    within = [places for known, places in _known().items() if name in known[1:]] if _says_much(name) else []
    alike = (place for found in (begin, within) for place in sorted(_joined(found), key=_rank))
    return _by_zone(alike) or _by_zone(_before(words)) or _by_zone(_near(name))


def _near(name: str) -> tuple[Place, ...]:
    """The places of the known name that differs least, if by little."""
    lengths = range(len(name) - 1, len(name) + 2)
    known = [one for one in _known() if len(one) in lengths] if len(name) >= _SHORTEST else []
    return next((_known()[one] for one in get_close_matches(name, known, n=1, cutoff=_ALIKE)), ())


def _before(words: str) -> tuple[Place, ...]:
    """The place that the words begin with, by the longest name."""
    ends = (found.start() for found in _END_OF_NAME.finditer(words[:_LONGEST]))
    whole = (_whole(folded(words[:end])) for end in sorted(ends, reverse=True))
    return next(filter(None, whole), ())


def _says_much(name: str) -> bool:
    return len(name) > (3 if name.isascii() else 1)  # "rio" ends many a name


def by_offset(offset: timedelta, now: datetime) -> Found:
    """A zone that is always so far from UTC, if tzdata has one, then cities that are it now."""
    fixed = zones.fixed(offset)
    known = dict.fromkeys((*SHORT_LIST, *zones.cities()))
    cities = (zone for zone in known if now.astimezone(ZoneInfo(zone)).utcoffset() == offset)
    places = tuple(map(in_zone, islice(cities, _MOST_BESIDES)))
    return Found((in_zone(fixed), *places), sure=True) if fixed else Found(places)


def told_apart(places: Sequence[Place], *, chinese: bool) -> tuple[str, ...]:
    """What places are called beside each other: with where they lie, if not all lie in one country."""
    names = [place.chinese if chinese else place.english for place in places]
    lies = [place.within[chinese] or _country(place.zone, chinese=chinese) for place in places]
    shown = [_lying(name, where, chinese=chinese) for name, where in zip(names, lies, strict=True)]
    cities = [zones.city(place.zone, chinese=chinese) for place in places]
    if len(set(lies)) == 1:
        shown = [name if names.count(name) == 1 else city for name, city in zip(names, cities, strict=True)]
    return tuple(city if shown.count(one) > 1 else one for one, city in zip(shown, cities, strict=True))


def _lying(name: str, where: str, *, chinese: bool) -> str:
    if not where or where == name:
        return name
    return f"{name}（{where}）" if chinese else f"{name}, {where}"


def _country(zone: str, *, chinese: bool) -> str:
    """The country that a zone is of; empty if of none."""
    code = next((one.country for one in zones.listed() if one.name == zone), "")
    return zones.country(code, chinese=chinese) if code else ""


def in_zone(zone: str) -> Place:
    """The city of a zone."""
    return Place(zone, zones.city(zone, chinese=False), zones.city(zone, chinese=True))


def _whole(name: str) -> tuple[Place, ...]:
    """The places of a folded name: what may be left out is left out last."""
    return _known().get(name) or _elsewhere(name) or _ours(name) or _elsewhere(without_kind(name))


def _ours(name: str) -> tuple[Place, ...]:
    """The places that our own tables have."""
    known = _known()
    return known.get(name) or known.get(without_kind(name)) or _shortened().get(name, ())


def _elsewhere(name: str) -> tuple[Place, ...]:
    """The places of a folded name that only the world's table has, by the cities of their zones."""
    return tuple(map(in_zone, world_names.zones_of(name)))


def _within(name: str) -> tuple[Place, ...]:
    """The places of a name that is two, a city and what it lies in, in either order.

    Where none of the first lies in the second, all of both are meant.
    """
    if len(name) > _LONGEST:
        return ()
    for cut in range(2, len(name) - 1):
        if not (_ours(name[:cut]) or _ours(name[cut:])):
            continue
        one, other = _whole(name[:cut]), _whole(name[cut:])
        if one and other:
            clocks = {place.zone for place in one} & {place.zone for place in other}
            return tuple(place for place in (*one, *other) if place.zone in clocks) or (*one, *other)
    return ()


def _differing(places: Iterable[Place], now: datetime) -> tuple[Place, ...]:
    """The first of those that have the same time now and in half a year."""
    by_clock: dict[tuple[timedelta | None, ...], Place] = {}
    for place in places:
        zone = ZoneInfo(place.zone)
        offsets = (moment.astimezone(zone).utcoffset() for moment in (now, now + _HALF_A_YEAR))
        by_clock.setdefault(tuple(offsets), place)
    return tuple(by_clock.values())


def _by_zone(places: Iterable[Place]) -> tuple[Place, ...]:
    """The first of each zone; an older name of one is offered to nobody."""
    first: dict[str, Place] = {}
    for place in places:
        if place.zone in zones.cities():
            first.setdefault(place.zone, place)
    return tuple(first.values())[:MOST_OFFERED]


def _joined(found: Iterable[tuple[Place, ...]]) -> Iterator[Place]:
    return (place for places in found for place in places)


def _rank(place: Place) -> int:
    """The less, the better known its zone is; who have the same keep their order."""
    return SHORT_LIST.index(place.zone) if place.zone in SHORT_LIST else len(SHORT_LIST)


@cache
def _known() -> Mapping[str, tuple[Place, ...]]:
    """The places by each of their names, folded."""
    known: dict[str, dict[Place, None]] = {}
    for name, place in _naming():
        if plain := folded(name):
            known.setdefault(plain, {})[place] = None
    return {name: tuple(places) for name, places in known.items()}


@cache
def _shortened() -> Mapping[str, tuple[Place, ...]]:
    """The places by their names without what may be left out: 复活节 for 复活节岛."""
    short = ((without_kind(name), name, places) for name, places in _known().items())
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
        for called in (name, *chinese.get(code, ())):
            yield from ((called, place) for place in countries.get(code, ()))


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
    return name in _known()


def without_kind(name: str) -> str:
    """The name without what may be left out: 大阪 of 大阪府."""
    return _BEHIND.sub("", name)


def folded(name: str) -> str:
    """The name as names are compared."""
    parts = unicodedata.normalize("NFD", fold_text(name).translate(_PLAIN))
    return "".join(filter(str.isalnum, parts))
