"""The code of a list goes along with every item of it, and leaves room for one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.listing import item_data, missed_code, missed_span
from bot.model import ItemRef
from bot.readers.missed import Span
from tests.builders import NOON

MOMENTS = st.integers(1, 2**42).map(lambda number: datetime.fromtimestamp(number / 1000, UTC))


@given(MOMENTS, MOMENTS)
def test_the_time_in_which_something_was_missed_comes_back_from_its_code(
    one: datetime, other: datetime
) -> None:
    for span in (Span.ending(max(one, NOON)), Span(since=one, until=other)):
        assert missed_span(missed_code(span)) == span


@pytest.mark.parametrize(
    "code", ["", "c", "c.", "c1.", "c-", "czzzzzzzzzzzzz", "c19a5d3c2f00.19a5d3c2f01", "c-m0wnqlmo0"]
)
def test_what_is_no_time_has_none(code: str) -> None:
    assert missed_span(code) is None


@pytest.mark.parametrize(
    ("slug", "span"),
    [
        ("weekly-digest-2026-03-02-part-one", Span.ending(NOON)),
        ("weekly-digest-2026-03-02", Span(since=NOON - timedelta(days=9), until=NOON)),
    ],
)
def test_an_issue_with_a_long_name_keeps_the_way_through_what_was_missed(slug: str, span: Span) -> None:
    code = missed_code(span)
    data = item_data("unsave", ItemRef(issue_slug=slug, item_id="3f2a9c8170"), 99, code)
    assert data is not None
    assert data.endswith(code)
