from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.model import IssueState
from bot.publishing.decisions import Calendar, Intent, decide
from tests.storage.rows import record

TODAY = date(2026, 3, 2)
SHANGHAI = Calendar(zone=ZoneInfo("Asia/Shanghai"))
EVENING = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "intent"),
    [
        (date(2026, 3, 1), Intent.PUBLISH),
        (TODAY, Intent.PUBLISH),
        (None, Intent.PUBLISH),
        (date(2026, 3, 3), Intent.WAIT),
    ],
)
def test_a_new_issue_waits_for_its_day_and_an_undated_one_does_not(day: date | None, intent: Intent) -> None:
    is_to_come = SHANGHAI.is_to_come(day, None, EVENING)
    assert decide(None, checksum="c1", is_to_come=is_to_come, first_start=False) is intent


@pytest.mark.parametrize("in_doubt", [True, False])
@pytest.mark.parametrize("day", [date(2019, 1, 1), None, TODAY])
def test_on_the_first_start_everything_whose_day_has_come_is_archive(
    day: date | None, *, in_doubt: bool
) -> None:
    is_to_come = SHANGHAI.is_to_come(day, None, EVENING)
    became = decide(None, checksum="c1", is_to_come=is_to_come, first_start=True, in_doubt=in_doubt)
    assert became is Intent.ARCHIVE


def test_on_the_first_start_too_an_issue_of_a_day_to_come_waits_for_it_or_is_held() -> None:
    at_first = partial(decide, None, checksum="c1", first_start=True)
    assert at_first(is_to_come=True) is Intent.WAIT
    assert at_first(is_to_come=True, in_doubt=True) is Intent.HOLD
    assert at_first(is_to_come=False) is Intent.ARCHIVE


@pytest.mark.parametrize("first_start", [True, False])
@pytest.mark.parametrize("is_to_come", [True, False])
def test_a_draft_is_neither_published_nor_archive_whatever_its_day(
    *, first_start: bool, is_to_come: bool
) -> None:
    became = partial(decide, None, checksum="c1", first_start=first_start, is_to_come=is_to_come)
    assert became(is_draft=True) is became(is_draft=True, in_doubt=True) is Intent.DRAFT


@pytest.mark.parametrize(("checksum", "intent"), [("c1", Intent.NOTHING), ("c2", Intent.UPDATE)])
def test_a_known_issue_is_updated_when_its_file_changed(checksum: str, intent: Intent) -> None:
    for first_start in (True, False):
        became = decide(record(), checksum=checksum, is_to_come=False, first_start=first_start)
        assert became is intent


def test_an_issue_that_was_called_off_is_taken_in_again_as_it_was() -> None:
    called_off = record(state=IssueState.CALLED_OFF)
    assert decide(called_off, checksum="c1", is_to_come=True, first_start=False) is Intent.UPDATE


def test_the_day_begins_where_the_editor_is() -> None:
    evening = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    assert Calendar(zone=ZoneInfo("Asia/Shanghai")).last_day(evening) == date(2026, 3, 2)
    assert Calendar(zone=ZoneInfo("America/New_York")).last_day(evening) == date(2026, 3, 1)


def test_without_holding_back_any_day_may_go_out() -> None:
    calendar = Calendar(zone=ZoneInfo("UTC"), hold_until_date=False)
    assert calendar.last_day(datetime(2026, 3, 1, tzinfo=UTC)) == date.max


def test_a_day_begins_at_its_hour() -> None:
    calendar = Calendar(zone=ZoneInfo("Asia/Shanghai"), at=time(8, 30))
    half_past_eight = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    just_before = half_past_eight - timedelta(seconds=1)
    assert (calendar.last_day(just_before), calendar.last_day(half_past_eight)) == (date(2026, 3, 1), TODAY)
    assert calendar.is_to_come(TODAY, None, just_before)
    assert not calendar.is_to_come(TODAY, None, half_past_eight)
    assert not calendar.is_to_come(None, None, just_before)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 28), "2026-03-28T01:30"),
        (date(2026, 3, 29), "2026-03-29T01:00"),  # clocks jump from 02:00 to 03:00
        (date(2026, 3, 30), "2026-03-30T00:30"),
        (date(2026, 10, 25), "2026-10-25T00:30"),  # and show 02:30 twice
        (date(2026, 10, 26), "2026-10-26T01:30"),
    ],
)
def test_an_hour_that_clocks_jump_over_comes_when_they_do_and_one_that_comes_twice_counts_once(
    day: date, moment: str
) -> None:
    calendar = Calendar(zone=ZoneInfo("Europe/Berlin"), at=time(2, 30))
    assert calendar.moment_of(day, None) == datetime.fromisoformat(f"{moment}+00:00")


def test_what_the_file_says_wins_over_the_hour_and_the_day() -> None:
    calendar = Calendar(zone=ZoneInfo("Asia/Shanghai"), at=time(8, 30))
    at = datetime(2026, 3, 5, 10, tzinfo=UTC)
    moved = record("2026-03-02", publish_at=at)
    assert calendar.is_to_come(moved.date, at, at - timedelta(seconds=1))
    assert not calendar.is_to_come(moved.date, at, at)
    assert (calendar.until(moved), calendar.day_of(moved)) == ("2026-03-05 18:00", date(2026, 3, 5))


def test_an_hour_is_told_only_where_there_is_one() -> None:
    morning = Calendar(zone=ZoneInfo("Asia/Shanghai"), at=time(8, 30))
    assert SHANGHAI.until(record("2026-03-02")) == "2026-03-02"
    assert morning.until(record("2026-03-02")) == "2026-03-02 08:30"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_of_all_times_have_a_moment_too(day: date) -> None:
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        calendar = Calendar(zone=ZoneInfo(zone), at=time(23, 59))
        assert calendar.is_to_come(day, None, EVENING) is (day == date.max)
