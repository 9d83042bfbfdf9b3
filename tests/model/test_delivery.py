"""A delivery that cannot be is not made."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Cut, Delivery, Purpose

DELIVERY = Delivery(issue_slug="2026-03-02", chat_id=-7, purpose=Purpose.PUSH, cut=Cut())

times = st.datetimes(timezones=st.sampled_from((None, UTC, ZoneInfo("Asia/Shanghai"))))


@given(attempts=st.integers(-2, 9), weight=st.integers(-2, 9), version=st.integers(-2, 9))
def test_a_delivery_counts_from_0(attempts: int, weight: int, version: int) -> None:
    if min(attempts, weight, version) >= 0:
        changed = replace(DELIVERY, attempts=attempts, weight=weight, version=version)
        assert (changed.attempts, changed.weight, changed.version) == (attempts, weight, version)
    else:
        with pytest.raises(ValueError, match="counts from 0"):
            replace(DELIVERY, attempts=attempts, weight=weight, version=version)


@given(times)
def test_a_delivery_knows_the_zone_of_its_time(not_before: datetime) -> None:
    if not_before.tzinfo is not None:
        assert replace(DELIVERY, not_before=not_before).not_before == not_before
    else:
        with pytest.raises(ValueError, match="without its zone"):
            replace(DELIVERY, not_before=not_before)


def test_a_step_that_failed_cannot_be_put_off_to_a_time_without_its_zone() -> None:
    later = datetime(2026, 3, 2)  # noqa: DTZ001  # what is refused
    with pytest.raises(ValueError, match="without its zone"):
        DELIVERY.deferred(later, "no answer", attempts=1, weight=1)
