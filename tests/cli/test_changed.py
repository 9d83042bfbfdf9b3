"""jianbao check --changed: only what differs from a commit, as a workflow and an editor need it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ISSUE, Run
from tests.sources.git.forge import Repository

WRONG = ISSUE.replace("(https://example.com/foundry)", "()")
FIRST, SECOND, THIRD = (f"issues/2026-03-0{day}.md" for day in (1, 2, 3))


@pytest.fixture
def repository(home: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Two issues with a mistake each, on the branch main; the command runs there."""
    repository = Repository(home / "digest")
    repository.commit({FIRST: WRONG, SECOND: WRONG, "README.md": "# Digest"})
    monkeypatch.chdir(repository.path)
    return repository


def checked(jianbao: Run, *words: str) -> set[str]:
    found = jianbao("check", "--changed", *words, "--format", "json")
    assert found.code in {0, 1}, found.err
    return {one["path"] for one in json.loads(found.out)}


@pytest.mark.usefixtures("repository")
def test_nothing_is_checked_where_nothing_differs(jianbao: Run) -> None:
    result = jianbao("check", "--changed")
    assert (result.code, result.err) == (0, "0 files: 0 errors, 0 warnings\n")


@pytest.mark.parametrize("staged", [True, False])
def test_what_is_not_committed_is_checked(jianbao: Run, repository: Repository, *, staged: bool) -> None:
    (repository.path / THIRD).write_text(WRONG.replace("2026-03-02", "2026-03-03"))
    (repository.path / SECOND).write_text(WRONG + "\n更正。\n")
    if staged:
        repository.git("add", "-A")
    assert checked(jianbao, "issues") == {SECOND, THIRD}


def test_what_a_branch_changed_is_checked_and_not_what_its_base_did_since(
    jianbao: Run, repository: Repository
) -> None:
    repository.git("checkout", "-q", "-b", "draft")
    repository.commit({THIRD: WRONG})
    repository.git("checkout", "-q", "main")
    repository.commit({FIRST: WRONG + "\n更正。\n"})
    repository.git("checkout", "-q", "draft")
    assert checked(jianbao, "main") == {THIRD}
    assert checked(jianbao, "main", "issues") == {THIRD}
    assert checked(jianbao) == set()


def test_a_file_differs_if_one_of_topics_beside_it_does(jianbao: Run, repository: Repository) -> None:
    beside = repository.path / "issues/2026-03-01.topics.yml"
    beside.write_text("别的: cpu\n")
    assert checked(jianbao) == {FIRST}
    repository.commit({SECOND: WRONG + "x"})
    assert checked(jianbao) == set()
    beside.write_text("别的: gpu\n")
    assert checked(jianbao, "issues") == {FIRST}
    beside.unlink()
    assert checked(jianbao) == {FIRST}


def test_so_does_a_file_of_many_issues(jianbao: Run, repository: Repository) -> None:
    many = "".join(f"## March {day}, 2026\n\n### News\n\n* [A]()\n* [B]()\n\n" for day in (2, 9))
    profile = (
        "extends: link-lists\nfiles: '{name}.md'\ndate: '{month_name} {day}, {year}'\n"
        "issues: {each: heading}\ntitle: '.'\n"
    )
    repository.commit({"many/all.md": many, "many/others.md": "# Others\n", "many.yml": profile})
    (issue, _) = jianbao("parse", "many/all.md", "--profile", "many.yml", "--format", "json").json
    (repository.path / "many" / f"{issue['slug']}.topics.yml").write_text("A: cpu\n")
    assert checked(jianbao, "many", "--profile", "many.yml") == {"many/all.md"}


def test_of_all_that_lies_there_only_issues_are_checked(jianbao: Run, repository: Repository) -> None:
    repository.commit({"README.md": "# Digest\n\n[empty]()", "docs/a.md": "[empty]()", SECOND: WRONG + "x"})
    assert checked(jianbao, "HEAD~1") == {SECOND}


def test_a_file_that_is_gone_or_renamed_is_no_fault(jianbao: Run, repository: Repository) -> None:
    repository.git("mv", FIRST, THIRD)
    repository.git("rm", "-q", SECOND)
    assert checked(jianbao) == {THIRD}


def test_it_works_in_a_folder_of_the_repository(
    jianbao: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository.path / SECOND).write_text(WRONG + "\n更正。\n")
    monkeypatch.chdir(repository.path / "issues")
    assert checked(jianbao) == {"2026-03-02.md"}


def test_github_gets_a_note_at_the_line(jianbao: Run, repository: Repository) -> None:
    (repository.path / SECOND).write_text(WRONG + "\n")
    result = jianbao("check", "--changed", "issues", "--format", "github")
    assert result.code == 1
    assert f"::error file={SECOND},line=11,col=3,title=empty-link::" in result.out


@pytest.mark.usefixtures("repository")
def test_a_commit_that_is_not_there_is_said(jianbao: Run) -> None:
    result = jianbao("check", "--changed", "origin/main", "issues")
    assert result.code == 2
    assert "--changed: there is no commit 'origin/main'; fetch it first (in a workflow: fetch" in result.err


@pytest.mark.parametrize("base", ["--output=x", "-x"])
def test_a_commit_is_never_an_option(jianbao: Run, repository: Repository, base: str) -> None:
    assert jianbao("check", "--changed", "--", base).code == 2
    assert sorted(path.name for path in repository.path.iterdir()) == [".git", "README.md", "issues"]


def test_outside_a_repository_it_says_so(jianbao: Run) -> None:
    result = jianbao("check", "--changed", "issues")
    assert result.code == 2
    assert result.err.startswith("jianbao: --changed: not a git repository")
