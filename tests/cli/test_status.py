"""jianbao status: how things stand, for people and for programs, from a real database."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.model import OF_ONE_ISSUE, Cut, Destination, HeldBy, Hold, IssueState, Purpose, SubscriberState
from bot.pacing import Report
from bot.reports.sender import write_report
from bot.reports.troubles import Trouble
from bot.runtime.clock import utc_now
from bot.storage import Issues, Subscribers
from tests import builders as build
from tests.builders import NOON
from tests.cli.conftest import ISSUE, Run, write
from tests.cli.ledger import REPORT, Ledger, change
from tests.nightly import nightly
from tests.storage.rows import add_issue, record

pytestmark = pytest.mark.usefixtures("database")

ROOT = Path(__file__).resolve().parents[2]
NONE = {"planned": 0, "sending": 0, "sent": 0, "failed": 0, "skipped": 0}
LONG = "an-issue-whose-name-is-as-long-as-a-slug-may-ever-b"[:50]


@pytest.fixture
def filled(home: Path, database: Path) -> None:  # noqa: ARG001  # so that it is there before
    """Issues, subscribers and deliveries in every state; none has a file any more."""
    (home / "issues" / "2026-03-02.md").unlink()

    async def fill(ledger: Ledger) -> None:
        await fill_issues(ledger.storage.issues)
        await fill_subscribers(ledger.storage.subscribers)
        await fill_deliveries(ledger)

    change(fill)


async def fill_issues(issues: Issues) -> None:
    await add_issue(issues, "2026-03-02")
    await add_issue(issues, "2026-02-16", state=IssueState.ARCHIVED)
    await add_issue(issues, "2999-01-01")
    await add_issue(issues, "2026-03-01", date=date(2026, 3, 1))
    await add_issue(issues, LONG, title=None, date=None)


async def fill_subscribers(subscribers: Subscribers) -> None:
    for chat_id in range(1, 8):
        await subscribers.join(Destination(chat_id), Cut(), NOON)
    await subscribers.set_state(Destination(6), SubscriberState.STOPPED, NOON)
    await subscribers.set_state(Destination(7), SubscriberState.BLOCKED, NOON)


async def fill_deliveries(ledger: Ledger) -> None:
    """One push in each state, and what somebody asked for of an archived issue."""
    planning = ledger.storage.planner
    assert await planning.push("2026-03-02", NOON) == 5
    await ledger.partly(2, 1)
    await ledger.delivered(3, 1)
    await ledger.failed(4)
    await ledger.skipped(5)
    await planning.plan_one(
        to=Destination(6), issue_slug="2026-02-16", purpose=Purpose.REQUEST, cut=Cut(), now=NOON
    )


@pytest.mark.usefixtures("filled")
def test_json_names_every_issue_and_counts_every_state(jianbao: Run) -> None:
    result = jianbao("status", "--format", "json")
    assert (result.code, result.err) == (0, "")
    found = result.json
    assert {issue["slug"]: (issue["date"], issue["state"]) for issue in found["issues"]} == {
        "2999-01-01": ("2999-01-01", "waiting"),
        "2026-03-02": ("2026-03-02", "published"),
        "2026-03-01": ("2026-03-01", "waiting"),
        "2026-02-16": ("2026-02-16", "archived"),
        LONG: (None, "waiting"),
    }
    assert found["index"] == {"done": 0, "total": 5}
    published = {issue["slug"]: issue["published_at"] for issue in found["issues"]}
    assert published.pop("2026-03-02") == NOON.isoformat()
    assert set(published.values()) == {None}
    each = {"planned": 1, "sending": 1, "sent": 1, "failed": 1, "skipped": 1}
    deliveries = {issue["slug"]: issue["deliveries"] for issue in found["issues"]}
    assert deliveries["2026-03-02"] == each
    for slug in ("2026-02-16", "2026-03-01", "2999-01-01", LONG):
        assert deliveries[slug] == NONE
    assert found["deliveries"] == each
    assert found["subscribers"] == {"active": 5, "stopped": 1, "blocked": 1, "deactivated": 0, "parked": 0}


def lines(table: str) -> dict[str, list[str]]:
    """The cells beside each issue's slug."""
    cells = [[cell.strip() for cell in line.strip("│|").split("│")] for line in table.splitlines()]
    return {first: rest for first, *rest in cells if rest}


@pytest.mark.usefixtures("filled")
def test_text_has_a_line_for_each_issue(jianbao: Run) -> None:
    result = jianbao("status")
    assert (result.code, result.err) == (0, "")
    assert "Subscribers: 5 active, 1 stopped, 1 blocked, 0 deactivated, 0 parked\n" in result.out
    nothing = ["·"] * 5
    assert lines(result.out) == {
        "2999-01-01": ["waiting until 2999-01-01", *nothing],
        "2026-03-02": ["published", *["1"] * 5],
        "2026-03-01": ["waiting", *nothing],
        "2026-02-16": ["archived", *nothing],
        LONG: ["waiting", *nothing],
    }


@nightly("it starts a process for each kind")
@pytest.mark.usefixtures("filled")
def test_text_is_for_terminals_of_any_kind(home: Path) -> None:
    ended = subprocess.run(
        (sys.executable, "-m", "bot", "status"),
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "COLUMNS": "40"},
        cwd=home,
        capture_output=True,
        check=True,
        timeout=30,
    )
    assert LONG in ended.stdout.decode("utf-8")


@pytest.mark.usefixtures("filled")
def test_where_nobody_sends_it_says_so(jianbao: Run) -> None:
    assert (
        "Sending: no process is sending; start one with jianbao run, or see jianbao health\n"
        in jianbao("status").out
    )
    assert jianbao("status", "--format", "json").json["sender"] is None


@pytest.mark.usefixtures("filled")
def test_a_sender_that_could_not_renew_its_lease_is_not_told_as_one_that_is_not_there(jianbao: Run) -> None:
    change(lambda ledger: ledger.falls_silent(200), stays=True)
    told = jianbao("status").out
    assert "Sending: host 7 has not renewed its lease, which ended 3 min ago: it is gone, or cannot" in told
    assert "jianbao health tells which. If it is gone: jianbao run" in told
    found = jianbao("status", "--format", "json").json
    assert (found["sender"], found["lapsed_sender"]["holder"]) == (None, "host 7")


def test_who_sends_is_told_with_what_it_says(jianbao: Run) -> None:
    change(lambda ledger: ledger.says(), stays=True)
    told = "Sending: host 7 sends 2.0 of at most 29.1 messages a second\n"
    assert told in jianbao("status").out
    assert jianbao("status", "--format", "json").json["sender"] == {
        "holder": "host 7",
        "rate": 2.0,
        "limit": 29.1,
        "sent": 5,
        "refused": 3,
        "failed": 4,
        "paused_for": 0.0,
        "slow_for": 0.0,
        "rests": False,
    }


@pytest.mark.parametrize(
    ("rests", "why"), [("false", "as Telegram asked"), ("true", "for Telegram does not answer")]
)
def test_a_pause_is_told_with_its_reason(jianbao: Run, rests: str, why: str) -> None:
    report = REPORT.replace('"paused_for": 0.0', f'"paused_for": 150, "rests": {rests}')
    change(lambda ledger: ledger.says(report), stays=True)
    assert f"messages a second, paused for 2 min, {why}\n" in jianbao("status").out


def test_that_telegram_slows_the_bot_down_is_told(jianbao: Run) -> None:
    slow = REPORT.replace("29.1", "5.0").replace("}", ', "slow_for": 240}')
    change(lambda ledger: ledger.says(slow), stays=True)
    assert (
        "SLOW: at most 5.0 of 30 messages a second, for Telegram refused more (429);"
        " the limit has been below delivery.rate for 4 min and climbs back by itself\n"
    ) in jianbao("status").out


def test_what_the_process_that_sends_says_is_wrong_is_told(jianbao: Run) -> None:
    troubles = (
        Trouble(name="updates", reason="another program fetches them", since=NOON),
        Trouble(name="rate", reason="told as SLOW", since=NOON),
    )
    sending = Report(rate=2.0, limit=29.1, sent=5, refused=0, failed=0, paused_for=0.0)
    change(lambda ledger: ledger.says(write_report(sending, troubles=troubles)), stays=True)
    told = "updates since 2026-03-02 12:00 UTC: another program fetches them"
    out = jianbao("status").out
    assert f"TROUBLE: {told}\n" in out
    assert out.count("TROUBLE") == 1
    assert jianbao("status", "--format", "json").json["troubles"] == {"updates": told}


@pytest.mark.parametrize("report", ["", "[]", '{"rate": 1}', "nonsense"])
def test_a_sender_that_says_nothing_known_is_named_all_the_same(jianbao: Run, report: str) -> None:
    change(lambda ledger: ledger.says(report), stays=True)
    assert "host 7 is sending and has not reported its rate yet\n" in jianbao("status").out
    assert jianbao("status", "--format", "json").json["sender"]["rate"] is None


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ("ask", "published; its file changed: jianbao publish 2026-03-02 --edit"),
        ("never", "published; its file changed"),
    ],
)
def test_an_issue_corrected_since_it_was_sent_says_how_to_correct_it(
    jianbao: Run, monkeypatch: pytest.MonkeyPatch, edits: str, told: str
) -> None:
    monkeypatch.setenv("JIANBAO_DELIVERY__EDITS", edits)
    change(corrected)
    assert lines(jianbao("status").out)["2026-03-02"][0] == told
    issues = jianbao("status", "--format", "json").json["issues"]
    assert [issue["slug"] for issue in issues if issue["corrected"]] == ["2026-03-02"]


async def corrected(ledger: Ledger) -> None:
    await ledger.storage.issues.update_text(
        "2026-03-02",
        build.correction("# new", day=date(2026, 3, 2)),
        even_if_under_way=True,
    )


def test_what_is_held_says_since_when_why_and_how_it_goes_on(jianbao: Run) -> None:
    async def fill(ledger: Ledger) -> None:
        issues, holds = ledger.storage.issues, ledger.storage.holds
        doubt = Hold(by=HeldBy.DATE, why="the title says 2026-02-02", at=NOON)
        await issues.add(record("2026-03-02"), "text", held=doubt)
        copies = Hold(by=HeldBy.COPY, why="it tells what 2026-03-02 told, whose file is there too", at=NOON)
        await issues.add(record("2026-03-09"), "text", held=copies)
        await add_issue(issues, "2999-01-01")
        await holds.hold("2999-01-01", Hold(by=HeldBy.OPERATOR, why="", at=NOON))
        await holds.hold_everything(Hold(by=HeldBy.OPERATOR, why="wrong links", at=NOON))

    change(fill)
    told = jianbao("status").out
    since = "since 2026-03-02 12:00 UTC"
    assert f"HELD: nothing is pushed {since}: wrong links; jianbao resume lets it go on\n" in told
    assert f"held {since}: the title says 2026-02-02; jianbao publish 2026-03-02" in told
    assert f"held {since}; jianbao resume 2999-01-01" in told
    found = jianbao("status", "--format", "json").json
    assert found["held"] == {"by": "operator", "why": "wrong links", "since": NOON.isoformat()}
    assert [one["held"] and one["held"]["by"] for one in found["issues"]] == ["operator", "copy", "date"]
    assert "Held: 1 by operator, 1 by date, 1 by copy\n" in told
    assert found["held_issues"] == dict.fromkeys(OF_ONE_ISSUE, 0) | {"operator": 1, "date": 1, "copy": 1}


def test_more_losses_than_usual_are_told_with_their_reasons(jianbao: Run) -> None:
    async def lose(ledger: Ledger) -> None:
        for chat_id in range(1, 7):
            await ledger.storage.subscribers.join(Destination(chat_id), Cut(), utc_now())
            await ledger.storage.subscribers.set_state(
                Destination(chat_id), SubscriberState.DEACTIVATED, utc_now()
            )

    assert "UNUSUAL" not in jianbao("status").out
    change(lose)
    told = "UNUSUAL: 6 were lost within a day (6 deactivated), and 0 are active; jianbao status --since 2d"
    assert told in jianbao("status").out
    found = jianbao("status", "--format", "json").json
    assert found["unusual_losses"] is True
    assert found["lost_last_day"] == {"stopped": 0, "blocked": 0, "deactivated": 6}


def test_a_file_that_cannot_be_read_is_named(jianbao: Run, home: Path) -> None:
    assert "UNREADABLE" not in jianbao("status").out
    broken = Path("issues/2026-03-09.md")
    broken.write_bytes(b"\xff\xfe\xff")
    (home / "issues" / "notes.md").write_text("no issue", encoding="utf-8")
    told = [line for line in jianbao("status").out.splitlines() if line.startswith("UNREADABLE")]
    assert told == [f"UNREADABLE: {broken} is neither UTF-8 nor GB18030 text"]
    found = jianbao("status", "--format", "json").json
    assert found["unreadable"] == [{"file": str(broken), "reason": "is neither UTF-8 nor GB18030 text"}]


def test_an_issue_whose_file_changed_while_it_goes_out_is_told_with_what_corrects_it(
    jianbao: Run, home: Path
) -> None:
    write(home / "readers.csv", "chat_id,language,topics\n7,zh,\n")
    assert jianbao("subscribers", "import", "readers.csv").code == 0
    assert jianbao("publish", "2026-03-02", "--yes").code == 0
    assert "its file changed" not in jianbao("status").out
    write(home / "issues" / "2026-03-02.md", ISSUE.replace("某公司", "另一公司"))
    assert "its file changed: jianbao publish 2026-03-02 --edit" in jianbao("status").out
    (issue,) = jianbao("status", "--format", "json").json["issues"]
    assert issue["file_changed"] is True
    (home / "issues").rename(home / "away")
    assert "its file changed" not in jianbao("status").out


@pytest.mark.usefixtures("database")
def test_a_file_that_is_passed_over_for_its_name_is_told_with_its_folder(home: Path, jianbao: Run) -> None:
    (home / "issues" / "旧").mkdir()
    for name in ("2026-03-02 增刊 二.md", "旧/2026-03-02.md"):
        os.utime(write(home / "issues" / name, "# 样刊\n"), (0, 0))
    told = [line for line in jianbao("status").out.splitlines() if line.startswith("PASSED OVER")]
    assert told == [
        "PASSED OVER: issues/2026-03-02 增刊 二.md is not named as an issue is (files in digest.yml)",
        "PASSED OVER: issues/旧/2026-03-02.md has the name of 2026-03-02.md, read instead",
    ]
    assert len(jianbao("status", "--format", "json").json["unreadable"]) == 2
    assert "旧/2026-03-02.md has the name of 2026-03-02.md, read instead" in jianbao("doctor").out


@pytest.mark.usefixtures("filled")
def test_a_process_that_renews_its_lease_no_more_is_told_as_that_before_it_ends(jianbao: Run) -> None:
    change(lambda ledger: ledger.falls_silent(-4), stays=True)
    told = next(line for line in jianbao("status").out.splitlines() if line.startswith("Sending: "))
    assert re.fullmatch(
        r"Sending: host 7 does not renew its lease, which ends in [34] s: it is gone, or cannot write", told
    )
