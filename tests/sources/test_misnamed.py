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
    "name", ["2026-03-02 增刊 二.md", "2026-03-1.md", "旧/2026-03-02.md", "2026-03-02.txt"]
)
def test_beside_issues_a_name_that_says_which_is_one_to_be_told(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, "2026-03-02.md", name)
    assert list(found) == [name]
    assert found[name].misnamed
    assert found[name].to_mend
    assert not found[name].unreadable


@pytest.mark.parametrize("name", ["notes.md", "drafts/2026-03-09.md", "plans/2026.md"])
def test_what_else_lies_in_the_folder_is_not(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, "2026-03-02.md", name)
    assert not found[name].to_mend
