"""jianbao new: the file of the next issue, which nobody need copy from the last one."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import ISSUE, Run, write
from tests.test_floors import ROOT

SHIPPED = sorted(path.stem for path in (ROOT / "config/profiles").glob("*.yml"))


def test_a_day_is_a_file_with_the_headings_of_the_last_issues(jianbao: Run, home: Path) -> None:
    for day in ("2026-02-23", "2026-02-16"):
        write(home / "issues" / f"{day}.md", ISSUE.replace("2026-03-02", day))
    result = jianbao("new", "2026-03-09")
    assert (result.code, result.out) == (0, "issues/2026-03-09.md\n")
    text = (home / "issues/2026-03-09.md").read_text("utf-8")
    assert text.startswith("# 样刊 (2026-03-09)：\n\n**一句话介绍**\n\n导读：\n")
    assert text.endswith("## 业界新闻\n\n## 论文\n")
    assert "0 errors" in jianbao("check", "issues/2026-03-09.md").err


def test_a_file_that_is_there_is_never_touched(jianbao: Run, home: Path) -> None:
    result = jianbao("new", "2026-03-02")
    assert (result.code, result.out) == (2, "")
    assert result.err == "jianbao: issues/2026-03-02.md: is there already, and is left as it is\n"
    assert (home / "issues/2026-03-02.md").read_text("utf-8") == ISSUE


def test_without_a_day_it_is_the_next_by_the_habit_of_the_last(jianbao: Run, home: Path) -> None:
    monday = date(2026, 3, 2)
    for weeks in (1, 2, 3):
        day = (monday - timedelta(weeks=weeks)).isoformat()
        write(home / "issues" / f"{day}.md", ISSUE.replace("2026-03-02", day))
    made = date.fromisoformat(Path(jianbao("new").out.strip()).stem)
    today = datetime.now(UTC).date()
    assert made.weekday() == monday.weekday()
    assert -1 <= (made - today).days <= 8


@pytest.mark.parametrize("name", SHIPPED)
def test_an_issue_of_a_shipped_profile_has_no_error_and_nothing_for_readers(
    jianbao: Run, home: Path, name: str
) -> None:
    (home / "empty").mkdir()
    made = jianbao("new", "2026-03-09", "--folder", "empty", "--profile", name)
    assert made.code == 0
    checked = jianbao("check", made.out.strip(), "--profile", name)
    assert ", ".join(checked.err.split(", ")[:1]).endswith(": 0 errors")
    told = jianbao("parse", made.out.strip(), "--profile", name, "--format", "json").json[0]
    assert not any(section["items"] for section in told["sections"])


def test_of_a_repository_it_is_the_folder_in_the_current_one(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIANBAO_ISSUES")
    monkeypatch.setenv("JIANBAO_SOURCE__GIT", "https://forge.example/us/digest.git")
    monkeypatch.setenv("JIANBAO_SOURCE__FOLDER", "issues")
    assert jianbao("new", "2026-03-09").out == "issues/2026-03-09.md\n"
    assert (home / "issues/2026-03-09.md").exists()


def test_a_folder_that_is_not_there_is_one_line(jianbao: Run) -> None:
    result = jianbao("new", "--folder", "nowhere")
    assert result.code == 2
    assert result.err == "jianbao: nowhere: cannot be read: No such file or directory\n"
