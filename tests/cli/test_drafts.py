"""What commands say of drafts, of issues whose file is away, and of the hour at which one comes out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import IssueState
from tests.builders import NOON
from tests.cli.conftest import ISSUE, Run, write
from tests.cli.ledger import SLUG, Ledger, change
from tests.storage.rows import add_issue

pytestmark = pytest.mark.usefixtures("database")

FAR = "2126-03-02"
IN_A_CENTURY = (
    ISSUE.replace("2026-03-02", FAR).replace("example.com/", "example.com/another-").replace("某公司", "某厂")
)


def front(line: str, text: str = ISSUE) -> str:
    return f"---\nlayout: post\n{line}\n---\n\n{text}"


def test_plan_and_check_say_that_an_issue_is_a_draft(jianbao: Run, home: Path) -> None:
    write(home / "issues" / f"{SLUG}.md", front("published: false"))
    assert f"{SLUG} is a draft, as its file says; only jianbao publish sends it" in jianbao("plan", SLUG).out
    checked = jianbao("check", f"issues/{SLUG}.md")
    assert f"issues/{SLUG}.md: a draft (published: false), and not sent\n" in checked.told


def test_publishing_a_draft_is_asked_about(jianbao: Run, home: Path) -> None:
    write(home / "issues" / f"{SLUG}.md", front("draft: true"))
    asked = jianbao("publish", SLUG)
    assert "a draft, as its file says" in asked.told
    assert jianbao("publish", SLUG, "--yes").code == 0


@pytest.mark.parametrize("line", ["draft: ture", "publish_at: soon"])
def test_check_finds_what_cannot_be_understood(jianbao: Run, home: Path, line: str) -> None:
    write(home / "issues" / f"{SLUG}.md", front(line))
    checked = jianbao("check", f"issues/{SLUG}.md")
    assert f"issues/{SLUG}.md:3:1: error unclear-release" in " ".join(checked.out.split())
    assert line in checked.out


@pytest.mark.parametrize(
    ("text", "hour", "moment"),
    [
        (IN_A_CENTURY, "08:30", f"{FAR} 08:30"),
        (front("publish_at: 2126-03-05 10:15", IN_A_CENTURY), None, "2126-03-05 10:15"),
        (front("date: 2126-03-02 07:45", IN_A_CENTURY), "08:30", f"{FAR} 07:45"),
    ],
)
def test_the_hour_is_told_by_plan_and_check_and_status(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, text: str, hour: str | None, moment: str
) -> None:
    if hour:
        monkeypatch.setenv("JIANBAO_PUBLISHING__AT", hour)
    write(home / "issues" / f"{FAR}.md", text)
    assert f"{FAR} waits until {moment}\n" in jianbao("plan", FAR).out
    checked = jianbao("check", f"issues/{FAR}.md")
    assert f"issues/{FAR}.md: comes out on {moment} (Asia/Shanghai)\n" in checked.told
    at = datetime(2126, 3, 5, 2, 15, tzinfo=UTC) if "publish_at" in text else None
    change(lambda ledger: add_issue(ledger.storage.issues, FAR, publish_at=at))
    expected = moment if at or "07:45" not in text else f"{FAR} 08:30"
    assert f"waiting until {expected}" in " ".join(jianbao("status").out.split())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (front("publish_at: 2126-03-02 25:30", IN_A_CENTURY), FAR),
        (front("status: evergreen", IN_A_CENTURY), FAR),
        (front("draft: ture", IN_A_CENTURY), FAR),
        (front("date: 2126-03-05", IN_A_CENTURY), FAR),
        (front("date: 2126-02-30", IN_A_CENTURY), FAR),
        (IN_A_CENTURY, "2126-03-09"),
    ],
)
def test_check_says_of_what_is_in_doubt_what_plan_says(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, text: str, name: str
) -> None:
    monkeypatch.setenv("JIANBAO_PUBLISHING__AT", "08:45")
    write(home / "issues" / f"{name}.md", text)
    planned = jianbao("plan", name).out.partition("is held: ")[2]
    why, _, way = planned.splitlines()[0].rpartition("; ")
    told = jianbao("check", f"issues/{name}.md").told
    assert why
    assert f"issues/{name}.md: held until that is clear: {why}; {way} as it is\n" in told
    assert "comes out" not in told


def test_check_says_of_a_draft_in_doubt_that_it_is_one_as_plan_does(jianbao: Run, home: Path) -> None:
    text = front("draft: true\npublish_at: soon", IN_A_CENTURY)
    write(home / "issues" / f"{FAR}.md", text)
    assert "is a draft" in jianbao("plan", FAR).out
    told = jianbao("check", f"issues/{FAR}.md").told
    assert "a draft (draft: true)" in told
    assert "held" not in told


def test_check_says_nothing_of_a_doubt_of_long_ago(jianbao: Run, home: Path) -> None:
    write(home / "issues" / f"{SLUG}.md", front("date: 2026-03-05"))
    assert "held until" not in jianbao("check", f"issues/{SLUG}.md").told


def test_a_moment_of_its_own_is_no_matter_of_check_once_it_has_come(jianbao: Run, home: Path) -> None:
    write(home / "issues" / f"{SLUG}.md", front("publish_at: 2026-03-02 10:15"))
    assert "comes out" not in jianbao("check", f"issues/{SLUG}.md").told


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (IssueState.DRAFT, "draft"),
        (IssueState.CALLED_OFF, "called off"),
        (IssueState.WAITING, "waiting; its file is away or empty since 2026-03-02 12:00 UTC"),
        (IssueState.ARCHIVED, "archived; its file is gone"),
    ],
)
def test_status_says_what_became_of_a_file(jianbao: Run, state: IssueState, words: str) -> None:
    is_away = state in {IssueState.WAITING, IssueState.ARCHIVED}

    async def lose(ledger: Ledger) -> None:
        await add_issue(ledger.storage.issues, FAR, state=state)
        if is_away:
            await ledger.storage.issue_files.note({}, [FAR], NOON)

    change(lose)
    assert words in " ".join(jianbao("status").out.split())
    (issue,) = jianbao("status", "--format", "json").json["issues"]
    assert issue["state"] == state
    assert (issue["file_away"] is not None) is is_away


def test_status_and_plan_say_that_what_waits_does_not_go_out_while_its_file_cannot_be_read(
    jianbao: Run, home: Path
) -> None:
    change(lambda ledger: add_issue(ledger.storage.issues, FAR))
    path = home / "issues" / f"{FAR}.md"
    path.symlink_to("nowhere.md")
    reason = "its file is a link that leads nowhere"
    assert f"waiting; {reason}" in " ".join(jianbao("status").out.split())
    assert f"{FAR} does not go out while {reason}; only jianbao publish sends it" in jianbao("plan", FAR).out
    path.unlink()
    path.write_text(ISSUE.replace("2026-03-02", FAR), encoding="utf-16")
    assert f"{FAR} waits until" in jianbao("plan", FAR).out


def test_what_is_taken_back_before_it_is_out_is_called_so_everywhere(jianbao: Run) -> None:
    change(lambda ledger: add_issue(ledger.storage.issues, FAR))
    result = jianbao("retract", FAR, "--yes")
    assert (result.code, result.err) == (0, "")
    assert (
        result.out
        == f"{FAR} was taken back and comes out no more; jianbao publish {FAR} sends it all the same\n"
    )
    assert "taken back" in " ".join(jianbao("status").out.split())
    assert jianbao("plan", FAR).out.startswith(f"{FAR} was taken back; ")
