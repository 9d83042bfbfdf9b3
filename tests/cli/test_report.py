"""jianbao report prints what the editors' chat was told of the last week."""

import json
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.model import Deed
from bot.reports.weekly import span_of
from bot.storage.weekly import FEW
from tests.builders import NOON
from tests.cli.conftest import Run
from tests.cli.ledger import Ledger, change

pytestmark = pytest.mark.usefixtures("database")

WEEK = date(2026, 3, 2)


async def counted(ledger: Ledger) -> None:
    storage = ledger.storage
    for person in range(FEW):
        await storage.weekly.note(person, WEEK, Deed.OPENED, ("quantization",))
    await storage.weekly.note(1, WEEK, Deed.PASSED, ("pruning",))
    await storage.weekly.settle(span_of(WEEK, ZoneInfo("Asia/Shanghai")), NOON, told=True)


def test_the_last_week_is_printed_in_either_language_and_as_json(jianbao: Run) -> None:
    change(counted)
    assert "量化：打开 100 %；占条目 0 %" in jianbao("report").out
    english = jianbao("report", "--language", "en").out
    assert "Quantization: 100 % of opened; 0 % of items" in english
    assert "Pruning: passed on by under five" in english
    found = json.loads(jianbao("report", "--format", "json").out)
    assert found["done"] == {"opened": FEW, "passed": None}
    assert {one["topic"]: one["done"] for one in found["topics"]} == {
        "quantization": {"opened": 100},
        "pruning": {"passed": None},
    }


def test_before_the_first_week_it_says_when_there_is_one(jianbao: Run) -> None:
    told = jianbao("report")
    assert told.code != 0
    assert "no week was counted yet" in told.told
    assert "is zh, en" in jianbao("report", "--language", "fr").told
