"""jianbao deliveries: what became of them, by state, by reason and row by row; once more for some."""

import csv
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.ledger import PAGE, LedgerFormat, write_rows
from bot.model import Cut, Delivery, Destination, Purpose, SubscriberState
from bot.storage import LedgerRow, OpenPushes
from tests.builders import NOON
from tests.cli.conftest import Run
from tests.cli.ledger import NO_BOT, SLUG, Ledger, change, subscribe

pytestmark = pytest.mark.usefixtures("database")

GROUP = -100200
READERS = (1, 2, 3, 4, GROUP)
FIELDS = "issue,chat,purpose,aim,state,parts,uncertain,attempts,not_before,reason,planned_at,updated_at"


@pytest.fixture
def sent(jianbao: Run, database: Path) -> None:  # noqa: ARG001  # so that it is there before
    """An issue published to five: whole, failed twice, skipped, one under way with a part in doubt."""
    subscribe(jianbao, *(f"{chat},zh," for chat in READERS))
    assert jianbao("publish", SLUG, "--yes").code == 0
    change(became)


async def became(ledger: Ledger) -> None:
    await ledger.delivered(1, 3)
    await ledger.failed(2, "refused: [b] is no tag")
    await ledger.failed(3)
    await ledger.skipped(4)
    await ledger.uncertain(GROUP)


def cells(text: str, first: str) -> list[str]:
    return next(line for line in text.splitlines() if line.strip().startswith(first)).split()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("sent")
def test_the_summary_counts_rows_parts_reasons_and_doubts(jianbao: Run) -> None:
    result = jianbao("deliveries")
    assert (result.code, result.err) == (0, "")
    assert cells(result.out, "sent")[:3] == ["sent", "1", "3"]
    assert cells(result.out, "sending")[:3] == ["sending", "1", "1"]
    assert cells(result.out, "failed")[:3] == ["failed", "2", "0"]
    assert "Given up; see the reason." in result.out
    assert "refused: [b] is no tag" in result.out
    assert "Rows with a part that may be missing or doubled: 1\n" in result.out


@pytest.mark.usefixtures("sent")
def test_the_summary_as_json(jianbao: Run) -> None:
    found = jianbao("deliveries", SLUG, "--format", "json").json
    assert found["issue"] == SLUG
    assert found["states"] == {
        "planned": {"rows": 0, "parts": 0},
        "sending": {"rows": 1, "parts": 1},
        "sent": {"rows": 1, "parts": 3},
        "failed": {"rows": 2, "parts": 0},
        "skipped": {"rows": 1, "parts": 0},
    }
    assert {"state": "skipped", "reason": "stopped", "rows": 1} in found["reasons"]
    twice = "no answer to a part; sent again, may have come twice"
    assert {"state": "sending", "reason": twice, "rows": 1} in found["reasons"]
    assert len(found["reasons"]) == 4
    assert found["uncertain"] == 1


@pytest.mark.usefixtures("sent")
def test_the_summary_as_csv_counts_every_row_once(jianbao: Run) -> None:
    rows = table(jianbao("deliveries", "--format", "csv").out)
    assert [*rows[0]] == ["state", "reason", "rows"]
    assert sum(int(row["rows"]) for row in rows) == len(READERS)
    assert {"state": "sent", "reason": "", "rows": "1"} in rows


@pytest.mark.usefixtures("sent")
def test_an_issue_nobody_was_sent_has_nothing_in_its_summary(jianbao: Run) -> None:
    change(lambda ledger: ledger.storage.planner.expire(NOON, NOON))
    found = jianbao("deliveries", "--format", "json").json
    assert found["issue"] is None
    assert jianbao("deliveries", "--chat", "77").out == "No deliveries.\n"
    assert jianbao("deliveries", "--chat", "77", "--format", "json").json == []
    assert jianbao("deliveries", "--chat", "77", "--format", "csv").out == f"{FIELDS}\n"


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("options", "chats"),
    [
        (["--failed"], [2, 3]),
        (["--uncertain"], [GROUP]),
        (["--chat", "-100200"], [GROUP]),
        (["--chat=-100200"], [GROUP]),
        (["--chat", "3", "--failed"], [3]),
        (["--chat", "1", "--failed"], []),
        ([SLUG, "--failed"], [2, 3]),
        (["--failed", SLUG], [2, 3]),
    ],
)
def test_rows_are_listed_that_fit_all_that_is_asked(
    jianbao: Run, options: list[str], chats: list[int]
) -> None:
    found = jianbao("deliveries", *options, "--format", "json").json
    assert [row["chat"] for row in found] == chats
    assert [row["chat"] for row in table(jianbao("deliveries", *options, "--format", "csv").out)] == [
        str(chat) for chat in chats
    ]


@pytest.mark.usefixtures("sent")
def test_a_row_says_all_that_is_known(jianbao: Run) -> None:
    (found,) = jianbao("deliveries", "--chat", "1", "--format", "json").json
    assert found | {"planned_at": "", "updated_at": ""} == {
        "issue": SLUG,
        "chat": 1,
        "purpose": "push",
        "aim": "send",
        "state": "sent",
        "parts": 3,
        "uncertain": 0,
        "attempts": 0,
        "not_before": None,
        "reason": None,
        "planned_at": "",
        "updated_at": "",
        "message_ids": [10, 11, 13],
    }
    assert found["planned_at"].endswith("+00:00")
    (row,) = table(jianbao("deliveries", "--chat", "1", "--format", "csv").out)
    assert ",".join(row) == FIELDS
    assert (row["parts"], row["reason"]) == ("3", "")


@pytest.mark.usefixtures("sent")
def test_rows_as_a_table_show_reasons_as_they_are(jianbao: Run) -> None:
    out = jianbao("deliveries", "--failed").out
    assert "refused: [b] is no tag" in out
    assert "message ids" not in out


async def test_a_million_rows_are_written_page_by_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Each page is out before the next is read."""
    out: list[str] = []

    def look() -> None:
        out.extend(filter(None, [capsys.readouterr().out]))

    async def rows() -> AsyncIterator[LedgerRow]:
        for number in range(2 * PAGE):
            look()
            assert len(out) == number // PAGE
            delivery = Delivery(issue_slug=SLUG, chat_id=number + 1, purpose=Purpose.PUSH, cut=Cut())
            yield LedgerRow(delivery=delivery, planned_at=NOON, updated_at=NOON)
        look()

    await write_rows(rows(), LedgerFormat.JSON)
    look()
    assert len(out) == 3


@pytest.mark.usefixtures("sent")
def test_a_retry_of_what_is_held_says_what_lets_it_go(jianbao: Run) -> None:
    jianbao("hold", SLUG)
    told = jianbao("deliveries", "retry", SLUG).out
    assert told.endswith(f"subscribers who missed it; it is held until jianbao resume {SLUG}\n")


@pytest.mark.usefixtures("sent")
def test_retry_is_for_active_subscribers_who_missed_it(jianbao: Run) -> None:
    async def one_is_gone(ledger: Ledger) -> None:
        await ledger.storage.subscribers.set_state(Destination(3), SubscriberState.BLOCKED, NOON)

    change(one_is_gone)
    result = jianbao("deliveries", "retry", SLUG)
    away = "of those who stopped, blocked the bot or are gone, 1 missed it: nothing goes there\n"
    told = f"{SLUG} is planned for 2 subscribers who missed it; {NO_BOT}\n{away}"
    assert (result.code, result.out, result.err) == (0, told, "")
    states = {chat: row["state"] for chat in READERS for row in rows_of(jianbao, chat)}
    assert states == {1: "sent", 2: "planned", 3: "failed", 4: "planned", GROUP: "sending"}
    assert jianbao("deliveries", "retry", SLUG).out == f"No active subscriber missed {SLUG}.\n{away}"


@pytest.mark.usefixtures("sent")
def test_what_an_operator_left_out_is_sent_only_if_that_is_said(jianbao: Run) -> None:
    async def left_out(ledger: Ledger) -> None:
        await OpenPushes(ledger.storage.database).skip(NOON)

    jianbao("deliveries", "retry", SLUG)
    change(left_out)  # the four that are open again, or still
    retry = ("deliveries", "retry", SLUG)
    told = jianbao(*retry).out
    assert told.startswith(f"No active subscriber missed {SLUG}.\n4 pushes were left out by an operator: ")
    assert told.endswith(f"jianbao deliveries retry {SLUG} --left-out\n")
    told = f"{SLUG} is planned for 4 subscribers who missed it; {NO_BOT}\n"
    assert jianbao(*retry, "--left-out").out == told
    assert {row["aim"] for chat in READERS for row in rows_of(jianbao, chat)} == {"send"}


def rows_of(jianbao: Run, chat: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = jianbao("deliveries", "--chat", str(chat), "--format", "json").json
    return found


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2026-03-03"], f"jianbao: there is no issue 2026-03-03; the nearest are {SLUG}\n"),
        (["retry", "2026-03-03"], f"jianbao: there is no issue 2026-03-03; the nearest are {SLUG}\n"),
        ([SLUG, "retry", SLUG], f"jianbao: the command comes first: jianbao deliveries retry {SLUG}\n"),
    ],
)
def test_what_a_person_must_correct_is_one_line_and_code_2(
    jianbao: Run, arguments: list[str], told: str
) -> None:
    result = jianbao("deliveries", *arguments)
    assert (result.code, result.out, result.err) == (2, "", told)


@pytest.mark.parametrize("arguments", [["a", "b"], ["--chat", "x"], ["retry"], ["--format", "xml"]])
def test_words_that_mean_nothing_are_refused(jianbao: Run, arguments: list[str]) -> None:
    assert jianbao("deliveries", *arguments).code == 2


def test_help_shows_the_slug_the_options_and_the_command(jianbao: Run) -> None:
    told = jianbao("deliveries", "--help").out
    for word in ("deliveries [OPTIONS] [SLUG] | retry SLUG", "--failed", "--uncertain", "--chat", "retry"):
        assert word in told
    assert "SLUG" in jianbao("deliveries", "retry", "--help").out


@pytest.mark.usefixtures("sent")
def test_a_table_tells_moments_as_every_command_does_and_csv_as_programs_read_them(jianbao: Run) -> None:
    told = jianbao("deliveries", "--chat", "1").out
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", told)
    assert "+00:00" not in told
    assert "+00:00" in jianbao("deliveries", "--chat", "1", "--format", "csv").out


def test_what_readers_asked_for_stands_apart_from_pushes(jianbao: Run) -> None:
    subscribe(jianbao, "1,zh,")
    assert jianbao("publish", SLUG, "--yes").code == 0

    async def asks(ledger: Ledger) -> None:
        await ledger.storage.planner.plan_one(
            to=Destination(1), issue_slug=SLUG, purpose=Purpose.REQUEST, cut=Cut(), now=NOON
        )

    change(asks)
    told = jianbao("deliveries", SLUG).out
    assert cells(told, "planned")[:2] == ["planned", "1"]
    assert "Apart from these pushes, asked for or from the archive: 1 planned\n" in told
