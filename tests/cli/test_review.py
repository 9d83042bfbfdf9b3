"""jianbao topics review: one key a question, each answer written down at once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli.review import InFile, Review
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.sidecar import with_said
from bot.editors.topics.questions import questions
from tests.cli.conftest import Run, write
from tests.digest.shipped import issue_of, read, topics

ISSUE = issue_of(
    "- [一篇讲处理器的文章 | 某站](https://example.com/1)\n摘要：首先。后来是量化，又是int8。\n",
    "- [别的 | 某站](https://example.com/2)\n摘要：先说别的。显卡也有。\n",
)
SIDECAR, ANSWERS = "2026-03-02.topics.yml", "topics.answers.jsonl"
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def review(folder: Path, keys: str) -> int:
    """Press these keys, then whatever ends it."""
    pressed: Iterator[str] = iter(keys)
    file = folder / SIDECAR
    text = file.read_text("utf-8") if file.exists() else ""
    classifier = Classifier(topics())
    issue = classifier.classify(with_said(read(ISSUE), text, file=SIDECAR))
    asked = questions(issue, classifier)
    session = Review(InFile(file, "2026-03-02", lambda: AT), topics(), key=lambda: next(pressed, "q"))
    return session.ask(asked)


def sidecar(folder: Path) -> list[str]:
    return (folder / SIDECAR).read_text("utf-8").splitlines()[1:]


def answers(folder: Path) -> list[Any]:
    return [json.loads(line) for line in (folder / ANSWERS).read_text("utf-8").splitlines()]


def test_yes_and_no_are_written_as_they_are_given_and_skipped_ones_are_not(tmp_path: Path) -> None:
    assert review(tmp_path, "ysn") == 2
    given = [(one["topic"], one["yes"]) for one in answers(tmp_path)]
    assert [yes for _, yes in given] == [True, False]
    text = "\n".join(sidecar(tmp_path))
    assert all(f"{'+' if yes else '-'}{topic}" in text for topic, yes in given)
    assert answers(tmp_path)[0]["at"] == "2026-03-02T12:00:00Z"
    assert "int8" in str(answers(tmp_path))


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    review(tmp_path, "y" * 12)
    assert review(tmp_path, "y") == 0


def test_the_last_answer_may_be_undone_and_given_anew(tmp_path: Path) -> None:
    assert review(tmp_path, "yun") == 1
    (line,) = sidecar(tmp_path)
    first = answers(tmp_path)[0]["topic"]
    assert line.endswith(f": -{first}")
    assert [(one["topic"], one.get("yes")) for one in answers(tmp_path)] == [
        (first, True),
        (first, None),
        (first, False),
    ]


def test_undoing_the_only_answer_leaves_no_file(tmp_path: Path) -> None:
    assert review(tmp_path, "uyu") == 0
    assert not (tmp_path / SIDECAR).exists()


def test_a_file_that_somebody_else_changed_meanwhile_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / SIDECAR

    def keys() -> Iterator[str]:
        yield "y"
        file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
        yield "u"

    pressed, classifier = keys(), Classifier(topics())
    asked = questions(read(ISSUE), classifier)
    session = Review(InFile(file, "2026-03-02", lambda: AT), topics(), key=lambda: next(pressed, "q"))
    session.ask(asked)
    assert "# mine" in file.read_text("utf-8")
    assert "was changed by somebody else; nothing is undone" in capsys.readouterr().err


def test_a_question_shows_the_title_and_the_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(tmp_path, "x" + "s" * 12)
    told = capsys.readouterr().err
    assert "一篇讲处理器的文章" in told
    assert "quantization 量化?  " in told
    assert "量化, int8" in told
    assert "y yes, n no, s skip, u undo, q quit" in told


def test_keys_may_be_piped_in(home: Path) -> None:
    write(home / "2026-03-02.md", ISSUE)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "topics", "review", "2026-03-02.md"],
        input="y\nn\nq\n",
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "jianbao: the answers are in 2026-03-02.topics.yml" in done.stderr
    assert len(answers(home)) == 2


def test_without_an_issue_it_says_what_is_missing(jianbao: Run) -> None:
    result = jianbao("topics", "review")
    assert (result.code, result.err.startswith("jianbao: ISSUE: give an issue file")) == (2, True)


GOLD = {
    "file": "2026-03-02.md",
    "sections": [
        {
            "slug": "news",
            "items": [
                {"title": "一篇讲处理器的文章", "topics": ["quantization"]},
                {"title": "别的", "topics": []},
            ],
        }
    ],
}


def test_readings_answer_for_the_editor_and_nothing_is_written(jianbao: Run, home: Path) -> None:
    write(home / "issues" / "2026-03-02.md", ISSUE)
    write(home / "gold" / "2026-03-02.json", json.dumps(GOLD, ensure_ascii=False))
    found = jianbao("topics", "review", "--answers", "gold", "--format", "json").json
    assert found["before"] < found["after"] == 1.0
    assert found["issues"][0]["file"] == "2026-03-02.md"
    out = jianbao("topics", "review", "issues/2026-03-02.md", "--answers", "gold", "--most", "1").out
    assert "1 answers, at most 1 an issue" in out
    assert sorted(path.name for path in (home / "issues").iterdir()) == ["2026-03-02.md"]
    write(home / "2026-03-09.md", ISSUE)
    result = jianbao("topics", "review", "2026-03-09.md", "--answers", "gold")
    assert (result.code, "none of the readings is of this issue" in result.err) == (2, True)
