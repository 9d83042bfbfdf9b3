"""jianbao hold, resume, unschedule, publish --to, and what publish asks before it sends."""

from pathlib import Path

import pytest

from bot.model import HeldBy, Hold, Purpose
from tests.builders import NOON
from tests.cli.conftest import ISSUE, Run, write
from tests.cli.ledger import SLUG, Ledger, change, subscribe
from tests.storage.rows import add_issue

WAITING = "2999-01-01"
OTHER = ISSUE.replace(SLUG, WAITING).replace("example.com", "example.org")  #: one with other items


@pytest.fixture(autouse=True)
def _files_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_PUBLISHING__SETTLE", "0")


@pytest.fixture
def waiting(home: Path) -> None:
    """An issue that waits for its day."""
    write(home / "issues" / f"{WAITING}.md", ISSUE.replace(SLUG, WAITING))

    async def fill(ledger: Ledger) -> None:
        await add_issue(ledger.storage.issues, WAITING)

    change(fill)


def states(jianbao: Run) -> dict[str, tuple[str, str | None]]:
    """Each issue's state, and who holds it."""
    issues = jianbao("status", "--format", "json").json["issues"]
    return {one["slug"]: (one["state"], one["held"] and one["held"]["by"]) for one in issues}


def test_what_is_in_the_archive_is_published_only_once_that_is_confirmed(jianbao: Run) -> None:
    assert jianbao("migrate").code == 0
    asked = jianbao("publish", SLUG)
    assert (asked.code, asked.out) == (2, "")
    assert asked.err == (
        f"jianbao: --yes: is required when input is not a terminal: {SLUG} is in the archive\n"
    )
    assert states(jianbao) == {SLUG: ("archived", None)}
    assert jianbao("publish", SLUG, "--yes").code == 0
    assert states(jianbao) == {SLUG: ("published", None)}


@pytest.mark.usefixtures("waiting")
def test_an_issue_is_held_and_resumed(jianbao: Run) -> None:
    held = jianbao("hold", WAITING, "--why", "a typo")
    assert (held.code, held.err) == (0, "")
    assert held.out == f"{WAITING} does not come out on its day; jianbao resume {WAITING} lets it go on\n"
    assert states(jianbao)[WAITING] == ("waiting", "operator")
    assert jianbao("resume", WAITING).out == f"{WAITING} comes out on its day, 2999-01-01\n"
    assert states(jianbao)[WAITING] == ("waiting", None)
    again = jianbao("resume", WAITING)
    assert (again.code, again.err) == (2, f"jianbao: issue {WAITING} is not held\n")


@pytest.mark.parametrize("by", [HeldBy.OPERATOR, HeldBy.DATE])
def test_an_issue_that_was_called_off_is_not_resumed_and_counts_as_held_nowhere(
    jianbao: Run, by: HeldBy
) -> None:
    async def called_off(ledger: Ledger) -> None:
        await add_issue(ledger.storage.issues, WAITING)
        await ledger.storage.holds.hold(WAITING, Hold(by=by, why="a doubt", at=NOON))
        await ledger.storage.issue_files.call_off(WAITING)

    jianbao("migrate")
    change(called_off)
    assert states(jianbao)[WAITING] == ("called off", None)
    assert "is held" not in jianbao("doctor").out
    for command in ("resume", "hold"):
        refused = jianbao(command, WAITING)
        assert (refused.code, refused.out) == (2, "")
        assert "was called off, for its file is gone; jianbao publish sends it" in refused.err


@pytest.mark.usefixtures("waiting")
def test_what_is_resumed_while_its_file_is_away_does_not_say_that_it_comes_out(
    jianbao: Run, home: Path
) -> None:
    (home / "issues" / f"{WAITING}.md").unlink()
    assert jianbao("hold", WAITING).code == 0
    told = jianbao("resume", WAITING).out
    assert told.startswith(f"{WAITING} is not held any more; it does not go out while its file is away")


@pytest.mark.usefixtures("waiting")
def test_an_issue_is_taken_off_its_day_until_it_is_published(jianbao: Run) -> None:
    done = jianbao("unschedule", WAITING)
    assert done.out == f"{WAITING} does not come out on its day; jianbao publish {WAITING} sends it\n"
    assert states(jianbao)[WAITING] == ("waiting", "unscheduled")
    assert "is held: taken off its day" in jianbao("plan", WAITING).out
    assert jianbao("publish", WAITING).code == 0
    assert states(jianbao)[WAITING] == ("published", None)


def test_everything_is_held_and_resumed_and_publishing_says_that_it_is(jianbao: Run) -> None:
    subscribe(jianbao, "1,zh,")
    assert jianbao("hold", "--why", "wrong links").code == 0
    found = jianbao("status", "--format", "json").json["held"]
    assert (found["by"], found["why"]) == ("operator", "wrong links")
    assert jianbao("hold").code == 2
    told = jianbao("hold", "--why", "wrong sponsor").out
    assert told == "everything is held already, from now on for this reason\n"
    again = jianbao("status", "--format", "json").json["held"]
    assert again == found | {"why": "wrong sponsor"}
    told = jianbao("publish", SLUG, "--yes").out
    assert told == f"{SLUG} is planned for 1 subscriber; everything is held until jianbao resume\n"
    assert jianbao("hold", SLUG).out.startswith(f"{SLUG} stops before its next message")
    assert jianbao("resume", SLUG).out == (
        f"{SLUG} goes on where it stopped once everything is resumed: jianbao resume\n"
    )
    assert jianbao("resume").code == 0
    assert jianbao("status", "--format", "json").json["held"] is None


@pytest.mark.usefixtures("waiting")
def test_a_test_is_planned_for_one_chat_and_the_issue_stays_as_it_was(jianbao: Run) -> None:
    subscribe(jianbao, "1,zh,", "2,zh,")
    told = jianbao("publish", WAITING, "--to", "-100200")
    assert (told.code, told.err) == (0, "")
    assert told.out == f"a test of {WAITING} is planned for -100200; no process is sending: jianbao run\n"
    assert states(jianbao)[WAITING] == ("waiting", None)
    (row,) = jianbao("deliveries", "--chat", "-100200", "--format", "json").json
    assert (row["issue"], row["purpose"], row["state"]) == (WAITING, Purpose.TEST, "planned")
    assert jianbao("publish", WAITING, "--to", "1", "--edit").code == 2


def test_a_command_that_finds_a_date_in_doubt_says_so(jianbao: Run, home: Path) -> None:
    subscribe(jianbao, "1,zh,")
    assert jianbao("publish", SLUG, "--yes").code == 0
    write(home / "issues" / "2026-03-09.md", ISSUE.replace("2026-03-02", "2026-02-09"))
    told = jianbao("hold", SLUG)
    assert told.code == 0
    assert "the title says 2026-02-09, the file name 2026-03-09" in told.err
    assert "jianbao publish 2026-03-09" in told.err
    assert states(jianbao)["2026-03-09"] == ("waiting", "date")
    asked = jianbao("publish", "2026-03-09")
    assert asked.err.endswith("2026-03-09 is old, of 2026-02-09\n")
    assert jianbao("publish", "2026-03-09", "--yes").code == 0


@pytest.mark.usefixtures("waiting")
def test_doctor_status_and_the_commands_agree_on_what_lets_an_issue_go(jianbao: Run) -> None:
    for command, advised in (
        ("hold", f"jianbao resume {WAITING}"),
        ("unschedule", f"jianbao publish {WAITING}"),
    ):
        assert advised in jianbao(command, WAITING).out
        assert f"{advised} lets it go" in jianbao("doctor").out
        assert advised in jianbao("status").out
        assert jianbao(*advised.split()[1:]).code == 0
        assert states(jianbao)[WAITING][1] is None


def test_an_issue_waits_until_it_is_approved_and_what_shows_it_says_so(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jianbao("migrate")
    jianbao("hold", SLUG)  # reads the folder for the first time
    write(home / "issues" / f"{WAITING}.md", OTHER)
    refused = jianbao("approve", WAITING)
    assert (refused.code, "publishing.approve: is off" in refused.err) == (2, True)
    monkeypatch.setenv("JIANBAO_PUBLISHING__APPROVE", "true")
    planned = jianbao("plan", WAITING).out
    assert f"{WAITING} is not approved; jianbao approve {WAITING} lets it go out on its day" in planned
    asked = jianbao("publish", WAITING)
    assert f"{WAITING} is not approved" in asked.err
    done = jianbao("approve", WAITING)
    assert (done.code, done.out) == (
        0,
        f"{WAITING} is approved as it is now, and goes out on {WAITING}\n",
    )
    assert f"{WAITING} waits until {WAITING}" in jianbao("plan", WAITING).out
    write(home / "issues" / f"{WAITING}.md", OTHER + "\n- [x](https://e.org/x)\n")
    assert "is not approved" in jianbao("plan", WAITING).out
    jianbao("hold", WAITING)
    assert f"but is held: by an operator; jianbao resume {WAITING}" in jianbao("approve", WAITING).out
    monkeypatch.setenv("JIANBAO_DELIVERY__EDITS", "auto")
    assert "lets nothing out that nobody approved" in jianbao("plan", WAITING).err


@pytest.mark.parametrize(
    ("front", "at", "when"),
    [
        ("", "08:30", "on 2090-01-07 08:30"),
        ("publish_at: 2090-01-05 09:15 +08:00", "", "on 2090-01-05 09:15"),
    ],
)
def test_who_approves_is_told_the_moment_at_which_the_issue_goes_out(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, front: str, at: str, when: str
) -> None:
    day = "2090-01-07"
    monkeypatch.setenv("JIANBAO_PUBLISHING__APPROVE", "true")
    monkeypatch.setenv("JIANBAO_PUBLISHING__AT", at)
    jianbao("migrate")
    jianbao("hold", SLUG)  # reads the folder for the first time
    write(home / "issues" / f"{day}.md", f"---\n{front}\n---\n{OTHER.replace(WAITING, day)}")
    assert jianbao("approve", day).out == f"{day} is approved as it is now, and goes out {when}\n"


def test_who_approves_an_issue_that_is_too_long_is_told_what_else_holds_it(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANBAO_PUBLISHING__APPROVE", "true")
    monkeypatch.setenv("JIANBAO_PUBLISHING__MOST_MESSAGES", "1")
    write(home / "apart" / "digest.yml", "extends: embedded-ai\nmessages: {pack: section}\n")
    monkeypatch.setenv("JIANBAO_CONFIG", "apart")
    jianbao("migrate")
    jianbao("hold", SLUG)
    write(home / "issues" / f"{WAITING}.md", OTHER)
    told = jianbao("approve", WAITING).out
    assert told.startswith(f"{WAITING} is approved as it is now, but is held: it is 4 messages")
    assert f"jianbao resume {WAITING} lets it go out" in told


def test_a_long_issue_is_resumed_and_comes_out_on_its_day_and_the_plan_says_both(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "apart" / "digest.yml", "extends: embedded-ai\nmessages: {pack: section}\n")
    monkeypatch.setenv("JIANBAO_CONFIG", "apart")
    monkeypatch.setenv("JIANBAO_PUBLISHING__MOST_MESSAGES", "1")
    assert jianbao("migrate").code == 0
    write(home / "issues" / f"{WAITING}.md", ISSUE.replace("2026-03-02", WAITING))
    assert jianbao("hold", WAITING).code == 0
    assert jianbao("resume", WAITING).code == 0
    before = jianbao("plan", WAITING).out
    (why,) = (line for line in before.splitlines() if "is held" in line)
    assert why.endswith(f"more than publishing.most_messages (1); jianbao resume {WAITING} lets it go out")

    async def too_long(ledger: Ledger) -> None:
        await ledger.storage.holds.hold(WAITING, Hold(by=HeldBy.MESSAGES, why="it is long", at=NOON))

    change(too_long)
    assert f"jianbao resume {WAITING}" in jianbao("status").out
    told = jianbao("resume", WAITING).out
    assert told.startswith(f"{WAITING} comes out on its day, {WAITING}, with its ")
    assert told.endswith(" messages; a text of more is held again\n")
    assert f"{WAITING} waits until {WAITING}" in jianbao("plan", WAITING).out
