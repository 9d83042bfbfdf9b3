"""jianbao topics: agreement with readers, reasons, and what the topics lack."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, write


def reading(**fields: Any) -> str:
    """The reading of the issue in the folder ``issues`` that agrees with the shipped topics."""
    found: dict[str, Any] = {
        "file": "2026-03-02.md",
        "flash": [{"subject": "某公司", "text_start": "发布了手机芯片", "topics": ["mobile-soc"]}],
        "sections": [
            {"slug": "news", "items": [{"title": "晶圆代工涨价", "topics": ["foundry"]}]},
            {"slug": "papers", "items": [{"title": "四比特量化的新方法", "topics": ["quantization"]}]},
        ],
    }
    return json.dumps(found | fields, ensure_ascii=False)


@pytest.fixture
def gold(home: Path) -> Path:
    return write(home / "gold" / "2026-03-02.json", reading())


@pytest.mark.usefixtures("gold")
def test_topics_that_agree_have_f1_1(jianbao: Run) -> None:
    result = jianbao("topics", "evaluate", "gold", "--issues", "issues", "--min-f1", "1")
    assert (result.code, result.err) == (0, "")
    assert result.out.split()[-8:] == ["topics", "3", "3", "0", "0", "1.000", "1.000", "1.000"]


def test_disagreements_tell_who_and_why_and_a_low_f1_is_code_1(jianbao: Run, gold: Path) -> None:
    papers = [{"title": "四比特量化的新方法", "topics": ["pruning"]}]
    write(gold, reading(sections=[{"slug": "papers", "items": papers}]))
    result = jianbao("topics", "evaluate", "gold", "--issues", "issues", "--min-f1", "0.85")
    assert result.code == 1
    assert result.err == "jianbao: F1 is 0.400, below 0.850\n"
    assert "2026-03-02.md:16: 四比特量化的新方法" in result.out
    assert "- pruning: no word of it was found" in result.out
    words = "4.5: 比特 in the title, 量化 in the title, 量化 in the first sentence"
    assert re.search(rf"\+ quantization \d\d % \({words}\)", result.out)


def test_an_item_that_the_bot_did_not_find_is_told(jianbao: Run, gold: Path) -> None:
    write(gold, reading(sections=[{"slug": "blog", "items": [{"title": "没有", "topics": ["cpu"]}]}]))
    out = jianbao("topics", "evaluate", "gold", "--issues", "issues").out
    assert "2026-03-02.md: 没有\n    - cpu: the item was not found in the issue" in out


def test_evaluation_as_json(jianbao: Run, gold: Path) -> None:
    write(gold, reading(flash=[]))
    result = jianbao("topics", "evaluate", "gold", "--issues", "issues", "--format", "json")
    assert result.json["total"] == {
        "support": 2,
        "right": 2,
        "surplus": 1,
        "missed": 0,
        "precision": 0.667,
        "recall": 1.0,
        "f1": 0.8,
    }
    assert [count["topic"] for count in result.json["topics"]] == ["foundry", "quantization", "mobile-soc"]
    (difference,) = result.json["disagreements"]
    assert (difference["kind"], difference["topic"], difference["line"]) == ("surplus", "mobile-soc", 7)
    assert difference["match"]["matched"] == "手机芯片"


@pytest.mark.usefixtures("gold")
@pytest.mark.parametrize("folder", ["letters", "archive/mine", "gold", "."])
def test_issues_are_looked_for_around_the_readings(jianbao: Run, home: Path, folder: str) -> None:
    (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "issues" / "2026-03-02.md").rename(home / folder / "2026-03-02.md")
    assert jianbao("topics", "evaluate", "gold", "--min-f1", "1").code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (reading(file="gone.md"), "gold/2026-03-02.json: file: no issue gone.md in issues"),
        ("{", "gold/2026-03-02.json: Invalid JSON"),
        (reading(sections=1), "gold/2026-03-02.json: sections: Input should be a valid"),
        ('{"sections": []}', "gold/2026-03-02.json: file: Field required"),
    ],
)
def test_a_reading_that_will_not_do_is_one_line_and_code_2(
    jianbao: Run, gold: Path, text: str, told: str
) -> None:
    write(gold, text)
    result = jianbao("topics", "evaluate", "gold", "--issues", "issues")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"jianbao: {told}")


@pytest.mark.parametrize(
    ("folder", "told"),
    [("gone", "no such folder"), ("issues", "no readings in this folder (*.json)")],
)
def test_a_folder_that_will_not_do_is_one_line_and_code_2(jianbao: Run, folder: str, told: str) -> None:
    result = jianbao("topics", "evaluate", folder)
    assert (result.code, result.err) == (2, f"jianbao: {folder}: {told}\n")


def test_explain_shows_each_item_with_its_topics_and_what_it_nearly_has(jianbao: Run, home: Path) -> None:
    write(
        home / "one.md",
        "# 样刊\n\n## 业界新闻\n\n- [一条](https://example.com)\n摘要：首先。后来是量化，又是int8。\n",
    )
    out = jianbao("topics", "explain", "issues", "one.md").out
    assert re.search(
        r"foundry \d\d % \(4.5: 晶圆 in the title, 代工 in the title, 代工 in the first sentence\)", out
    )
    assert re.search(r"    no topic\n    nearly quantization \d\d % \(1: 量化, int8\)", out)


def test_explain_says_what_the_editor_says(jianbao: Run, home: Path) -> None:
    item = "- [量化 | 站](https://example.com)\n主题：-量化 剪枝\n摘要：量化。\n"
    write(home / "one.md", f"# 样刊\n\n## 业界新闻\n\n{item}")
    out = jianbao("topics", "explain", "one.md").out
    assert "    pruning, by the editor\n    not quantization, by the editor\n" in f"{out}\n"
    assert "nearly" not in out
    (issue,) = jianbao("topics", "explain", "one.md", "--format", "json").json
    assert [topic["by"] for topic in issue["items"][0]["topics"]] == ["editor"]
    assert issue["items"][0]["taken_away"] == ["quantization"]
    assert "pruning (by the editor)" in jianbao("parse", "one.md").out


def test_what_a_file_beside_the_issue_says_counts_in_every_command(jianbao: Run, home: Path) -> None:
    item = "- [一个条目 | 站](https://example.com)\n摘要：量化。\n"
    write(home / "2026-03-02.md", f"# 样刊 (2026-03-02)\n\n## 业界新闻\n\n{item}")
    write(home / "2026-03-02.topics.yml", "一个条目: pruning 量华\n别的: cpu\n")
    assert "pruning, by the editor" in jianbao("topics", "explain", "2026-03-02.md").out
    assert "pruning (by the editor)" in jianbao("parse", "2026-03-02.md").out
    out = jianbao("check", "2026-03-02.md").out
    astray, unknown = [line for line in out.splitlines() if "topic" in line]
    assert astray.startswith("2026-03-02.md:1:1: warning topics-astray ")
    assert "2026-03-02.topics.yml:2: no item is called “别的”" in astray
    assert unknown.startswith("2026-03-02.md:5:")
    assert "量华 (did you mean quantization?) in 2026-03-02.topics.yml:1" in unknown


def test_one_that_is_no_text_is_told_and_costs_nothing_else(jianbao: Run, home: Path) -> None:
    write(home / "2026-03-02.md", "# 样刊 (2026-03-02)\n\n## 业界新闻\n\n- [量化](https://example.com)\n")
    (home / "2026-03-02.topics.yml").write_bytes(b"\xff\xfe\x00\x81\x8d\x8f\x90" * 9)
    result = jianbao("topics", "explain", "2026-03-02.md")
    assert (result.code, "quantization" in result.out) == (0, True)
    assert result.err == "jianbao: 2026-03-02.topics.yml: is not a text file\n"


def test_explain_as_json(jianbao: Run) -> None:
    (issue,) = jianbao("topics", "explain", "issues", "--format", "json").json
    assert (issue["slug"], issue["threshold"]) == ("2026-03-02", 2)
    assert [[topic["slug"] for topic in flash["topics"]] for flash in issue["flash"]] == [["mobile-soc"]]
    assert issue["items"][1]["topics"][0]["reasons"][0] == {"term": "比特", "place": "title", "count": 1}


def test_suggest_lists_what_no_topic_knows(jianbao: Run, home: Path) -> None:
    items = "".join(f"- [条目{n}](https://example.com/{n})\n摘要：{n} 用 SLAM 做量化。\n" for n in range(3))
    rest = "".join(f"- [{n}](https://example.com/x{n})\n" for n in range(30))
    write(home / "many.md", f"# 样刊\n\n## 业界新闻\n\n{items}{rest}")
    result = jianbao("topics", "suggest", "many.md")
    assert (result.code, result.err) == (0, "")
    assert "SLAM" in result.out
    assert "量化" not in result.out.replace("条目", "")
    (first, *_) = jianbao("topics", "suggest", "many.md", "--limit", "1", "--format", "json").json
    assert (first["count"], first["items"], first["issues"]) == (3, 3, 1)


@pytest.mark.parametrize("command", [("parse",), ("topics", "explain"), ("check",)])
def test_of_a_folder_each_issue_is_read_once_and_what_the_bot_ignores_is_not(
    jianbao: Run, home: Path, command: tuple[str, ...]
) -> None:
    write(home / "issues" / "README.md", "# 说明\n")
    result = jianbao(*command, "issues", "issues/2026-03-02.md", "--format", "json")
    assert len({str(issue.get("slug")) for issue in result.json}) == len(result.json)
    assert "README" not in result.out


@pytest.mark.parametrize("command", ["explain", "suggest"])
def test_an_empty_folder_is_one_line_and_code_2(jianbao: Run, home: Path, command: str) -> None:
    (home / "empty").mkdir()
    result = jianbao("topics", command, "empty")
    assert (result.code, result.err) == (2, "jianbao: empty: no Markdown files in this folder\n")
