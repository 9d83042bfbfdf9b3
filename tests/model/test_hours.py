"""When a reader gets what came out: for any zone and any moment."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.model import ANY_TIME, Hours, Quiet

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
zones = st.sampled_from(ZONES)
times = st.times().map(lambda shown: shown.replace(second=0, microsecond=0))
FIRST, LAST = datetime(2012, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
moments = st.integers(min_value=int(FIRST.timestamp()), max_value=int(LAST.timestamp())).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
days = st.integers(min_value=0, max_value=6)
quiets = st.tuples(times, times).filter(lambda two: two[0] != two[1]).map(lambda two: quiet(*two))
BERLIN, CAIRO = "Europe/Berlin", "Africa/Cairo"


def quiet(begins: time, ends: time) -> Quiet:
    return Quiet(begins=begins, ends=ends)


def go(hours: Hours, now: datetime) -> datetime:
    """When what comes out now goes."""
    return hours.not_before(now) or now


def at(text: str, zone: str = "UTC", *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@given(zones, times, moments)
def test_what_comes_daily_never_comes_before_its_hour_and_at_most_a_day_late(
    zone: str, hour: time, now: datetime
) -> None:
    goes = go(Hours(zone=zone, at=hour), now)
    shown = goes.astimezone(ZoneInfo(zone))
    assert now <= goes <= now + timedelta(days=1, hours=3)  # a day on which clocks are put back is longer
    assert shown.time() == hour or jumped_over(hour, goes, zone)


def jumped_over(hour: time, goes: datetime, zone: str) -> bool:
    """Whether clocks passed over the hour at that very moment."""
    before = (goes - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    after = goes.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = {datetime.combine(day, hour) for day in (before.date(), after.date())}
    return any(before < one < after for one in wanted)


@given(zones, times, days, moments)
def test_what_comes_weekly_comes_on_its_day_within_eight(
    zone: str, hour: time, day: int, now: datetime
) -> None:
    goes = go(Hours(zone=zone, at=hour, day=day), now)
    assert now <= goes <= now + timedelta(days=8)
    shown = goes.astimezone(ZoneInfo(zone))
    assert shown.weekday() == day or jumped_over(hour, goes, zone)


@given(zones, times, moments, st.one_of(st.none(), days))
def test_an_hour_that_has_come_is_not_waited_for_again(
    zone: str, hour: time, now: datetime, day: int | None
) -> None:
    hours = Hours(zone=zone, at=hour, day=day)
    goes = go(hours, now)
    assert hours.not_before(goes) is None
    between = now + (goes - now) / 2
    assert go(hours, between) == goes


@given(zones, quiets, moments, st.one_of(st.none(), times))
def test_nothing_comes_in_quiet_hours_and_nothing_waits_for_longer_than_them(
    zone: str, asleep: Quiet, now: datetime, hour: time | None
) -> None:
    hours = Hours(zone=zone, at=hour, quiet=asleep)
    goes = go(hours, now)
    assert not hours.is_quiet(goes)
    assert now <= goes <= now + timedelta(days=2, hours=6)
    if hour is None:
        assume(not hours.is_quiet(now))
        assert hours.not_before(now) is None


@given(zones, times, quiets, moments, st.one_of(st.none(), days))
def test_an_hour_that_quiet_hours_swallow_is_their_end_and_stays_so_while_it_is_waited_for(
    zone: str, hour: time, asleep: Quiet, now: datetime, day: int | None
) -> None:
    hours = Hours(zone=zone, at=hour, day=day, quiet=asleep)
    goes = go(hours, now)
    assert hours.not_before(goes) is None
    assert go(hours, now + (goes - now) / 2) == goes


def test_who_asks_in_swallowed_hours_is_not_kept_waiting_for_the_next_week() -> None:
    hours = Hours(zone=BERLIN, at=time(8, 30), day=4, quiet=quiet(time(0), time(9)))
    assert hours.not_before(at("2026-11-27 08:45", BERLIN)) == at("2026-11-27 09:00", BERLIN)


flags = st.tuples(st.booleans(), st.booleans())


@given(st.one_of(st.just(""), zones), st.one_of(st.none(), times), st.one_of(st.none(), days), flags)
def test_hours_are_read_back_as_they_were_written(
    zone: str,
    hour: time | None,
    day: int | None,
    flags: tuple[bool, bool],
) -> None:
    silent, on_topics = flags
    assume(zone or hour is None)
    asleep = quiet(time(22), time(7, 30)) if zone else None
    hours = Hours(zone=zone, at=hour, day=day if hour else None, quiet=asleep, silent=silent)
    hours = replace(hours, on_topics=on_topics)
    assert Hours.parse(hours.signature) == hours
    assert len(hours.signature.encode()) <= 53


def test_an_hour_that_clocks_jump_over_comes_when_they_do() -> None:
    hours = Hours(zone=BERLIN, at=time(2, 30))
    assert go(hours, at("2026-03-28T12:00")) == at("2026-03-29T03:00", BERLIN)
    assert go(hours, at("2026-03-29T12:00")) == at("2026-03-30T02:30", BERLIN)


def test_an_hour_that_is_there_twice_comes_once() -> None:
    hours = Hours(zone=BERLIN, at=time(2, 30))
    first = at("2026-10-25T02:30", BERLIN)
    assert go(hours, at("2026-10-24T12:00")) == first
    between = at("2026-10-25T02:10", BERLIN, fold=1)
    assert go(hours, between) == at("2026-10-26T02:30", BERLIN)


def test_a_day_that_begins_at_one_has_its_midnight_then() -> None:
    midnight = Hours(zone=CAIRO, at=time(0, 15))
    assert go(midnight, at("2026-04-23T12:00", CAIRO)) == at("2026-04-24T01:00", CAIRO)


def test_on_a_day_that_a_country_left_out_nothing_comes() -> None:
    hours = Hours(zone="Pacific/Apia", at=time(8, 30))
    assert go(hours, at("2011-12-29T09:00", "Pacific/Apia")) == at("2011-12-31T08:30", "Pacific/Apia")


def test_quiet_hours_that_end_in_the_hour_that_is_there_twice_end_twice() -> None:
    hours = Hours(zone=BERLIN, quiet=quiet(time(22), time(2, 30)))
    assert go(hours, at("2026-10-24T23:00", BERLIN)) == at("2026-10-25T02:30", BERLIN)
    again = at("2026-10-25T02:10", BERLIN, fold=1)
    assert go(hours, again) == at("2026-10-25T02:30", BERLIN, fold=1)


def test_a_zone_that_this_machine_does_not_know_is_taken_for_utc() -> None:
    assert go(Hours(zone="Mars/Olympus", at=time(8)), at("2026-03-02T07:00")) == at("2026-03-02T08:00")


@pytest.mark.parametrize(
    "text", ["Asia/Tokyo", "|830|||", "Asia/Tokyo|2460|||", "Asia/Tokyo||3||", "|0830|||"]
)
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # of several causes
        Hours.parse(text)


def test_usual_hours_are_written_as_nothing() -> None:
    assert ANY_TIME.signature == ""
    assert Hours.parse("") is ANY_TIME
