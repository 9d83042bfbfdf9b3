"""Cron lines through changes of the clock: every day that a line names has its moment, once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.settings.cron import CronLine
from bot.settings.cron_times import next_moment

DAY = timedelta(days=1)
YEAR = 2026
ZONES = sorted(one for one in available_timezones() if not one.startswith(("posix/", "right/")))


def fires(line: str, zone: str, start: datetime, end: datetime) -> list[datetime]:
    """The moments of a line in a span of time, one after the other."""
    meant, where = CronLine.of(line), ZoneInfo(zone)
    found = []
    moment = next_moment(meant, start, where)
    while moment is not None and moment.astimezone(UTC) < end.astimezone(UTC):
        found.append(moment)
        moment = next_moment(meant, moment.astimezone(UTC) + timedelta(microseconds=1), where)
    return found


def changes(zone: str, year: int) -> Iterator[date]:
    """The days of a year on which clocks are put forward or back."""
    where = ZoneInfo(zone)
    days = [datetime(year, 1, 1, tzinfo=UTC) + number * DAY for number in range(366)]
    for day in days:
        if day.astimezone(where).utcoffset() != (day + DAY).astimezone(where).utcoffset():
            yield day.astimezone(where).date()


CHANGING = [(zone, day) for zone in ZONES for day in changes(zone, YEAR)]


def test_there_are_zones_whose_clocks_change() -> None:
    assert len({zone for zone, _ in CHANGING}) > 100


@pytest.mark.parametrize("minute", [0, 30])
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 4, 22, 23])
def test_a_daily_line_comes_on_every_day_once_in_every_zone(hour: int, minute: int) -> None:
    for zone, changed in CHANGING:
        start = datetime.combine(changed - 2 * DAY, time(), ZoneInfo(zone))
        end = datetime.combine(changed + 3 * DAY, time(), ZoneInfo(zone))
        found = fires(f"{minute} {hour} * * *", zone, start, end)
        days = [changed + number * DAY for number in range(-2, 3)]
        assert [moment.date() for moment in found] == days, (zone, changed)
        for moment in found:
            is_last = (moment + timedelta(seconds=1)).astimezone(UTC).astimezone(moment.tzinfo).hour == 0
            assert (moment.hour, moment.minute) >= (hour, minute) or is_last, (zone, moment)


@pytest.mark.parametrize("hour", [0, 2])
def test_a_weekly_line_comes_in_every_week_on_its_day_in_every_zone(hour: int) -> None:
    for zone, changed in CHANGING:
        for weekday in ("mon", "sun"):
            start = datetime(changed.year, changed.month, changed.day, tzinfo=ZoneInfo(zone)) - 10 * DAY
            found = fires(f"0 {hour} * * {weekday}", zone, start, start + 21 * DAY)
            assert {moment.strftime("%a").lower() for moment in found} == {weekday}, (zone, changed)
            assert [later.date() - one.date() for one, later in pairwise(found)] == [7 * DAY] * 2, zone


def test_midnight_in_berlin_is_not_left_out_after_the_clocks_went_forward() -> None:
    start = datetime(2026, 3, 27, 12, tzinfo=UTC)
    found = fires("0 0 * * *", "Europe/Berlin", start, start + 4 * DAY)
    assert [one.isoformat()[:16] for one in found] == [f"2026-03-{day}T00:00" for day in (28, 29, 30, 31)]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("30 2 * * *", ["29T03:00"]),
        ("*/20 2 * * *", ["29T03:00"]),
        ("*/30 1-3 * * *", ["29T01:00", "29T01:30", "29T03:00", "29T03:30"]),
        ("0 2,3 * * *", ["29T03:00"]),
    ],
)
def test_a_time_that_clocks_jump_over_comes_when_they_do(line: str, shown: list[str]) -> None:
    start = datetime(2026, 3, 29, tzinfo=ZoneInfo("Europe/Berlin"))
    assert [one.isoformat()[8:16] for one in fires(line, "Europe/Berlin", start, start + DAY / 3)] == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("30 2 * * *", ["02:30:00+02:00"]),
        ("0 2,3 * * *", ["02:00:00+02:00", "03:00:00+01:00"]),
        ("30 * * * *", ["01:30:00+02:00", "02:30:00+02:00", "02:30:00+01:00", "03:30:00+01:00"]),
    ],
)
def test_a_time_that_comes_twice_counts_once_unless_every_hour_is_meant(line: str, shown: list[str]) -> None:
    start = datetime(2026, 10, 25, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    found = fires(line, "Europe/Berlin", start, datetime(2026, 10, 25, 3, tzinfo=UTC))
    assert [one.isoformat()[11:] for one in found] == shown


def test_a_day_that_a_zone_left_out_has_its_moment_when_the_next_begins() -> None:
    start = datetime(2011, 12, 29, tzinfo=ZoneInfo("Pacific/Apia"))
    found = fires("0 9 * * *", "Pacific/Apia", start, start + 3 * DAY)
    assert [one.isoformat()[:16] for one in found][:3] == [
        "2011-12-29T09:00",
        "2011-12-31T00:00",
        "2011-12-31T09:00",
    ]


def test_a_leap_day_on_a_weekday_comes_however_late() -> None:
    found = next_moment(CronLine.of("0 0 29 2 mon"), datetime(2068, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
    assert found == datetime(2072, 2, 29, tzinfo=UTC)
