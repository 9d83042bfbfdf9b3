"""A time zone is found by the name of a city or country, in Chinese as in English."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from bot.readers import known_places, place_names, zones
from bot.readers.city_names import ZONES_OF_COUNTRIES

ROOM = files("bot.readers")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def clock(zone: str) -> tuple[timedelta | None, ...]:
    """What it is from UTC, now and in summer."""
    summer = NOW.replace(month=8)
    return tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (NOW, summer))


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
        for name in (*cities[zone], zone.rpartition("/")[2]):
            meant = place_names.named(name, NOW).places
            assert clock(zone) in [clock(place.zone) for place in meant], name
        for name in countries[code]:
            assert place_names.named(name, NOW).places, name


def test_every_place_of_ours_has_a_zone_and_a_namesake_is_offered_with_it() -> None:
    zones_of: dict[str, set[str]] = {}
    for key, english, chinese, *_ in lines(ROOM.joinpath("cities.tsv").read_text("utf-8")):
        assert zones.exists(key) or len(key) == len("CN")
        for name in (*english.split(", "), *chinese.split()):
            zones_of.setdefault(name, set()).add(key)
    for name, keys in zones_of.items():
        found = place_names.named(name, NOW)
        wanted = {clock(key) for key in keys if "/" in key}
        assert wanted <= {clock(place.zone) for place in found.places}, name
        assert found.sure or len({clock(place.zone) for place in found.places}) > 1, name


def test_the_zones_that_are_offered_first_for_a_country_are_its_own() -> None:
    places = {(code, zone) for code, _, zone, *_ in tzdata("zone.tab")}
    assert {(code, zone) for code, several in ZONES_OF_COUNTRIES.items() for zone in several} <= places


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("加德满都", "Asia/Kathmandu"),
        ("加德滿都", "Asia/Kathmandu"),
        ("奈洛比", "Africa/Nairobi"),
        ("雪梨", "Australia/Sydney"),
        ("尼泊尔", "Asia/Kathmandu"),
        ("中国", "Asia/Shanghai"),
        ("中国北京", "Asia/Shanghai"),
        ("杭州", "Asia/Shanghai"),
        ("拉薩", "Asia/Shanghai"),
        ("广东省", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("大阪府", "Asia/Tokyo"),
        ("复活节岛", "Pacific/Easter"),
        ("复活节", "Pacific/Easter"),
        ("new york", "America/New_York"),
        ("Mexico City", "America/Mexico_City"),
        ("Faroe Islands", "Atlantic/Faroe"),
        ("Ürümqi", "Asia/Urumqi"),
        ("São Paulo", "America/Sao_Paulo"),
        ("tromso", "Europe/Oslo"),
        ("Nepal", "Asia/Kathmandu"),
        ("Germany", "Europe/Berlin"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("London, Ontario", "America/Toronto"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("Berlin Mitte", "Europe/Berlin"),
        ("上海市浦东新区", "Asia/Shanghai"),
        ("Москва", "Europe/Moscow"),
        ("Санкт-Петербург", "Europe/Moscow"),
        ("Київ", "Europe/Kyiv"),
        ("서울", "Asia/Seoul"),
        ("부산", "Asia/Seoul"),
        ("Αθήνα", "Europe/Athens"),
        ("القاهرة", "Africa/Cairo"),
        ("กรุงเทพ", "Asia/Bangkok"),
        ("Warszawa", "Europe/Warsaw"),
        ("Bayern", "Europe/Berlin"),
        ("Nordrhein-Westfalen", "Europe/Berlin"),
        ("Catalonia", "Europe/Madrid"),
        ("Toscana", "Europe/Rome"),
        ("Kerala", "Asia/Kolkata"),
        ("Jawa Barat", "Asia/Jakarta"),
        ("卑诗省", "America/Vancouver"),
        ("英屬哥倫比亞", "America/Vancouver"),
        ("舊金山灣區", "America/Los_Angeles"),
        ("巴伐利亚州", "Europe/Berlin"),
        ("昆山", "Asia/Shanghai"),
        *((name, "Asia/Shanghai") for name in ("德州市", "山东德州", "山东省德州市", "丽水市", "浙江丽水")),
        *(
            (name, "Asia/Shanghai")
            for name in ("河南省", "河南省郑州市", "玉溪", "榆林市", "西藏林芝", "凉山")
        ),
        *(("JST", "Asia/Tokyo"), ("kst", "Asia/Seoul"), ("CET", "Europe/Berlin"), ("cest", "Europe/Berlin")),
        *(("PST", "America/Los_Angeles"), ("EDT", "America/New_York"), ("AEST", "Australia/Sydney")),
        *(("SGT", "Asia/Singapore"), ("HKT", "Asia/Hong_Kong"), ("MSK", "Europe/Moscow")),
        ("Jersey City", "America/New_York"),
        *(("🇯🇵", "Asia/Tokyo"), ("🇩🇪", "Europe/Berlin"), ("🇨🇳", "Asia/Shanghai"), ("🇬🇧", "Europe/London")),
        *(("刚果（布）", "Africa/Brazzaville"), ("Korea", "Asia/Seoul"), ("Guinea", "Africa/Conakry")),
        *(("格鲁吉亚", "Asia/Tbilisi"), ("Virgin Islands", "America/Tortola")),
    ],
)
def test_a_whole_name_chooses_its_zone(typed: str, zone: str) -> None:
    found = place_names.named(typed, NOW)
    assert (found.places[0].zone, found.sure) == (zone, True)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("澳大利亚", "Australia/Sydney"),
        ("美国", "America/New_York"),
        ("Russia", "Europe/Moscow"),
        ("Texas", "America/Chicago"),
        ("Cambridge", "Europe/London"),
        ("Kingston", "America/Jamaica"),
        ("San Jose", "America/Los_Angeles"),
        ("圣地亚哥", "America/Los_Angeles"),
        ("Paris, Texas", "Europe/Paris"),
        ("Birmingham", "Europe/London"),
        ("湾区", "Asia/Shanghai"),
        ("Punjab", "Asia/Kolkata"),
        ("Aurora", "America/Chicago"),
        ("德州", "Asia/Shanghai"),
        ("丽水", "Asia/Shanghai"),
        *(("刚果", "Africa/Kinshasa"), ("Congo", "Africa/Kinshasa"), ("Samoa", "Pacific/Pago_Pago")),
        *(("Georgia", "America/New_York"), ("乔治亚", "America/New_York"), ("🇺🇸", "America/New_York")),
        *(("CST", "America/Chicago"), ("IST", "Asia/Kolkata"), ("BST", "Europe/London")),
    ],
)
def test_a_name_with_several_clocks_offers_them_the_foremost_first(typed: str, first: str) -> None:
    found = place_names.named(typed, NOW)
    assert found.places[0].zone == first
    assert not found.sure
    assert len({clock(place.zone) for place in found.places}) > 1
    names = place_names.told_apart(found.places, chinese=True)
    assert len(set(names)) == len(names)


def test_of_countries_that_share_a_name_each_is_offered_though_some_have_the_same_clock() -> None:
    found = place_names.named("刚果", NOW)
    assert place_names.told_apart(found.places, chinese=True) == (
        *("金沙萨（刚果（金））", "卢本巴希（刚果（金））", "布拉柴维尔（刚果（布））"),
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("里约", "America/Sao_Paulo"),
        ("Rio", "America/Sao_Paulo"),
        ("Bei", "Asia/Shanghai"),
        ("加德", "Asia/Kathmandu"),
        ("Janeiro", "America/Sao_Paulo"),
        ("Addis", "Africa/Addis_Ababa"),
    ],
)
def test_a_part_of_a_name_only_offers_the_best_known_first(typed: str, first: str) -> None:
    assert place_names.named(typed, NOW).places == ()
    assert place_names.like(typed)[0].zone == first


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Seattle, WA", "America/Los_Angeles"),
        ("Berlin Somewhere", "Europe/Berlin"),
        ("New York Somewhere", "America/New_York"),
        ("上海市某某小区", "Asia/Shanghai"),
    ],
)
def test_a_city_with_something_unknown_behind_it_is_only_offered(typed: str, zone: str) -> None:
    assert place_names.named(typed, NOW) == place_names.Found()
    assert [one.zone for one in place_names.like(typed)] == [zone]


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("Portland", ("Portland, Oregon", "Portland, Maine"), ("波特兰（俄勒冈）", "波特兰（缅因）")),
        (
            "Birmingham",
            ("Birmingham, England", "Birmingham, Alabama"),
            ("伯明翰（英格兰）", "伯明翰（亚拉巴马）"),
        ),
        (
            "Valencia",
            ("Valencia, Spain", "Valencia, Venezuela"),
            ("瓦伦西亚（西班牙）", "瓦伦西亚（委内瑞拉）"),
        ),
        ("Texas", ("Chicago, Texas", "Denver, Texas"), ("芝加哥（得克萨斯）", "丹佛（得克萨斯）")),
        (
            "德州",
            ("Dezhou, Shandong", "Chicago, Texas", "Denver, Texas"),
            ("德州（山东）", "芝加哥（得克萨斯）", "丹佛（得克萨斯）"),
        ),
        (
            "IST",
            ("IST, India", "IST, Israel", "IST, Ireland"),
            ("IST（印度）", "IST（以色列）", "IST（爱尔兰）"),
        ),
    ],
)
def test_places_in_doubt_are_told_apart_by_where_they_lie(
    typed: str, english: tuple[str, ...], chinese: tuple[str, ...]
) -> None:
    found = place_names.named(typed, NOW).places
    assert place_names.told_apart(found, chinese=False) == english
    assert place_names.told_apart(found, chinese=True) == chinese


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        *(
            ("Sao Paolo", "America/Sao_Paulo"),
            ("Amsterdan", "Europe/Amsterdam"),
            ("Shangai", "Asia/Shanghai"),
        ),
        *(("Melborne", "Australia/Melbourne"), ("Singapor", "Asia/Singapore")),
    ],
)
def test_a_slip_in_a_name_is_offered_the_nearest_one(typed: str, zone: str) -> None:
    assert place_names.named(typed, NOW) == place_names.Found()
    assert place_names.like(typed)[0].zone == zone


def test_a_name_is_found_beside_words_that_are_none() -> None:
    found, others = place_names.beside("somewhere in new york please", NOW)
    assert [place.zone for place in found.places] == ["America/New_York"]
    assert others == "somewhere in please"
    assert place_names.beside("nothing of this", NOW) == (place_names.Found(), "nothing of this")


def test_the_table_of_the_world_has_nothing_of_ours_and_only_zones_that_exist() -> None:
    for zone, names in lines(ROOM.joinpath("world_names.tsv").read_text("utf-8")):
        assert zones.exists(zone), zone
        for name in names.strip("|").split("|"):
            assert known_places.folded(name) == name
            assert not known_places.is_ours(name), name


def test_a_long_text_names_no_place() -> None:
    assert place_names.named("berlin germany " * 300, NOW) == place_names.Found()


def test_a_zone_is_called_by_its_city_in_the_readers_language() -> None:
    assert zones.city("Asia/Kathmandu", chinese=True) == "加德满都"
    assert zones.city("Asia/Shanghai", chinese=True) == "北京"
    assert zones.city("Asia/Kathmandu", chinese=False) == "Kathmandu"


@pytest.mark.parametrize(
    ("hours", "zone", "name"), [(8, "Etc/GMT-8", "UTC+8"), (-3, "Etc/GMT+3", "UTC-3"), (0, "UTC", "UTC")]
)
def test_a_whole_offset_is_a_fixed_zone_and_cities_are_offered(hours: int, zone: str, name: str) -> None:
    found = place_names.by_offset(timedelta(hours=hours), NOW)
    assert found.sure
    assert found.places[0] == known_places.Place(zone, name, name)
    assert {clock(one.zone)[0] for one in found.places} == {timedelta(hours=hours)}


def test_an_offset_without_a_fixed_zone_only_offers_cities() -> None:
    assert place_names.by_offset(timedelta(hours=5.75), NOW).places[0].zone == "Asia/Kathmandu"
    assert not place_names.by_offset(timedelta(hours=5.75), NOW).sure
    assert place_names.by_offset(timedelta(hours=77), NOW) == place_names.Found()
