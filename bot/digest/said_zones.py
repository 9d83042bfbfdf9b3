"""The time zone that words name: +08:00, UTC-5, 东八区, 北京时间, Europe/Berlin, PST."""

from datetime import UTC, datetime, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.words.clock_times import plain
from bot.words.short_zones import ZONES_BY_SHORT
from bot.words.utc_offsets import OFFSET, offset, places_have

_AROUND = " ,()[]【】「」"
_OUR_ZONE = ("北京", "中国", "中国标准", "上海", "beijing", "china standard")


def said_zone(words: str, usual: tzinfo, shown: datetime) -> tzinfo | None:
    """The zone that all of some plain words name, the usual one if there are none; None if they name none.

    ``shown`` is what its clocks show. A short name that they have in the other half of the year names none:
    who writes PST in July may mean either.
    """
    words = words.strip(_AROUND).removesuffix("时间").removesuffix(" time")
    if not words:
        return usual
    if words in _OUR_ZONE:
        return ZoneInfo("Asia/Shanghai")
    if found := OFFSET.fullmatch(words):
        away = offset(found)
        return timezone(away) if places_have(away) else None
    if words in ZONES_BY_SHORT:
        return _by_short_name(words, shown)
    name = _names().get(words)
    return UTC if words == "z" else ZoneInfo(name) if name else None


def _by_short_name(word: str, shown: datetime) -> tzinfo | None:
    names, name = ZONES_BY_SHORT[word]
    zone = ZoneInfo(name)
    return zone if names.split()[bool(zone.dst(shown))] == word else None


@cache
def _names() -> dict[str, str]:
    """The zones of tzdata by their names in plain words."""
    return {plain(name): name for name in available_timezones()}
