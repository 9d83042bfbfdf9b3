"""The commands that know the folder of issues, where the issues come from a repository."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, write
from tests.sources.git.forge import Repository

ISSUE = "# 简报\n\n## 论文\n\n- [题目 | 知乎](https://example.com/1)\n摘要：一。\n"
SLUG = "2026-03-02"


@pytest.fixture
def repository(home: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository with one issue, named in bot.yml instead of a folder."""
    monkeypatch.delenv("JIANBAO_ISSUES", raising=False)
    repository = Repository(home / "digest")
    repository.commit({f"issues/{SLUG}.md": ISSUE})
    monkeypatch.setenv("JIANBAO_SOURCE__GIT", str(repository.path))
    monkeypatch.setenv("JIANBAO_SOURCE__FOLDER", "issues")
    monkeypatch.setenv("JIANBAO_SOURCE__MIRROR", str(home / "mirror"))
    return repository


@pytest.mark.usefixtures("database")
def test_an_issue_of_a_repository_is_foreseen_published_and_told(
    jianbao: Run, repository: Repository
) -> None:
    assert SLUG in jianbao("plan", SLUG).out
    assert "is planned for 0 subscribers" in jianbao("publish", SLUG, "--yes").out
    told = jianbao("status", "--format", "json").json
    commit = repository.git("rev-parse", "HEAD")
    assert [(one["slug"], one["commit"]) for one in told["issues"]] == [(SLUG, commit)]
    assert told["behind"] is None
    assert commit[:8] in jianbao("status").out


@pytest.mark.usefixtures("database")
def test_a_repository_that_is_away_is_told_and_what_is_known_is_published(
    jianbao: Run, repository: Repository, home: Path
) -> None:
    jianbao("publish", SLUG, "--yes")
    repository.path.rename(home / "away")
    behind = jianbao("status", "--format", "json").json["behind"]
    assert behind.startswith(f"JIANBAO_SOURCE__GIT: {repository.path}: ")
    assert f"BEHIND: {behind}" in jianbao("status").out
    assert jianbao("publish", SLUG, "--yes", "--edit").code == 0
    assert "may not be the newest" in jianbao("doctor").out


def test_what_cannot_be_had_at_all_is_one_line(jianbao: Run, repository: Repository, home: Path) -> None:
    repository.path.rename(home / "away")
    (line,) = (one for one in jianbao("doctor").out.splitlines() if one.split()[1:2] == ["issues"])
    assert "JIANBAO_SOURCE__GIT" in line
    assert "docs/git.md" in line


def test_a_folder_beside_it_is_refused(jianbao: Run, repository: Repository, home: Path) -> None:
    write(home / "config/bot.yml", f"issues: {repository.path}\n")
    result = jianbao("--config", str(home / "config"), "status")
    assert result.code == 2
    assert "JIANBAO_SOURCE__GIT: source.git: the issues come from the folder" in result.err
