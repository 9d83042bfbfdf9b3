"""The demo plays whatever digest is configured."""

from pathlib import Path

import pytest

from bot.cli.demo import samples_of
from bot.errors import BadInput
from bot.settings import load
from bot.words.natural_order import numbers_of


def test_the_issues_of_the_configured_folder_come_in_the_order_of_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, issues = tmp_path / "weekly-config", tmp_path / "weekly"
    config.mkdir()
    issues.mkdir()
    (config / "digest.yml").write_text("extends: numbered-paragraphs\n", "utf-8")
    for name in ("issue-10.md", "issue-9.md", "issue-100.md", "README.md"):
        (issues / name).write_text("# 周刊", "utf-8")
    monkeypatch.setenv("JIANBAO_CONFIG", str(config))
    monkeypatch.setenv("JIANBAO_ISSUES", str(issues))
    assert samples_of(load()) == ["issue-9.md", "issue-10.md", "issue-100.md"]


def test_a_small_raised_figure_in_a_name_is_no_number() -> None:
    assert numbers_of("issue-²-7") == (7,)


def test_a_folder_without_issues_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_ISSUES", str(tmp_path / "empty"))
    with pytest.raises(BadInput, match=r"JIANBAO_ISSUES: .*: no file in this folder is named"):
        samples_of(load())
