"""jianbao plan: what publishing would send, counted on a case made by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.model import Cut, Destination, Interests, IssueState, Mode
from tests.builders import NOON
from tests.cli.conftest import ISSUE, Run, write
from tests.cli.ledger import REPORT, SLUG, Ledger, change, subscribe
from tests.storage.rows import add_issue

pytestmark = pytest.mark.usefixtures("database")

#: Of the issue everyone gets contents, flash news and two sections: four messages; who follows
#: quantization gets the contents and one section; who follows RISC-V gets a word that there is nothing.
READERS = ("1,zh,", "2,zh,", "3,zh,量化", "-100200,zh,RISC-V")
MESSAGES = 4 + 4 + 2 + 1
SLOW = REPORT.replace('"limit": 29.1', '"limit": 6.6, "slow_for": 9')


@pytest.fixture(autouse=True)
def sections_apart(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each section of the digest has a message of its own."""
    write(home / "apart" / "digest.yml", "extends: embedded-ai\nmessages: {pack: section}\n")
    monkeypatch.setenv("JIANBAO_CONFIG", "apart")


def planned(jianbao: Run) -> Any:
    return jianbao("plan", SLUG, "--format", "json").json


def test_messages_are_counted_after_everyones_filters(jianbao: Run) -> None:
    subscribe(jianbao, *READERS)
    found = planned(jianbao)
    assert (found["issue"], found["subscribers"], found["messages"], found["cuts"]) == (SLUG, 4, MESSAGES, 3)
    assert found["empty"] == {"cuts": 1, "chats": 1, "without_a_message": 0}
    shares = [(one["chats"], one["messages"], one["empty"]) for one in found["most_frequent"]]
    assert shares[0] == (2, 4, False)
    assert set(shares[1:]) == {(1, 2, False), (1, 1, True)}


def test_who_wants_nothing_where_there_is_nothing_is_sent_nothing(jianbao: Run) -> None:
    subscribe(jianbao, *READERS)
    write(Path("readers.csv"), "chat_id,language,topics,hours\n-100200,zh,RISC-V,||||t\n")
    assert jianbao("subscribers", "import", "readers.csv").code == 0
    assert "||||t" in jianbao("subscribers", "export").out
    found = planned(jianbao)
    assert found["messages"] == MESSAGES - 1
    assert found["empty"] == {"cuts": 1, "chats": 1, "without_a_message": 1}
    out = jianbao("plan", SLUG).out
    assert "Cuts that select nothing: 1; chats that get a message saying so: 0, that want none: 1\n" in out


def test_text_says_the_same(jianbao: Run) -> None:
    subscribe(jianbao, *READERS)
    result = jianbao("plan", SLUG)
    assert (result.code, result.err) == (0, "")
    assert "4 active subscribers with 3 different cuts\n" in result.out
    assert f"{MESSAGES} messages after their filters, 3 s at 29.1 messages a second\n" in result.out
    assert "Cuts that select nothing: 1; chats that get a message saying so: 1\n" in result.out
    assert "zh, full: everything " in result.out
    assert "zh, full: RISC-V (selects nothing)" in result.out


@pytest.mark.parametrize(
    ("rate", "per_chat", "seconds"),
    [
        ("1", "1", round(MESSAGES / 0.97, 1)),  # the bot's rate decides
        ("30", "10", 30.0),  # three pauses between the four messages of one chat
        ("1", "0", round(MESSAGES / 0.97, 1)),
    ],
)
def test_it_takes_as_long_as_the_rate_or_the_longest_cut(
    jianbao: Run, monkeypatch: pytest.MonkeyPatch, rate: str, per_chat: str, seconds: float
) -> None:
    monkeypatch.setenv("JIANBAO_DELIVERY__RATE", rate)
    monkeypatch.setenv("JIANBAO_DELIVERY__PER_CHAT", per_chat)
    subscribe(jianbao, *READERS)
    assert planned(jianbao)["seconds"] == seconds


def test_while_telegram_slows_the_bot_down_that_is_said(jianbao: Run) -> None:
    subscribe(jianbao, *READERS)
    change(lambda one: one.says(SLOW), stays=True)
    why = "at most 6.6 of 30 messages a second, for Telegram refused more (429)"
    assert planned(jianbao)["slow"] == why
    assert f"At present longer: {why}; it climbs back by itself\n" in jianbao("plan", SLUG).out


def test_a_cut_is_described_for_people(jianbao: Run) -> None:
    async def one_joins(ledger: Ledger) -> None:
        cut = Cut(language="en", mode=Mode.HEADLINES, sections=("papers",))
        cut = cut.about(
            Interests(topics=("quantization",), keywords=("KV cache",)), excluded=Interests(topics=("riscv",))
        )
        await ledger.storage.subscribers.join(Destination(1), cut, NOON)

    change(one_joins)
    (share,) = planned(jianbao)["most_frequent"]
    told = "en, headlines: Quantization, “KV cache”; without RISC-V; only in Papers"
    assert share["described"] == told
    assert (share["topics"], share["keywords"], share["sections"]) == (
        ["quantization"],
        ["KV cache"],
        ["papers"],
    )
    assert share["without"] == {"topics": ["riscv"], "keywords": []}
    assert told in jianbao("plan", SLUG).out


def test_only_the_ten_most_frequent_cuts_are_listed(jianbao: Run) -> None:
    subscribe(jianbao, *(f"{number},zh,“w{number}”" for number in range(1, 13)))
    found = planned(jianbao)
    assert (found["cuts"], len(found["most_frequent"])) == (12, 10)
    assert "cut (the 10 most frequent)" in jianbao("plan", SLUG).out


def test_without_subscribers_nothing_is_sent(jianbao: Run) -> None:
    found = planned(jianbao)
    assert (found["subscribers"], found["messages"], found["seconds"]) == (0, 0, 0.0)
    assert "0 active subscribers" in jianbao("plan", SLUG).out


def test_planning_sends_nothing(jianbao: Run) -> None:
    subscribe(jianbao, *READERS)
    planned(jianbao)
    assert jianbao("status", "--format", "json").json["deliveries"]["planned"] == 0


def test_an_issue_that_was_published_says_so(jianbao: Run) -> None:
    subscribe(jianbao, *READERS)
    assert planned(jianbao)["note"] == "is in the archive; only jianbao publish sends it"
    jianbao("publish", SLUG, "--yes")
    assert planned(jianbao)["note"].startswith("was already published on ")
    jianbao("retract", SLUG, "--yes")
    assert planned(jianbao)["note"] == "was taken back; jianbao publish sends it again"


@pytest.mark.parametrize(
    ("day", "newest", "note"),
    [
        (date(2999, 1, 1), None, "waits until 2999-01-01"),
        (date(2026, 3, 1), None, None),
        (
            date(2026, 3, 1),
            date(2026, 3, 20),
            "is too old to be pushed, because a newer one exists; only jianbao publish sends it",
        ),
    ],
)
def test_an_issue_that_waits_or_came_too_late_says_so(
    jianbao: Run, home: Path, day: date, newest: date | None, note: str | None
) -> None:
    (home / "issues" / f"{SLUG}.md").unlink()

    async def waits(ledger: Ledger) -> None:
        await add_issue(ledger.storage.issues, SLUG, date=day)
        if newest:
            await add_issue(ledger.storage.issues, "2026-03-20", date=newest, state=IssueState.ARCHIVED)

    change(waits)
    assert planned(jianbao)["note"] == note
    assert jianbao("plan", SLUG).out.startswith(f"{SLUG} {note or 'will be published when'}")


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2999, 1, 1), f"{SLUG} waits until 2999-01-01; and everything is held since "),
        (date(2026, 3, 1), f"{SLUG} does not go out yet, for everything is held since "),
    ],
)
def test_an_issue_that_is_held_with_everything_says_so_and_what_lets_it_go_on(
    jianbao: Run, home: Path, day: date, told: str
) -> None:
    (home / "issues" / f"{SLUG}.md").unlink()
    change(lambda ledger: add_issue(ledger.storage.issues, SLUG, date=day))
    assert jianbao("hold", "--why", "wrong links").code == 0
    line = jianbao("plan", SLUG).out.splitlines()[0]
    assert line.startswith(told)
    assert line.endswith("UTC: wrong links; jianbao resume lets it go on")
    assert line == f"{SLUG} {planned(jianbao)['note']}"


def test_a_slug_nobody_knows_gets_the_nearest(jianbao: Run, home: Path) -> None:
    write(home / "issues" / "2026-03-16.md", ISSUE.replace("03-02", "03-16"))
    result = jianbao("plan", "2026-03-03")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith("jianbao: there is no issue 2026-03-03; the nearest are ")
