"""jianbao topics review and kept, where issues come from a repository: the bot keeps the answers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.kept_answers import ask_of_repository
from bot.settings import load
from tests.cli.conftest import Run
from tests.digest.shipped import issue_of
from tests.sources.git.forge import Repository

SLUG = "2026-03-02"
ISSUE = issue_of("- [一篇讲处理器的文章 | 某站](https://example.com/1)\n摘要：首先。后来是量化，又是int8。\n")


@pytest.fixture
def repository(database: Path, monkeypatch: pytest.MonkeyPatch, jianbao: Run) -> Repository:
    """A repository with one issue that the bot has taken in."""
    monkeypatch.delenv("JIANBAO_ISSUES", raising=False)
    home = database.parent.parent
    repository = Repository(home / "digest")
    repository.commit({f"issues/{SLUG}.md": ISSUE})
    monkeypatch.setenv("JIANBAO_SOURCE__GIT", str(repository.path))
    monkeypatch.setenv("JIANBAO_SOURCE__FOLDER", "issues")
    monkeypatch.setenv("JIANBAO_SOURCE__MIRROR", str(home / "mirror"))
    assert jianbao("publish", SLUG, "--yes").code == 0
    return repository


def answer(keys: str) -> None:
    pressed: Iterator[str] = iter(keys)
    ask_of_repository(SLUG, load(), 12, key=lambda: next(pressed, "q"))


def test_answers_are_kept_printed_as_the_file_to_commit_and_gone_once_it_is(
    jianbao: Run, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"no answer about {SLUG} is kept by the bot alone" in jianbao("topics", "kept", SLUG).err
    answer("y")
    assert f"jianbao topics kept {SLUG}" in capsys.readouterr().err
    told = jianbao("topics", "kept", SLUG)
    assert f"to commit as {SLUG}.topics.yml" in told.err
    assert "一篇讲处理器的文章: +" in told.out
    repository.commit({f"issues/{SLUG}.topics.yml": told.out})
    jianbao("publish", SLUG, "--yes", "--edit")
    assert jianbao("topics", "kept", SLUG).out == ""


def test_an_answer_is_asked_for_once_and_may_be_undone(
    repository: Repository, jianbao: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    answer("yu")
    assert jianbao("topics", "kept", SLUG).out == ""
    answer("y" * 12)
    capsys.readouterr()
    answer("")
    assert "0 questions" in capsys.readouterr().err
    assert not list(repository.path.rglob("*.yml"))


@pytest.mark.usefixtures("repository")
def test_all_answers_come_as_lines_to_learn_from(jianbao: Run) -> None:
    answer("n")
    (line,) = jianbao("topics", "kept", "--lines").out.splitlines()
    assert (json.loads(line)["issue"], json.loads(line)["yes"]) == (SLUG, False)


@pytest.mark.usefixtures("repository")
def test_an_issue_that_the_bot_has_not_is_told_with_the_nearest(jianbao: Run) -> None:
    for command in ("review", "kept"):
        assert (
            f"there is no issue 2026-03-03; the nearest are {SLUG}"
            in jianbao("topics", command, "2026-03-03").err
        )


def test_without_an_issue_it_says_what_to_give(jianbao: Run) -> None:
    for words in ((), (SLUG, "--lines")):
        result = jianbao("topics", "kept", *words)
        assert (result.code, "give an issue, or --lines" in result.err) == (2, True)
