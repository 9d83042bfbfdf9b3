"""The time zones that somebody means who names a city, a state, a country or a zone.

Only a whole name chooses: case, blanks, hyphens and diacritics do not count, nor whether 市 or "Island"
stands behind it. A beginning or a part of a name, a name of places with different clocks, and a country
with several offer what there is, the best known first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.readers import world_names, zones
from bot.readers.city_names import SHORT_LIST
from bot.readers.known_places import Place, folded, in_zone, known, shortened, without_kind

MOST_OFFERED = 12
_MOST_BESIDES = 4
_MOST_WORDS = 4  #: of a name that stands among other words
_SHORTEST, _ALIKE = (
    5,
    0.85,
)  #: letters of a name that is compared with others, and how alike, as difflib counts
_LONGEST = 100  #: letters of a name; a longer text would take long
_Clock = tuple[timedelta | None, ...]
_HALF_A_YEAR = timedelta(days=182)
_APART = re.compile(r"[\s,，、;；]+")  #: what stands between words
_LEFT = re.compile(
    r"(?:而?不是|不在|别用|不用|\b(?:not|instead of|rather than) (?:in |at |by )?)"
    r"\s*按?(?P<name>[^,，、;；。]+)"
)
_END_OF_NAME = re.compile(r"(?<=[^\x00-\x7f].)(?=.)|(?<=\w)(?=\W)")


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
    pieces = _APART.split(words[:_LONGEST])
    for length in range(min(len(pieces) - 1, _MOST_WORDS), 0, -1):
        for start in range(len(pieces) - length + 1):
            run = slice(start, start + length)
            found = named(" ".join(pieces[run]), now)
            if found.places:
                return found, " ".join((*pieces[:start], *pieces[start + length :]))
    return Found(), words


def without_left(words: str, now: datetime) -> tuple[str, str, tuple[Place, ...]]:
    """The words without a place that is not meant, as in 东京，不是北京时间; what said so, and that place.

    All of the words, if none is.
    """
    for found in _LEFT.finditer(words[:_LONGEST]):
        if places := named(found["name"], now).places:
            return (
                f"{words[: found.start()]} {words[found.end() :]}".strip(" ,，"),
                found[0].strip(" ,，"),
                places,
            )
    return words, "", ()


def like(words: str) -> tuple[Place, ...]:
    """Places whose names begin with the words, then those that have them within.

    If there are none, the place with whose name the words begin: Seattle, WA; or those of the nearest name.
    """
    name = folded(words)
    if len(name) < 2 and name.isascii():  # a single letter says nothing
        return ()
    begin = [places for one, places in known().items() if one.startswith(name)]
    within = [places for one, places in known().items() if name in one[1:]] if _says_much(name) else []
    alike = (place for found in (begin, within) for place in sorted(_joined(found), key=_rank))
    return _by_zone(alike) or _by_zone(_before(words)) or _by_zone(_near(name))


def _near(name: str) -> tuple[Place, ...]:
    """The places of the known name that differs least, if by little."""
    lengths = range(len(name) - 1, len(name) + 2)
    alike = [one for one in known() if len(one) in lengths] if len(name) >= _SHORTEST else []
    return next((known()[one] for one in get_close_matches(name, alike, n=1, cutoff=_ALIKE)), ())


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
    listed = dict.fromkeys((*SHORT_LIST, *zones.cities()))
    cities = (zone for zone in listed if now.astimezone(ZoneInfo(zone)).utcoffset() == offset)
    places = tuple(map(in_zone, islice(cities, _MOST_BESIDES)))
    return Found((in_zone(fixed), *places), sure=True) if fixed else Found(places)


def told_apart(places: Sequence[Place], *, chinese: bool) -> tuple[str, ...]:
    """What places are called beside each other: with where they lie, if not all lie in one country.

    Those of one region are called by their cities, and the region.
    """
    names = [place.chinese if chinese else place.english for place in places]
    lies = [place.within[chinese] or _country(place.zone, chinese=chinese) for place in places]
    shown = [_lying(name, where, chinese=chinese) for name, where in zip(names, lies, strict=True)]
    cities = [
        _lying(zones.city(place.zone, chinese=chinese), name, chinese=chinese)
        for place, name in zip(places, names, strict=True)
    ]
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


def _whole(name: str) -> tuple[Place, ...]:
    """The places of a folded name: what may be left out is left out last."""
    return known().get(name) or _elsewhere(name) or _ours(name) or _elsewhere(without_kind(name))


def _ours(name: str) -> tuple[Place, ...]:
    """The places that our own tables have."""
    places = known()
    return places.get(name) or places.get(without_kind(name)) or shortened().get(name, ())


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


def _differing(places: Sequence[Place], now: datetime) -> tuple[Place, ...]:
    """The first of those that have the same time now and in half a year.

    Where not all have the same, that is the first of each country.
    """
    clocks = [_clock(place.zone, now) for place in places]
    if len(set(clocks)) == 1:
        return tuple(places[:1])
    first: dict[tuple[_Clock, str], Place] = {}
    for place, clock in zip(places, clocks, strict=True):
        country = _country(place.zone, chinese=False)  # an older name of a zone has none
        if country or all(clock != other for other, _ in first):
            first.setdefault((clock, country), place)
    return tuple(first.values())


def _clock(zone: str, now: datetime) -> _Clock:
    return tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (now, now + _HALF_A_YEAR))


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
