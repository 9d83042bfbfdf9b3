"""jianbao topics fit: what readings teach, what it is worth, and where it goes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write
from tests.cli.test_topics import reading

#: Our topics and issues: readers want what stands in the first sentence too.
TOPICS = """\
# Ours.
topics:
  cpu:
    names: {zh: 处理器, en: CPU}
    terms: [cpu]  # all there is
  gpu:
    names: {zh: 显卡, en: GPU}
    terms: [gpu]
"""
ISSUE = """\
# 样刊 (2026-04-0{day})

## 业界新闻

- [新cpu](https://example.com/1)
摘要：很快。
- [一篇文章](https://example.com/2)
摘要：说gpu。
- [又一篇文章](https://example.com/3)
摘要：首先。后来cpu。
"""
GIVEN = """[{"section": "news", "title": "新cpu", "topics": ["cpu"]},
 {"section": "news", "title": "一篇文章", "topics": ["gpu"]},
 {"section": "news", "title": "又一篇文章", "topics": []}]"""
FIT = ("topics", "fit", "read", "--issues", "issues")


@pytest.fixture(autouse=True)
def mine(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with topics, and six issues that somebody read."""
    path = write(home / "mine" / "topics.yml", TOPICS)
    monkeypatch.setenv("JIANBAO_CONFIG", str(path.parent))
    for day in range(1, 7):
        write(home / "issues" / f"2026-04-0{day}.md", ISSUE.format(day=day))
        write(home / "read" / f"2026-04-0{day}.json", GIVEN)
    return path


def test_it_shows_what_it_learned_and_f1_on_issues_that_it_did_not_learn_from(jianbao: Run) -> None:
    result = jianbao(*FIT)
    assert (result.code, result.err) == (0, "")
    assert result.out.split()[:8] == ["topic", "named", "right", "bias", "weight", "beside", "others", "from"]
    assert "On each of 6 issues, learned from the others:" in result.out
    assert "F1 of all decisions 0.667 before, 1.000 after" in result.out
    assert "F1 of the mean topic 0.500 before, 1.000 after" in result.out


def test_as_json(jianbao: Run) -> None:
    told = jianbao(*FIT, "--format", "json").json
    assert (told["issues"], told["examples"]) == (6, 18)
    assert told["before"] == {"micro_f1": 0.667, "macro_f1": 0.5}
    assert told["after"] == {"micro_f1": 1.0, "macro_f1": 1.0}
    assert list(told["fitted"]) == ["cpu", "gpu"]


def test_nothing_is_written_unless_asked_for(jianbao: Run, mine: Path) -> None:
    assert jianbao(*FIT).code == 0
    assert mine.read_text("utf-8") == TOPICS


def test_written_weights_hold_from_then_on_and_are_explained(jianbao: Run, mine: Path) -> None:
    assert "gpu" not in jianbao("topics", "explain", "issues/2026-04-01.md").out.split("nearly")[0]
    result = jianbao(*FIT, "--write", str(mine))
    assert (result.code, result.err) == (0, f"jianbao: the weights are in {mine}\n")
    kept = [line for line in mine.read_text("utf-8").splitlines() if "fitted:" not in line]
    assert kept == TOPICS.splitlines()
    out = jianbao("topics", "explain", "issues/2026-04-01.md").out
    assert " %" in out
    assert "(1.5: gpu in the first sentence)" in out
    assert "fitted, with weights in units of 2:\n    cpu: " in out
    assert jianbao("topics", "explain", "issues", "--format", "json").json[0]["fitted"].keys() == {
        "cpu",
        "gpu",
    }
    assert jianbao("topics", "evaluate", "read", "--issues", "issues", "--min-f1", "1").code == 0


def test_learning_again_says_the_same_of_before(jianbao: Run, mine: Path) -> None:
    first = jianbao(*FIT, "--write", str(mine)).out
    assert jianbao(*FIT).out == first


def test_several_folders_of_readings_teach_together(jianbao: Run, home: Path) -> None:
    other = [
        {"title": "晶圆代工涨价", "topics": []},
    ]
    write(home / "more" / "2026-03-02.json", reading(flash=[], sections=[{"slug": "news", "items": other}]))
    assert "On each of 7 issues" in jianbao("topics", "fit", "read", "more", "--issues", "issues").out


def test_answers_of_editors_teach_too(jianbao: Run, home: Path) -> None:
    alone = jianbao(*FIT, "--format", "json").json["examples"]
    answer = {
        "at": "2026-05-01T08:00:00Z",
        "issue": "2026-05-01",
        "item": "别的",
        "topic": "gpu",
        "yes": True,
    }
    lines = [{**answer, "title": "gpu"}, {**answer, "item": "又", "title": "没有词", "text": "没有。"}]
    write(home / "told" / "topics.answers.jsonl", "\n".join(map(json.dumps, lines)))
    assert jianbao(*FIT, "--answers", "told", "--format", "json").json["examples"] == alone + 1
    result = jianbao(*FIT, "--answers", "issues")
    assert (result.code, result.err) == (2, "jianbao: issues: no topics.answers.jsonl in this folder\n")


def test_a_file_of_other_topics_is_not_written_into(jianbao: Run, home: Path) -> None:
    text = TOPICS.replace("  gpu:", "  tpu:")
    other = write(home / "other.yml", text)
    result = jianbao(*FIT, "--write", str(other))
    assert (result.code, result.err) == (2, f"jianbao: {other}: has other topics than those in use\n")
    assert other.read_text("utf-8") == text


def without_scikit_learn(*words: str) -> subprocess.CompletedProcess[str]:
    start = "import sys; sys.modules['sklearn'] = None\nfrom bot.__main__ import main\nmain()"
    return subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", start, *words], capture_output=True, text=True, check=False
    )


def test_without_scikit_learn_one_line_says_how_to_get_it() -> None:
    result = without_scikit_learn(*FIT)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("jianbao: fitting needs scikit-learn, which is not installed: ")
    assert result.stderr.endswith(f"{sys.executable} -m pip install scikit-learn\n")
    assert result.stderr.count("\n") == 1


def test_all_else_needs_none() -> None:
    result = without_scikit_learn("topics", "explain", "issues")
    assert (result.returncode, result.stderr) == (0, "")
