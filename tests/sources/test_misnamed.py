"""A file that is passed over for its name alone, though it may be an issue, is for somebody to rename."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import FilePattern
from bot.sources import FolderSource, Problem
from tests.builders import NOON


def problems(folder: Path, *names: str, pattern: str = r"\d{4}-\d{2}-\d{2}\.md") -> dict[str, Problem]:
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"# {name}\n", encoding="utf-8")
    source = FolderSource(path=folder, pattern=FilePattern.of(pattern))
    return {one.shown: one for one in source.read(NOON + timedelta(days=40_000)).problems}


@pytest.mark.parametrize(
    "name",
    [
        *("2026-03-02 增刊 二.md", "2026-03-02-1.md", "旧/2026-03-02.md", "2026-03-02.txt"),
        *("03-09.md", "3月9日.md", "issue_3_9.md"),
    ],
)
def test_beside_issues_a_name_that_says_which_is_one_to_be_told(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, "2026-03-02.md", name)
    assert list(found) == [name]
    assert found[name].misnamed
    assert found[name].to_mend
    assert not found[name].unreadable


@pytest.mark.parametrize(
    "name",
    [
        *("2026-03-09.mdx", "2026-03-09.html", "2026-03-09.docx", "2026-03-09.pdf", "2026-03-09.dm"),
        *("2026-03-09。txt", "2026-03-09.ｄｏｃｘ", "2026年3月9日.doc", "2026.03.09.mdd", "2026-03-09.m"),
    ],
)
def test_a_document_that_is_named_as_an_issue_is_to_be_told(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, "2026-03-02.md", name)
    assert found[name].misnamed
    assert found[name].reason == "is not named as Markdown is; if it is an issue, name it 2026-03-09.md"


@pytest.mark.parametrize(
    "name",
    [
        *("2026-03-02.html", "2026-03-02.pdf", "2026-03-09.png", "2026-03-09.md~", "#2026-03-09.md#"),
        *(
            ".2026-03-09.md.swp",
            "2026-03-09.md.bak",
            "~$26-03-09.docx",
            "2026-03-09.topics.yml",
            "about.html",
        ),
    ],
)
def test_what_was_made_of_an_issue_or_left_over_by_a_program_is_not(tmp_path: Path, name: str) -> None:
    assert problems(tmp_path, "2026-03-02.md", name) == {}


@pytest.mark.parametrize("name", ["notes.md", "drafts/2026-03-09.md", "plans/2026.md"])
def test_what_else_lies_in_the_folder_is_not(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, "2026-03-02.md", name)
    assert not found[name].to_mend


def test_a_day_without_its_year_is_called_by_the_folder_of_the_year(tmp_path: Path) -> None:
    for year in ("2025", "2026"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "03-02.md").write_text("# x\n", encoding="utf-8")
    source = FolderSource(path=tmp_path, pattern=FilePattern.of(r"\d{4}/\d{2}-\d{2}\.md"))
    files = source.read(NOON + timedelta(days=40_000)).files
    assert [file.slug for file in files] == ["2025-03-02", "2026-03-02"]
