"""A time zone is found by the name of a city or country, in Chinese as in English."""

from importlib.resources import files

import pytest

from bot.readers import zones

ROOM = files("bot.readers")


def lines(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def tzdata(table: str) -> list[list[str]]:
    return lines(files("tzdata.zoneinfo").joinpath(table).read_text("utf-8"))


def ours(table: str) -> dict[str, list[str]]:
    found = lines(ROOM.joinpath(table).read_text("utf-8"))
    names = {key: named.split(" ") for key, named in found}
    assert len(names) == len(found)
    return names


def test_every_city_and_country_of_tzdata_has_chinese_names_and_is_found_by_each() -> None:
    cities, countries = ours("chinese_cities.tsv"), ours("chinese_countries.tsv")
    places = [(code, zone) for code, _, zone, *_ in tzdata("zone.tab")]
    assert set(cities) == {zone for _, zone in places}
    assert set(countries) == {code for code, *_ in tzdata("iso3166.tab")}
    for code, zone in places:
        for name in (*cities[zone], *countries[code], zone.rpartition("/")[2]):
            assert zone in zones.called(name), name


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("加德满都", "Asia/Kathmandu"),
        ("加德滿都", "Asia/Kathmandu"),
        ("奈洛比", "Africa/Nairobi"),
        ("内罗毕", "Africa/Nairobi"),
        ("雪梨", "Australia/Sydney"),
        ("尼泊尔", "Asia/Kathmandu"),
        ("中国", "Asia/Shanghai"),
        ("杭州", "Asia/Shanghai"),
        ("new york", "America/New_York"),
        ("Nepal", "Asia/Kathmandu"),
        ("Asia/Calcutta", "Asia/Calcutta"),
    ],
)
def test_the_foremost_zone_of_what_somebody_types(typed: str, zone: str) -> None:
    assert zones.called(typed)[0] == zone


def test_a_zone_is_called_by_its_city_in_the_readers_language() -> None:
    assert zones.city("Asia/Kathmandu", chinese=True) == "加德满都"
    assert zones.city("Asia/Shanghai", chinese=True) == "北京"
    assert zones.city("Asia/Kathmandu", chinese=False) == "Kathmandu"


def test_the_first_letters_of_a_chinese_name_offer_what_begins_so() -> None:
    assert "Asia/Kathmandu" in zones.beginning("加德")
