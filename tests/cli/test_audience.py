"""jianbao status --since: who came and who was lost, by day and by issue, and what was asked for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cli.since import moment_of
from bot.errors import BadInput
from bot.model import Cut, Destination, Purpose, SubscriberState
from tests.builders import NOON
from tests.cli.conftest import Run
from tests.cli.ledger import Ledger, change
from tests.storage.rows import add_issue

pytestmark = pytest.mark.usefixtures("database")
SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE = NOON + timedelta(hours=6)  # the next day in Shanghai


@pytest.fixture
def lived() -> None:
    """Three join; after an issue one blocks the bot, one stops, and one comes back and asks for more."""

    async def fill(ledger: Ledger) -> None:
        subscribers, planner = ledger.storage.subscribers, ledger.storage.planner
        for chat_id in (1, 2, 3):
            await subscribers.join(Destination(chat_id), Cut(), NOON - timedelta(hours=1))
        await add_issue(ledger.storage.issues)
        await planner.push("2026-03-02", NOON)
        for chat_id in (1, 2):
            await ledger.delivered(chat_id, 2)
        await subscribers.set_state(Destination(1), SubscriberState.BLOCKED, LATE)
        await subscribers.set_state(Destination(2), SubscriberState.STOPPED, LATE)
        await subscribers.set_state(Destination(3), SubscriberState.STOPPED, LATE)  # whom nothing had reached
        await subscribers.join(Destination(2), Cut(), LATE)
        await planner.plan_one(
            to=Destination(2), issue_slug="2026-03-02", purpose=Purpose.REQUEST, cut=Cut(), now=LATE
        )

    change(fill)


NOTHING = dict.fromkeys(("joined", "returned", "stopped", "blocked", "deactivated", "pushed", "requested"), 0)
NEXT_DAY = NOTHING | {"returned": 1, "stopped": 2, "blocked": 1, "requested": 1}


@pytest.mark.usefixtures("lived")
def test_each_day_and_each_issue_says_who_came_and_who_was_lost(jianbao: Run) -> None:
    result = jianbao("status", "--since", "2026-03-01", "--format", "json")
    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "since": "2026-03-01T00:00:00+08:00",
        "zone": "Asia/Shanghai",
        "losses_since": None,
        "total": NEXT_DAY | {"joined": 3, "pushed": 3},
        "days": [
            {"day": "2026-03-03", **NEXT_DAY},
            {"day": "2026-03-02", **NOTHING, "joined": 3, "pushed": 3},
        ],
        "issues": [
            {"issue": "2026-03-02", **NEXT_DAY, "stopped": 1, "pushed": 3},
            {"issue": None, **NOTHING, "joined": 3, "stopped": 1},
        ],
    }


@pytest.mark.usefixtures("lived")
def test_text_has_a_line_for_each(jianbao: Run) -> None:
    out = jianbao("status", "--since", "2026-03-03").out
    told = "0 joined, 1 returned, 2 stopped, 1 blocked, 0 deactivated, 0 pushed, 1 requested"
    assert out.startswith(f"Since 2026-03-03 00:00 (Asia/Shanghai): {told}\n")
    assert "Pushed is for whom it was planned, also where it was taken back" in out
    rows = [line.split() for line in out.splitlines()]
    assert ["2026-03-03", "·", "1", "2", "1", "·", "·", "1"] in rows
    assert ["2026-03-02", "·", "1", "1", "1", "·", "·", "1"] in rows


def test_what_an_older_database_does_not_know_is_told(jianbao: Run) -> None:
    async def older(ledger: Ledger) -> None:
        await ledger.storage.timestamps.set("losses counted since", NOON)

    change(older)
    assert "who did before 2026-03-02 12:00 UTC" in jianbao("status", "--since", "2026-03-01").out
    assert "who did before" not in jianbao("status", "--since", "2026-03-03").out


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12h", NOON - timedelta(hours=12)),
        ("1d", datetime(2026, 3, 1, tzinfo=SHANGHAI)),
        ("007d", datetime(2026, 2, 23, tzinfo=SHANGHAI)),
        ("30D", datetime(2026, 1, 31, tzinfo=SHANGHAI)),
        (" 4 w ", datetime(2026, 2, 2, tzinfo=SHANGHAI)),
        ("2025-12-24", datetime(2025, 12, 24, tzinfo=SHANGHAI)),
    ],
)
def test_a_span_counts_back_from_now(text: str, meant: datetime) -> None:
    assert moment_of(text, NOON, SHANGHAI, where="--since") == meant


@pytest.mark.parametrize(
    "text",
    ["", "30", "d", "-3d", "3m", "yesterday", "2026-02-30", "999999w", "2026-03-03", "0d", "00h", "0w"],
)
def test_what_is_no_past_moment_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="--since"):
        moment_of(text, NOON, SHANGHAI, where="--since")


def test_it_is_no_live_view(jianbao: Run) -> None:
    result = jianbao("status", "--since", "3d", "--watch")
    assert (result.code, result.err) == (2, "jianbao: --watch: cannot be combined with --since\n")
