from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.publishing.decisions import Calendar, Intent, decide
from tests.storage.rows import record

TODAY = date(2026, 3, 2)


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
    assert decide(None, checksum="c1", day=day, first_start=False, last_day=TODAY) is intent


@pytest.mark.parametrize("in_doubt", [True, False])
@pytest.mark.parametrize("day", [date(2019, 1, 1), None, TODAY])
def test_on_the_first_start_everything_whose_day_has_come_is_archive(
    day: date | None, *, in_doubt: bool
) -> None:
    became = decide(None, checksum="c1", day=day, first_start=True, last_day=TODAY, in_doubt=in_doubt)
    assert became is Intent.ARCHIVE


def test_on_the_first_start_too_an_issue_of_a_day_to_come_waits_for_it_or_is_held() -> None:
    day = date(2026, 3, 3)
    at_first = partial(decide, None, checksum="c1", day=day, first_start=True)
    assert at_first(last_day=TODAY) is Intent.WAIT
    assert at_first(last_day=TODAY, in_doubt=True) is Intent.HOLD
    assert at_first(last_day=date.max) is Intent.ARCHIVE


@pytest.mark.parametrize(("checksum", "intent"), [("c1", Intent.NOTHING), ("c2", Intent.UPDATE)])
def test_a_known_issue_is_updated_when_its_file_changed(checksum: str, intent: Intent) -> None:
    for first_start in (True, False):
        assert (
            decide(record(), checksum=checksum, day=None, first_start=first_start, last_day=TODAY) is intent
        )


def test_the_day_begins_where_the_editor_is() -> None:
    evening = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    assert Calendar(zone=ZoneInfo("Asia/Shanghai")).last_day(evening) == date(2026, 3, 2)
    assert Calendar(zone=ZoneInfo("America/New_York")).last_day(evening) == date(2026, 3, 1)


def test_without_holding_back_any_day_may_go_out() -> None:
    calendar = Calendar(zone=ZoneInfo("UTC"), hold_until_date=False)
    assert calendar.last_day(datetime(2026, 3, 1, tzinfo=UTC)) == date.max
