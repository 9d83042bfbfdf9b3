"""A moment as operators read it, and in the zone of their clocks."""

from zoneinfo import ZoneInfo

import pytest

from bot.words.moments import moment, moments_in
from tests.builders import NOON

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"since {moment(NOON)}: gone", "since 2026-03-02 20:00 (Asia/Shanghai): gone"),
        ("2026-03-02 23:30 UTC, 2026-03-02 UTC", "2026-03-03 07:30 (Asia/Shanghai), 2026-03-02 UTC"),
        ("2026-19-02 23:30 UTC, 9999-12-31 23:30 UTC", "2026-19-02 23:30 UTC, 9999-12-31 23:30 UTC"),
        ("2026-03-02 08:30", "2026-03-02 08:30"),
    ],
)
def test_moments_in_a_text_are_told_in_a_zone(text: str, told: str) -> None:
    assert moments_in(SHANGHAI, text) == told


def test_in_utc_nothing_changes() -> None:
    assert moments_in(ZoneInfo("UTC"), moment(NOON)) == "2026-03-02 12:00 UTC"
