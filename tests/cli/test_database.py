"""jianbao publish, status, subscribers: what they do to a real database, and what they say."""

import csv
import io
import re
from pathlib import Path

import pytest

from tests.cli.conftest import ISSUE, Result, Run, write
from tests.cli.ledger import NO_BOT, Ledger, change

pytestmark = pytest.mark.usefixtures("database")

EXPORTED = """\
chat_id,language,topics,state,mode,sections,hours,thread
-100200,en,,blocked,full,,,
-100200,zh,quantization,active,full,,,77
7,zh,foundry quantization,active,headlines,flash papers,Asia/Tokyo|0830|4|2200-0700|s,
42,zh,,stopped,full,,,
99,zh,,deactivated,full,,,
"""


THREE = "chat_id,language,topics\n7,zh,量化\n42,zh,\n-100200,en,\n"

MISSING = "column chat_id is missing; the first row names the columns, such as chat_id, language, topics"


def imported(jianbao: Run, home: Path, text: str, *options: str) -> Result:
    write(home / "readers.csv", text)
    return jianbao("subscribers", "import", "readers.csv", *options)


def test_what_was_exported_comes_in_again_as_it_was(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert imported(jianbao, home, EXPORTED).out == "5 subscribers imported: 5 new, 0 changed\n"
    exported = jianbao("subscribers", "export")
    assert exported.code == 0
    assert exported.err.startswith("left out: when each of them came, and what they saved")
    rows = sorted(
        csv.DictReader(io.StringIO(exported.out)), key=lambda row: (int(row["chat_id"]), row["thread"])
    )
    assert rows == sorted(
        csv.DictReader(io.StringIO(EXPORTED)), key=lambda row: (int(row["chat_id"]), row["thread"])
    )
    monkeypatch.setenv("JIANBAO_DATABASE_URL", "sqlite+aiosqlite:///other.sqlite")
    jianbao("migrate")
    assert imported(jianbao, home, exported.out).out == "5 subscribers imported: 5 new, 0 changed\n"
    assert jianbao("subscribers", "export").out == exported.out


def test_a_second_import_changes_what_differs(jianbao: Run, home: Path) -> None:
    imported(jianbao, home, EXPORTED)
    result = imported(jianbao, home, "chat_id,language,topics\n7,en,\n42,zh,\n8,,\n")
    told = "3 subscribers imported: 1 new, 1 changed\nstay as they are and get nothing: 1 stopped;"
    assert result.out.startswith(told)
    exported = jianbao("subscribers", "export").out
    assert "\n7,en,,active,headlines,flash papers,Asia/Tokyo|0830|4|2200-0700|s,\n" in exported
    assert "\n8,zh,,active,full,,,\n" in exported


def test_without_a_state_the_known_keep_theirs_and_the_new_are_active(jianbao: Run, home: Path) -> None:
    imported(jianbao, home, EXPORTED)
    imported(jianbao, home, "chat_id,language,topics\n42,en,\n8,en,\n")
    imported(jianbao, home, "chat_id,language,topics,state\n99,en,,\n9,en,,\n")
    exported = jianbao("subscribers", "export").out
    for line in ("42,en,,stopped", "8,en,,active", "99,en,,deactivated", "9,en,,active"):
        assert f"\n{line},full,,,\n" in exported


def test_a_state_in_the_table_counts_for_the_known_too(jianbao: Run, home: Path) -> None:
    imported(jianbao, home, EXPORTED)
    rows = "chat_id,language,topics,state\n42,zh,,Active\n7,zh,量化 代工,stopped\n"
    result = imported(jianbao, home, rows, "--bring-back")
    assert result.out == "2 subscribers imported: 0 new, 2 changed\n"
    exported = jianbao("subscribers", "export").out
    assert "\n42,zh,,active,full,,,\n" in exported
    hours = "Asia/Tokyo|0830|4|2200-0700|s"
    assert f"\n7,zh,foundry quantization,stopped,headlines,flash papers,{hours},\n" in exported


def test_nothing_is_imported_where_two_lines_say_different_things_of_a_chat(jianbao: Run, home: Path) -> None:
    text = "chat_id,language,topics\n7,zh,量化\n8,zh,\n7,en,代工\n"
    result = imported(jianbao, home, text)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(":4: chat_id: line 2 says something else of 7; leave the one that counts\n")
    assert jianbao("subscribers", "export").out.count("\n") == 1


@pytest.mark.parametrize("chat_id", [-(2**63), 2**63 - 1])
def test_a_chat_id_has_64_bits(jianbao: Run, home: Path, chat_id: int) -> None:
    assert imported(jianbao, home, f"chat_id,language,topics\n{chat_id},zh,\n").code == 0
    assert f"\n{chat_id},zh,,active,full,,,\n" in jianbao("subscribers", "export").out


@pytest.mark.parametrize(
    "topics", ["量化 代工", "quantization;foundry", "Quantization|EDA", '"量化,foundry"']
)
def test_topics_may_be_called_by_any_of_their_names(jianbao: Run, home: Path, topics: str) -> None:
    imported(jianbao, home, f"chat_id,language,topics\n1,zh-hans,{topics}\n")
    assert "\n1,zh,foundry quantization,active,full,,,\n" in jianbao("subscribers", "export").out


def test_a_table_from_a_spreadsheet_is_read(jianbao: Run, home: Path) -> None:
    text = "\ufeffchat_id,name,language,topics\r\n7,小林,zh,量化\r\n"
    assert imported(jianbao, home, text).out == "1 subscriber imported: 1 new, 0 changed\n"


def test_keywords_and_what_is_left_out_travel_too(jianbao: Run, home: Path) -> None:
    imported(jianbao, home, 'chat_id,language,topics\n7,zh,"量化 “KV cache”, -business -「广告, 招聘」"\n')
    exported = jianbao("subscribers", "export").out
    assert "\n7,zh,quantization “KV cache” -business -“广告, 招聘”,active,full,,,\n" in exported.replace(
        '"', ""
    )
    assert imported(jianbao, home, exported).out == "1 subscriber imported: 0 new, 0 changed\n"
    assert imported(jianbao, home, THREE).out == "3 subscribers imported: 2 new, 1 changed\n"
    assert "\n7,zh,quantization,active,full,,,\n" in jianbao("subscribers", "export").out


def test_spaces_around_names_and_fields_do_no_harm(jianbao: Run, home: Path) -> None:
    text = '\ufeff chat_id , Language,topics , state\n 7 , en-GB , "量化, 代工" , stopped \n'
    assert imported(jianbao, home, text).out == "1 subscriber imported: 1 new, 0 changed\n"
    assert "\n7,en,foundry quantization,stopped,full,,,\n" in jianbao("subscribers", "export").out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("chat_id,language,topics\n1,zh,\nxyz,zh,\n", "readers.csv:3: chat_id: 'xyz' is not a number"),
        ("chat_id,language,topics\n,zh,\n", "readers.csv:2: chat_id: '' is not a number"),
        ("chat_id,language,topics\n1,zh,\n0,zh,\n", "readers.csv:3: chat_id: '0' is not a chat id"),
        (f"chat_id,language,topics\n{2**63},zh,\n", f"readers.csv:2: chat_id: '{2**63}' is not a chat id"),
        (
            f"chat_id,language,topics\n{-(2**64)},zh,\n",
            f"readers.csv:2: chat_id: '{-(2**64)}' is not a chat id",
        ),
        ("chat_id,language,topics\n1_0,zh,\n", "readers.csv:2: chat_id: '1_0' is not a number"),
        (
            "chat_id,language,topics,state\n1,zh,,gone\n",
            "readers.csv:2: state: 'gone' is not one of active, stopped, blocked, deactivated, parked",
        ),
        (
            f"chat_id,language,topics\n1,zh,{'x' * 200_000}\n",
            "readers.csv:2: invalid CSV: field larger than field limit (131072)",
        ),
        (
            "chat_id,language,topics,thread\n-5,zh,,General\n",
            "readers.csv:2: thread: 'General' is not the id of a topic",
        ),
        ("chat_id,language,topics\n1,fr,\n", "readers.csv:2: language: 'fr' is not one of zh, en, zh-Hant"),
        (
            "chat_id,language,topics\n1,zh,量化 天气\n",
            "readers.csv:2: topics: no topic is called '天气'; put a keyword in “ and ”",
        ),
        (
            f"chat_id,language,topics\n1,zh,{' '.join(f'“w{number}”' for number in range(21))}\n",
            "readers.csv:2: topics: more than 20 keywords",
        ),
        (
            "language,topics\nzh,\n",
            f"readers.csv:1: {MISSING}",
        ),
    ],
)
def test_a_wrong_table_is_told_by_line_and_column_and_nobody_comes_in(
    jianbao: Run, home: Path, text: str, told: str
) -> None:
    result = imported(jianbao, home, text)
    assert (result.code, result.out, result.err) == (2, "", f"jianbao: {told}\n")
    header = "chat_id,language,topics,state,mode,sections,hours,thread\n"
    assert jianbao("subscribers", "export").out == header


def test_a_table_that_is_not_there_is_told(jianbao: Run) -> None:
    result = jianbao("subscribers", "import", "gone.csv")
    assert (result.code, result.err) == (2, "jianbao: gone.csv: cannot be read: No such file or directory\n")


def test_an_archived_issue_is_published_on_demand_and_once(jianbao: Run, home: Path) -> None:
    imported(jianbao, home, THREE)
    first = jianbao("publish", "2026-03-02", "--yes")
    assert first.code == 0
    assert first.out == f"2026-03-02 is planned for 3 subscribers; {NO_BOT}\n"
    again = jianbao("publish", "2026-03-02", "--yes")
    assert (again.code, again.out) == (2, "")
    assert again.err.startswith("jianbao: issue 2026-03-02 was already published")


def test_who_publishes_is_told_that_the_running_bot_sends_it_where_one_runs(jianbao: Run) -> None:
    async def nothing(_: Ledger) -> None:
        """Only send."""

    change(nothing, stays=True)
    told = jianbao("publish", "2026-03-02", "--yes")
    assert (told.code, told.out) == (
        0,
        "2026-03-02 is planned for 0 subscribers; the running bot will send it\n",
    )


def test_a_slug_nobody_knows_gets_the_nearest(jianbao: Run, home: Path) -> None:
    write(home / "issues" / "2026-03-16.md", ISSUE.replace("03-02", "03-16"))
    result = jianbao("publish", "2026-03-03", "--yes")
    assert (result.code, result.out) == (2, "")
    assert "2026-03-03" in result.err
    assert re.search(r"2026-03-02|2026-03-16", result.err)
    assert result.err.count("\n") == 1


def test_a_folder_that_is_not_there_is_told(jianbao: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_ISSUES", "gone")
    result = jianbao("publish", "2026-03-02", "--yes")
    assert (result.code, result.out) == (2, "")
    assert "gone" in result.err
    assert result.err.count("\n") == 1


def test_status_counts_issues_subscribers_and_deliveries(jianbao: Run, home: Path) -> None:
    imported(jianbao, home, THREE)
    jianbao("publish", "2026-03-02", "--yes")
    found = jianbao("status", "--format", "json").json
    none = {"planned": 0, "sending": 0, "sent": 0, "failed": 0, "skipped": 0}
    (issue,) = found["issues"]
    assert (issue["slug"], issue["date"], issue["state"]) == ("2026-03-02", "2026-03-02", "published")
    assert issue["published_at"].endswith("+00:00")
    assert issue["deliveries"] == found["deliveries"] == none | {"planned": 3}
    assert found["subscribers"] == {"active": 3, "stopped": 0, "blocked": 0, "deactivated": 0, "parked": 0}
    table = jianbao("status").out
    assert "Subscribers: 3 active" in table
    assert "2026-03-02" in table


def test_status_of_nothing_is_told_too(jianbao: Run) -> None:
    assert "No issues yet." in jianbao("status").out


def test_a_database_address_that_is_none_keeps_its_password(
    jianbao: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANBAO_DATABASE_URL", "nonsense://bot:pa55word@nowhere/x")
    result = jianbao("status")
    assert result.code in (1, 2)
    assert result.err.startswith("jianbao: ")
    assert "pa55word" not in result.err


def test_health_of_a_bot_that_is_not_there(jianbao: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    off = jianbao("health")
    assert (off.code, off.err.count("\n")) == (2, 1)
    monkeypatch.setenv("JIANBAO_WEB__PORT", "9")
    assert jianbao("health").code == 1
