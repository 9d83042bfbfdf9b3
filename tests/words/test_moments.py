"""Operators read of each moment in one form."""

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.words.moments import moment

BOT = Path(__file__).resolve().parents[2] / "bot"


def test_a_moment_is_told_in_utc_to_the_minute() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert moment(datetime(2026, 12, 1, 0, 0, 7, tzinfo=shanghai)) == "2026-11-30 16:00 UTC"


def test_no_other_module_writes_one_of_its_own() -> None:
    of_its_own = re.compile(r"%Y-%m-%d %H:%M(:%S)?\} UTC")
    assert [path.name for path in BOT.rglob("*.py") if of_its_own.search(path.read_text("utf-8"))] == [
        "moments.py"
    ]
