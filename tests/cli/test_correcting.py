"""jianbao publish --edit, --wait and retract: what is changed in chats, and what cannot be."""

import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.delivery.render_cache import RenderCache
from bot.model import TOLD_WITH, Destination, Part, SubscriberState
from bot.runtime.editorial import make_editorial
from bot.settings import load
from bot.storage import OpenPushes
from bot.storage.corrections_told import CorrectionsTold
from bot.storage.schema import deliveries
from tests.builders import NOON
from tests.cli.conftest import ISSUE, Run, write
from tests.cli.ledger import NO_BOT, SLUG, Ledger, change, subscribe
from tests.storage.rows import recorded, row

JSON = ("--format", "json")
COUNTED = "; who has the old one by then is corrected too, and counted with those at the end"
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _files_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_PUBLISHING__SETTLE", "0")


@pytest.fixture
def sent(jianbao: Run) -> None:
    """Three have it whole, one of them blocked the bot since; one failed, one is on the way."""
    subscribe(jianbao, "1,zh,", "-100200,zh,", "3,zh,", "4,zh,", "5,zh,")
    assert jianbao("publish", SLUG, "--yes").code == 0

    async def became(ledger: Ledger) -> None:
        for chat_id in (1, -100200, 3):
            await ledger.delivered(chat_id, 4)
        await ledger.failed(4)
        await ledger.partly(5, 1)
        await ledger.storage.subscribers.set_state(Destination(3), SubscriberState.BLOCKED, NOON)

    change(became)


def test_a_correction_of_what_was_left_out_in_part_reaches_the_part_and_offers_no_retry_of_it(
    jianbao: Run, home: Path
) -> None:
    subscribe(jianbao, "1,zh,", "3,zh,")
    assert jianbao("publish", SLUG, "--yes").code == 0

    async def became(ledger: Ledger) -> None:
        await ledger.partly(1, 1)
        await OpenPushes(ledger.storage.database).skip(NOON)

    change(became)
    correct(home)
    assert jianbao("publish", SLUG, "--edit", "--yes").out == (
        f"{SLUG} will be corrected in 1 chat by the running bot\n"
        f"it waits, though: {NO_BOT}\n"
        "1 left out by an operator: nothing is sent there\n"
    )


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ((), "everything is held until jianbao resume"),
        ((SLUG,), f"it is held until jianbao resume {SLUG}"),
    ],
)
def test_a_correction_of_what_is_held_says_what_lets_it_go(
    jianbao: Run, home: Path, scope: tuple[str, ...], told: str
) -> None:
    jianbao("hold", *scope)
    correct(home)
    assert f"\nit waits, though: {told}\n" in jianbao("publish", SLUG, "--edit", "--yes").out


@pytest.mark.usefixtures("sent")
def test_while_it_is_changed_what_was_sent_counts_as_sent_and_how_far_the_change_is_stands_apart(
    jianbao: Run, home: Path
) -> None:
    def told(words: str, aim: str, total: int) -> None:
        assert f"{words}: 0 of {total}" in jianbao("status").out
        assert f"\n{words.capitalize()}: 0 of {total}\n" in jianbao("deliveries", SLUG).out
        change = {"aim": aim, "done": 0, "total": total}
        found, summary = (jianbao(*words).json for words in (("status", *JSON), ("deliveries", SLUG, *JSON)))
        assert (found["issues"][0]["change"], summary["change"]) == (change, change)
        assert found["issues"][0]["deliveries"] == {
            state: count["rows"] for state, count in summary["states"].items()
        }
        (first, *rows) = jianbao("deliveries", SLUG, "--format", "csv").out.splitlines()
        assert first == "state,reason,rows"
        assert sum(int(one.rpartition(",")[2]) for one in rows) == 5

    before = jianbao("deliveries", SLUG, *JSON).json
    assert before["change"] is None
    correct(home)
    jianbao("publish", SLUG, "--edit", "--yes")
    assert jianbao("deliveries", SLUG, *JSON).json["states"] == before["states"]
    told("being corrected", "correct", 2)
    jianbao("retract", SLUG, "--yes")
    assert jianbao("deliveries", SLUG, *JSON).json["states"]["sent"]["rows"] >= 3
    told("being taken back", "retract", 3)


def correct(home: Path) -> None:
    write(home / "issues" / f"{SLUG}.md", ISSUE.replace("涨价", "降价"))


def aims(jianbao: Run) -> dict[int, tuple[str, str]]:
    """The aim and state of each chat's row."""
    found = {}
    for chat in (1, -100200, 3, 4, 5):
        (row,) = jianbao("deliveries", "--chat", str(chat), "--format", "json").json
        found[chat] = (row["aim"], row["state"])
    return found


@pytest.mark.usefixtures("sent")
def test_a_correction_goes_to_those_who_have_the_issue_and_tells_who_cannot_be_reached(
    jianbao: Run, home: Path
) -> None:
    correct(home)
    result = jianbao("publish", SLUG, "--edit")
    assert result.code == 0
    assert result.out.splitlines() == [
        f"{SLUG} will be corrected in 2 chats by the running bot",
        f"1 still on their way: they get the corrected text{COUNTED}",
        f"it waits, though: {NO_BOT}",
        "blocked or deactivated, so nothing changes there before they are back: 1 chat",
        f"1 failed or skipped; to send them again: jianbao deliveries retry {SLUG}",
    ]
    assert aims(jianbao) == {
        1: ("correct", "planned"),
        -100200: ("correct", "planned"),
        3: ("send", "sent"),
        4: ("send", "failed"),
        5: ("send", "sending"),
    }


@pytest.fixture
def as_line(jianbao: Run, home: Path) -> None:
    """One has it as a line below a newer issue."""
    newer = "2026-03-09"
    write(home / "issues" / f"{newer}.md", ISSUE.replace("涨价", "停产"))
    subscribe(jianbao, "1,zh,")
    for slug in (SLUG, newer):
        assert jianbao("publish", slug, "--yes").code == 0

    async def became(ledger: Ledger) -> None:
        await ledger.delivered(1, 4, slug=newer)
        await ledger.skipped(1, f"{TOLD_WITH}{newer}")
        named = sa.update(deliveries).where(deliveries.c.issue_slug == newer).values(earlier=SLUG)
        await ledger.storage.database.change(named)

    change(became)


@pytest.mark.usefixtures("as_line")
def test_a_correction_of_what_came_as_a_line_says_so_and_offers_no_retry(jianbao: Run, home: Path) -> None:
    correct(home)
    told = "its line below a newer issue will be corrected in 1 chat\n"
    assert jianbao("publish", SLUG, "--edit", "--yes").out == told


@pytest.mark.usefixtures("as_line")
def test_a_recall_of_what_came_as_a_line_says_so(jianbao: Run) -> None:
    out = jianbao("retract", SLUG, "--yes").out
    assert out.endswith("taken back from 0 chats\nits line below a newer issue goes in 1 chat\n")


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(("words", "told"), [((), False), (("--tell",), True)])
def test_readers_are_told_of_a_correction_where_the_operator_says_so(
    jianbao: Run, home: Path, words: tuple[str, ...], *, told: bool
) -> None:
    correct(home)
    out = jianbao("publish", SLUG, "--edit", *words).out
    assert ("each gets a silent line that says what was corrected" in out) is told

    async def is_told(ledger: Ledger) -> None:
        record = await ledger.storage.issues.get(SLUG)
        assert record is not None
        assert await CorrectionsTold(ledger.storage.database).is_told(SLUG, record.edition) is told

    change(is_told)


def test_only_a_correction_can_be_told(jianbao: Run) -> None:
    result = jianbao("publish", SLUG, "--tell")
    assert (result.code, result.err) == (2, "jianbao: --tell: goes with --edit alone\n")


def test_an_issue_nobody_has_otherwise_needs_no_correction(jianbao: Run) -> None:
    jianbao("publish", SLUG, "--yes")
    result = jianbao("publish", SLUG, "--edit")
    assert (result.code, result.out) == (0, f"No chat that can be reached has an older text of {SLUG}.\n")


def test_what_was_never_published_is_not_corrected(jianbao: Run) -> None:
    result = jianbao("publish", SLUG, "--edit")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"jianbao: issue {SLUG} is not published; there is nothing to correct\n"


@pytest.mark.usefixtures("sent")
def test_an_issue_is_taken_back_wherever_it_stands(jianbao: Run) -> None:
    result = jianbao("retract", SLUG, "--yes")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        f"{SLUG} was removed from the archive and will be taken back from 3 chats",
        "blocked or deactivated, so nothing changes there before they are back: 1 chat",
    ]
    taken_back = [chat for chat, (aim, _) in aims(jianbao).items() if aim == "retract"]
    assert taken_back == [1, -100200, 5]


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("command", [("publish", SLUG, "--edit"), ("retract", SLUG, "--yes")])
def test_who_asks_again_while_it_is_at_work_is_told_of_all_that_are_left(
    jianbao: Run, home: Path, command: tuple[str, ...]
) -> None:
    correct(home)
    first = jianbao(*command).out.splitlines()
    assert "0 chats" not in first[0]
    assert jianbao(*command).out.splitlines() == first


@pytest.mark.usefixtures("sent")
def test_where_nobody_can_be_asked_nothing_is_taken_back_without_yes(jianbao: Run) -> None:
    result = jianbao("retract", SLUG)
    assert (result.code, result.out) == (2, "")
    assert result.err == "jianbao: --yes: is required when input is not a terminal\n"
    assert {aim for aim, _ in aims(jianbao).values()} == {"send"}


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("retract", "2026-03-03", "--yes"), f"there is no issue 2026-03-03; the nearest are {SLUG}"),
        (("publish", "2026-03-03", "--edit"), f"there is no issue 2026-03-03; the nearest are {SLUG}"),
    ],
)
def test_what_cannot_be_is_one_line_and_code_2(jianbao: Run, command: tuple[str, ...], told: str) -> None:
    jianbao("publish", SLUG, "--yes")
    jianbao("retract", SLUG, "--yes")
    result = jianbao(*command)
    assert (result.code, result.out, result.err) == (2, "", f"jianbao: {told}\n")


def test_who_waits_for_nothing_waits_no_time(jianbao: Run) -> None:
    assert jianbao("publish", SLUG, "--yes", "--wait").out.splitlines() == [
        f"{SLUG} is planned for 0 subscribers; {NO_BOT}",
        f"{SLUG} is done: there were no deliveries",
    ]
    assert jianbao("publish", SLUG, "--edit", "--wait").code == 0
    assert jianbao("retract", SLUG, "--yes", "--wait").code == 0


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("command", [("publish", SLUG, "--edit"), ("retract", SLUG, "--yes")])
def test_who_was_forgotten_keeps_what_they_have_and_that_is_said(
    jianbao: Run, home: Path, command: tuple[str, ...]
) -> None:
    assert jianbao("subscribers", "forget", "1", "--yes").code == 0
    correct(home)
    told = "forgotten, or sent longer ago than privacy.keep_ledger, so nothing changes there: 1 chat\n"
    assert told in jianbao(*command).out


async def has_it_as_rendered(ledger: Ledger) -> None:
    """The first reader has each message of the issue as the bot sends it."""
    editorial, found = make_editorial(load(), ledger.storage), await row(ledger.storage.deliveries)
    cache = RenderCache(editorial.parsed, editorial.renderer, most=1, now=time.monotonic)
    rendered = await cache.render(SLUG, found.cut, private=True)
    for number, message in enumerate(rendered.messages, 1):
        part = Part(name=message.name, message_id=number, content_hash=message.content_hash)
        found = found.departing().with_part(part)
    assert await recorded(ledger.storage.deliveries, found.finished(rendered.edition), ledger.token)


def test_a_change_that_no_reader_sees_is_no_correction_in_status_nor_when_it_is_asked_for(
    jianbao: Run, home: Path
) -> None:
    subscribe(jianbao, "1,zh,")
    assert jianbao("publish", SLUG, "--yes").code == 0

    change(has_it_as_rendered)
    write(home / "issues" / f"{SLUG}.md", f"{ISSUE}\n<!-- 只给编辑看 -->\n")
    told = jianbao("publish", SLUG, "--edit", "--yes").out
    assert told == (
        f"{SLUG} reads as it did, and will be looked at again in 1 chat by the running bot\n"
        f"it waits, though: {NO_BOT}\n"
    )
    assert "its file changed" not in jianbao("status").out
