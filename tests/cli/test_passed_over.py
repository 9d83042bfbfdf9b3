"""A file that the bot passes over: whoever names it is told why, and doctor names them all."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import ISSUE, Run, write
from tests.cli.ledger import SLUG

pytestmark = pytest.mark.usefixtures("database")

COPY, OTHER = "2026-03-03", "2026-03-04"


@pytest.fixture
def known(jianbao: Run, database: Path) -> None:
    """The issue is in the database."""
    assert jianbao("publish", SLUG, "--yes").code == 0, database


@pytest.mark.parametrize(
    "command", [("plan",), ("publish", "--yes"), ("publish", "--edit"), ("publish", "--to=7")]
)
@pytest.mark.usefixtures("known")
def test_a_copy_is_no_issue_and_the_command_says_of_which(
    jianbao: Run, home: Path, command: tuple[str, ...]
) -> None:
    file = write(home / "issues" / f"{COPY}.md", ISSUE)
    os.utime(file, (0, 0))  # one that changed just now is not read yet
    result = jianbao(*command, COPY)
    reason = f"which is a duplicate of issue {SLUG}, not sent\n"
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"there is no issue {COPY}: the bot passes over issues/{COPY}.md, {reason}")


@pytest.mark.parametrize(
    ("file", "slug", "reason"),
    [
        ("2026-03-16.md", "2026-03-16", "has no content yet"),
        ("drafts/2026-03-16.md", "2026-03-16", "lies in a folder of drafts (drafts)"),
        ("notes.md", "notes", "is not named as an issue is (files in digest.yml)"),
    ],
)
def test_whatever_the_reason_is_it_is_told(
    jianbao: Run, home: Path, file: str, slug: str, reason: str
) -> None:
    write(home / "issues" / file, "# 样刊\n")
    result = jianbao("plan", slug)
    assert (result.code, result.out) == (2, "")
    assert (
        result.err
        == f"jianbao: there is no issue {slug}: the bot passes over issues/{file}, which {reason}\n"
    )


@pytest.mark.usefixtures("known")
def test_status_names_every_file_that_would_be_an_issue_and_is_left_out(jianbao: Run, home: Path) -> None:
    others = ("drafts/2026-03-17.md", "草稿/2026-03-18.md", "新/2026-03-19.md.txt", "新/2026-03-20.txt")
    files = ((f"{COPY}.md", ISSUE), ("2026-03-16.md", "# 样刊\n"), *((name, ISSUE) for name in others))
    for name, text in files:
        os.utime(write(home / "issues" / name, text), (0, 0))
    told = [line for line in jianbao("status").out.splitlines() if line.startswith("PASSED OVER")]
    renamed = "is not named as Markdown is; if it is an issue, name it"
    assert sorted(told) == [
        f"PASSED OVER: issues/{COPY}.md is a duplicate of issue {SLUG}, not sent",
        "PASSED OVER: issues/2026-03-16.md has no content yet",
        "PASSED OVER: issues/drafts/2026-03-17.md lies in a folder of drafts (drafts)",
        f"PASSED OVER: issues/新/2026-03-19.md.txt {renamed} 2026-03-19.md",
        f"PASSED OVER: issues/新/2026-03-20.txt {renamed} 2026-03-20.md",
        "PASSED OVER: issues/草稿/2026-03-18.md lies in a folder of drafts (草稿)",
    ]


@pytest.mark.usefixtures("known")
def test_a_known_issue_whose_file_is_emptied_is_still_planned_as_it_was(jianbao: Run, home: Path) -> None:
    write(home / "issues" / f"{SLUG}.md", "# 样刊\n")
    assert jianbao("plan", SLUG).code == 0


@pytest.mark.usefixtures("known")
def test_doctor_says_how_many_are_passed_over_and_names_them(jianbao: Run, home: Path) -> None:
    for name in (COPY, OTHER):
        write(home / "issues" / f"{name}.md", ISSUE)
    write(home / "issues" / "2026-03-16.md", "# 样刊\n")
    out = jianbao("doctor").out
    assert "3 files are passed over: " in out
    for name in (f"{COPY}.md is a duplicate", f"{OTHER}.md is a duplicate", "2026-03-16.md has no content"):
        assert name in out
    assert f"1 in {home}/issues, the last {SLUG}" in out


@pytest.fixture
def namesakes(home: Path) -> str:
    """Two files of one name and the words for the one that is passed over."""
    own = ISSUE.replace("2026-03-02", "2026-03-16").replace("example.com/", "example.com/other-")
    write(home / "issues" / "2026-03-16.md", own)
    write(home / "issues" / "晚间" / "2026.3.16.md", own.replace("other-", "third-"))
    return "has the name of 2026-03-16.md, read instead"


@pytest.mark.parametrize(
    "paths",
    [
        ["issues"],
        ["issues/晚间"],
        ["issues/晚间/2026.3.16.md"],
        ["issues/2026-03-16.md", "issues/晚间/2026.3.16.md"],
    ],
)
def test_check_says_of_a_file_that_has_the_name_of_another_that_it_is_passed_over(
    jianbao: Run, namesakes: str, paths: list[str]
) -> None:
    told = jianbao("check", *paths).told
    assert told.count("passed over") == 1
    assert f"issues/晚间/2026.3.16.md: passed over, for it {namesakes}\n" in told
    assert "same-date" not in told


def test_status_says_so_too_and_check_nothing_of_the_one_that_is_read(jianbao: Run, namesakes: str) -> None:
    assert f"PASSED OVER: issues/晚间/2026.3.16.md {namesakes}\n" in jianbao("status").out
    assert "passed over" not in jianbao("check", "issues/2026-03-16.md").told


@pytest.mark.parametrize(
    "command", [("plan",), ("publish", "--to=7"), ("publish", "--yes"), ("hold",), ("unschedule",)]
)
def test_a_command_says_nothing_of_files_that_it_was_not_asked_about(
    jianbao: Run, home: Path, command: tuple[str, ...]
) -> None:
    for name, text in (("notes", "# 样刊\n"), ("2026-03-16", "# 样刊\n"), (COPY, ISSUE)):
        write(home / "issues" / f"{name}.md", text)
    told = jianbao(*command, SLUG).told
    assert SLUG in told
    assert not any(other in told for other in ("notes", "2026-03-16", COPY))


def test_what_a_command_takes_in_and_the_bot_will_not_tell_again_is_a_line_for_people(
    jianbao: Run, home: Path
) -> None:
    jianbao("publish", SLUG, "--yes")
    late = write(home / "issues" / "2026-03-16.md", ISSUE.replace("03-02", "09-02"))
    os.utime(late, (0, 0))
    (line,) = jianbao("publish", SLUG, "--to=7").err.splitlines()
    assert line.startswith("jianbao: issue held: issue 2026-03-16, reason ")
    assert line.endswith(", command jianbao publish 2026-03-16")


@pytest.fixture
def an_hour_of_rest(known: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # before it
    """A file must have rested that long, from now on."""
    monkeypatch.setenv("JIANBAO_PUBLISHING__SETTLE", "3600")


@pytest.mark.usefixtures("an_hour_of_rest")
@pytest.mark.parametrize("command", [("publish", "--yes"), ("publish", "--to=7"), ("hold",), ("unschedule",)])
def test_a_new_file_that_may_still_be_being_written_is_told_with_when_it_is_read(
    jianbao: Run, home: Path, command: tuple[str, ...]
) -> None:
    file = write(home / "issues" / f"{OTHER}.md", ISSUE)
    changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    result = jianbao(*command, OTHER)
    assert (result.code, result.out) == (2, "")
    why = "changed a moment ago, and is read once it has rested (publishing.settle): "
    assert result.err.startswith(f"jianbao: issues/{OTHER}.md: {why}{changed + timedelta(hours=1):%H:}")


@pytest.mark.usefixtures("an_hour_of_rest")
def test_a_correction_that_may_still_be_being_written_is_not_left_out_and_keeps_nobody_from_a_hold(
    jianbao: Run, home: Path
) -> None:
    assert jianbao("publish", SLUG, "--to=7").code == 0  # its file is as it was
    write(home / "issues" / f"{SLUG}.md", ISSUE.replace("样刊", "更正"))
    for option in ("--edit", "--yes", "--to=7"):
        result = jianbao("publish", SLUG, option)
        assert (result.code, result.out) == (2, "")
        assert f"issues/{SLUG}.md: changed a moment ago" in result.err
    assert jianbao("hold", SLUG).code == 0
