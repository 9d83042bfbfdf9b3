"""jianbao backup, restore, migrate --to: what they say, and what they leave alone."""

import asyncio
import os
import re
from pathlib import Path

import pytest

from bot.storage import SENDER, Database, Leases
from tests.cli.conftest import ISSUE, Run, write

READERS = "chat_id,language,topics,state\n7,zh,量化,active\n-100200,en,,blocked\n"


@pytest.fixture(autouse=True)
def database(jianbao: Run, home: Path) -> None:
    """Two subscribers, of whom one is to get an issue."""
    assert jianbao("migrate").code == 0
    write(home / "readers.csv", READERS)
    assert jianbao("subscribers", "import", "readers.csv").code == 0
    assert jianbao("publish", "2026-03-02", "--yes").code == 0


def elsewhere(monkeypatch: pytest.MonkeyPatch, home: Path) -> str:
    """From now on another database is meant, which is not there."""
    url = f"sqlite:///{home}/other.sqlite"
    monkeypatch.setenv("JIANBAO_DATABASE_URL", url)
    return url


HELD = "deliveries: 1"


def test_a_database_is_made_again_of_its_backup(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = jianbao("subscribers", "export").out
    made = jianbao("backup", "kept")
    assert (made.code, made.err) == (0, "")
    assert "subscribers: 2" in made.out
    assert HELD in made.out
    elsewhere(monkeypatch, home)
    assert jianbao("restore", "kept", "--yes").code == 0
    assert jianbao("subscribers", "export").out == exported
    assert jianbao("resume").code == 0
    again = jianbao("backup", "again")
    assert re.findall("sha256 .*", again.out) == re.findall("sha256 .*", made.out)


def test_without_yes_a_restore_says_what_it_would_do_and_does_nothing(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jianbao("backup", "kept")
    elsewhere(monkeypatch, home)
    result = jianbao("restore", "kept")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("kept is whole and holds ")
    assert HELD in result.out
    assert "repeat with --yes" in result.out
    assert not (home / "other.sqlite").exists()


@pytest.fixture
def restored(jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What was said when a backup was restored, in which a push was open."""
    jianbao("backup", "kept")
    elsewhere(monkeypatch, home)
    result = jianbao("restore", "kept", "--yes")
    assert result.code == 0
    return result.out


GO_ON = "jianbao resume goes on, and whoever got any of it since gets that once more"
SKIP = "jianbao resume --skip-open leaves out what was to go out until now, and nobody gets anything twice"
OPEN = "UTC; 1 push of 2026-03-02 was open in it and may have gone out since"


def test_a_restored_database_pushes_nothing_and_names_both_ways_wherever_it_is_looked_at(
    jianbao: Run, restored: str
) -> None:
    assert f"{OPEN}.\n- {GO_ON}\n- {SKIP}\nWhat was done since the backup is not in it" in restored
    told = jianbao("status").out
    assert re.search(rf"HELD: nothing is pushed since .* UTC: restored at .* {OPEN}; {GO_ON}; {SKIP}\n", told)
    assert jianbao("status", "--format", "json").json["held"]["by"] == "restored"
    assert re.search(rf"nothing is pushed since .*{OPEN}", jianbao("doctor").out)


def test_what_was_open_in_a_backup_is_skipped_and_can_be_asked_for(jianbao: Run, restored: str) -> None:
    assert OPEN in restored
    told = jianbao("resume", "--skip-open")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("2026-03-02: 1 push skipped\n")
    found = jianbao("status", "--format", "json").json
    assert (found["held"], found["deliveries"]["skipped"], found["issues"][0]["state"]) == (
        None,
        1,
        "published",
    )


def test_an_issue_that_may_have_come_out_since_goes_to_the_archive_and_one_of_a_later_day_comes_out(
    jianbao: Run, home: Path, restored: str
) -> None:
    assert OPEN in restored
    for day in ("2026-03-09", "2999-01-01"):
        file = home / "issues" / f"{day}.md"
        write(file, ISSUE.replace("2026-03-02", day).replace("example", day))
        os.utime(file, (0, 0))
    told = jianbao("resume", "--skip-open").out
    assert "2026-03-09: in the archive, and does not come out by itself; jianbao publish 2026-03-09" in told
    found = {one["slug"]: one["state"] for one in jianbao("status", "--format", "json").json["issues"]}
    assert found == {"2026-03-02": "published", "2026-03-09": "archived", "2999-01-01": "waiting"}


def test_open_pushes_are_skipped_only_while_everything_is_held_and_of_all_issues(jianbao: Run) -> None:
    told = jianbao("resume", "--skip-open")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("jianbao: everything is not held")
    assert jianbao("resume", "2026-03-02", "--skip-open").err.startswith("jianbao: --skip-open: is about")
    assert jianbao("status", "--format", "json").json["deliveries"]["planned"] == 1


def test_a_database_that_moves_is_not_of_the_past(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jianbao("migrate", "--to", f"sqlite:///{home}/other.sqlite").code == 0
    elsewhere(monkeypatch, home)
    assert jianbao("status", "--format", "json").json["held"] is None


def test_a_whole_backup_is_verified_beside_a_database_that_is_not_empty(jianbao: Run) -> None:
    jianbao("backup", "kept")
    result = jianbao("restore", "kept")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("kept is whole and holds ")
    assert "the database is not empty (" in result.out
    assert "; nothing was changed\n" in result.out


def test_a_database_that_is_not_empty_is_not_restored_into(jianbao: Run) -> None:
    jianbao("backup", "kept")
    before = jianbao("subscribers", "export").out
    result = jianbao("restore", "kept", "--yes")
    assert result.code == 2
    assert result.out.startswith("kept is whole and holds ")
    assert HELD in result.out
    assert "the database is not empty (" in result.err
    assert jianbao("subscribers", "export").out == before


def test_a_whole_backup_beside_a_damaged_database_says_what_to_move_away(jianbao: Run, home: Path) -> None:
    jianbao("backup", "kept")
    file = home / "data" / "jianbao.sqlite"
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    told = jianbao("restore", "kept")
    assert (told.code, told.err) == (0, "")
    assert "Not to be filled here: " in told.out
    for result in (told.out, (refused := jianbao("restore", "kept", "--yes")).err):
        assert "jianbao.sqlite is damaged; stop the bot and move that file away first" in result
        assert "-wal and -shm" in result
    assert refused.code == 2
    doctor = jianbao("doctor", "--format", "json").json["findings"]
    (advice,) = (one["advice"] for one in doctor if one["name"] == "database")
    assert "jianbao restore FILE --yes" in advice


@pytest.mark.parametrize(
    "command", [["backup", "readers.csv"], ["restore", "gone"], ["restore", "readers.csv"]]
)
def test_a_file_that_cannot_serve_is_told_and_stays(jianbao: Run, home: Path, command: list[str]) -> None:
    result = jianbao(*command)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"jianbao: {command[1]}: ")
    assert result.err.count("\n") == 1
    assert (home / "readers.csv").read_text("utf-8") == READERS


def test_the_database_moves_to_another_address_and_compares(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = jianbao("subscribers", "export").out
    moved = jianbao("migrate", "--to", f"sqlite:///{home}/other.sqlite")
    assert (moved.code, moved.err) == (0, "")
    assert "compared row by row, both hold the same" in moved.out
    assert HELD in moved.out
    elsewhere(monkeypatch, home)
    assert jianbao("subscribers", "export").out == exported


def test_a_move_while_the_bot_works_is_to_be_repeated(jianbao: Run, home: Path) -> None:
    async def lead() -> None:
        async with Database(f"sqlite:///{home}/data/jianbao.sqlite") as database:
            assert await Leases(database).acquire(SENDER, holder="bot-1", seconds=30)

    asyncio.run(lead())
    result = jianbao("migrate", "--to", f"sqlite:///{home}/other.sqlite")
    assert result.code == 1
    assert result.err.startswith("jianbao: not finished: bot-1 still sends from the old database")
    assert "compared row by row, both held the same (" in result.out


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "sqlite:///taken.sqlite",
            "jianbao: --to: holds other data (subscribers: 1, tallies: 1); name a database",
        ),
        ("nonsense", "jianbao: --to: is no database address"),
    ],
)
def test_an_address_that_cannot_serve_is_told_by_its_option(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    with monkeypatch.context() as taken:
        taken.setenv("JIANBAO_DATABASE_URL", "sqlite:///taken.sqlite")
        jianbao("migrate")
        write(home / "readers.csv", "chat_id,language,topics\n7,en,\n")
        jianbao("subscribers", "import", "readers.csv")
    result = jianbao("migrate", "--to", url)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(told)
    assert result.err.count("\n") == 1
