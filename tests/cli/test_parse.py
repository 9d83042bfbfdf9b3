"""jianbao parse: the JSON is as documented, every failure is one line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ISSUE, Run, write


def test_json_is_an_array_of_issues_as_documented(jianbao: Run) -> None:
    result = jianbao("parse", "issues/2026-03-02.md", "--format", "json")
    assert (result.code, result.err) == (0, "")
    (issue,) = result.json
    papers = issue["sections"][1]
    assert issue == {
        "slug": "2026-03-02",
        "title": "样刊 (2026-03-02)：新芯片/低比特",
        "date": "2026-03-02",
        "highlights": ["新芯片", "低比特"],
        "tagline": "一句话介绍",
        "lead": "本期两条。",
        "picture": None,
        "flash": [
            {
                "subject": "某公司",
                "text": "发布了手机芯片。",
                "topics": [
                    {
                        "slug": "mobile-soc",
                        "matched": "手机芯片",
                        "by": "words",
                        "probability": pytest.approx(0.95, abs=0.05),
                        "score": 3.0,
                        "reasons": [{"term": "手机芯片", "place": "opening", "count": 1}],
                    }
                ],
            }
        ],
        "sections": [issue["sections"][0], papers],
        "told": 0.9375,
        "left_out": [
            {"line": 5, "text": "导读：", "rule": "label"},
            {"line": 12, "text": "摘要", "rule": "label"},
            {"line": 18, "text": "摘要", "rule": "label"},
        ],
        "warnings": [],
    }
    assert papers == {
        "slug": "papers",
        "heading": "论文",
        "above": [],
        "items": [
            {
                "id": papers["items"][0]["id"],
                "title": "四比特量化的新方法",
                "url": "https://example.com/quantization",
                "source": "某大学",
                "tags": ["ICLR 2026"],
                "links": [{"label": "代码", "url": "https://example.com/code"}],
                "summary": "第一行说量化。\n第二行说细节。",
                "picture": None,
                "topics": [
                    {
                        "slug": "quantization",
                        "matched": "量化",
                        "by": "words",
                        "probability": pytest.approx(0.95, abs=0.05),
                        "score": 4.5,
                        "reasons": [
                            {"term": "比特", "place": "title", "count": 1},
                            {"term": "量化", "place": "title", "count": 1},
                            {"term": "量化", "place": "opening", "count": 1},
                        ],
                    }
                ],
                "line": 16,
                "number": None,
                "groups": [],
            }
        ],
    }


def test_several_files_and_folders_come_in_the_order_named(jianbao: Run, home: Path) -> None:
    write(home / "more" / "2026-02-16.md", "# 乙 (2026-02-16)")
    write(home / "more" / "2026-02-02.md", "# 甲 (2026-02-02)")
    write(home / "more" / "notes.txt", "no issue")
    result = jianbao("parse", "issues/2026-03-02.md", "more", "--format", "json")
    assert [issue["slug"] for issue in result.json] == ["2026-03-02", "2026-02-02", "2026-02-16"]


def test_a_warning_names_file_line_and_code_beside_the_result(jianbao: Run, home: Path) -> None:
    write(home / "slip.md", ISSUE + "- []()\n摘要：没有题目。\n")
    result = jianbao("parse", "slip.md")
    assert result.code == 0
    assert result.err.startswith("slip.md:20: empty-link ")
    assert "四比特量化的新方法 | 某大学" in result.out
    assert "quantization (量化)" in result.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gone.md"], "jianbao: gone.md: no such file or folder\n"),
        (["empty"], "jianbao: empty: no Markdown files in this folder\n"),
        (["picture.md"], "jianbao: picture.md: is not a text file\n"),
        (["large.md"], "jianbao: large.md: is larger than 5 MB\n"),
        (["issues/2026-03-02.md", "gone.md"], "jianbao: gone.md: no such file or folder\n"),
    ],
)
def test_what_a_person_must_correct_is_one_line_and_code_2(
    jianbao: Run, home: Path, arguments: list[str], told: str
) -> None:
    (home / "empty").mkdir()
    (home / "large.md").write_bytes(b"x" * 5_000_001)
    (home / "picture.md").write_bytes(b"\x89PNG\x00\xff\xfe\x80\x00")
    result = jianbao("parse", *arguments, "--format", "json")
    assert (result.code, result.out, result.err) == (2, "", told)


@pytest.mark.parametrize(
    "arguments", [["parse"], ["parse", "issues", "--format", "xml"], ["prase"], ["--colour"]]
)
def test_a_wrong_use_is_code_2_and_says_what_is_right(jianbao: Run, arguments: list[str]) -> None:
    result = jianbao(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "Usage: jianbao" in result.err


def test_a_wrong_configuration_is_one_line_and_code_2(
    jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "mine" / "topics.yml", "topics: {x: {names: {en: X}, terms: [x]}}")
    monkeypatch.setenv("JIANBAO_CONFIG", "mine")
    result = jianbao("parse", "issues")
    assert (result.code, result.err) == (2, "jianbao: mine/topics.yml: topics.x: has no name in zh\n")


def test_an_operators_own_topics_count(jianbao: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home / "mine" / "topics.yml", "topics: {price: {names: {zh: 涨价, en: Price}, terms: [涨价]}}")
    monkeypatch.setenv("JIANBAO_CONFIG", "mine")
    (issue,) = jianbao("parse", "issues", "--format", "json").json
    found = [item["topics"] for section in issue["sections"] for item in section["items"]]
    assert [[(topic["slug"], topic["matched"]) for topic in topics] for topics in found] == [
        [("price", "涨价")],
        [],
    ]


def test_help_names_every_command(jianbao: Run) -> None:
    result = jianbao("--help")
    assert result.code == 0
    for command in (
        "run",
        "demo",
        "parse",
        "topics",
        "preview",
        "publish",
        "status",
        "health",
        "sandbox",
        "subscribers",
    ):
        assert command in result.out


def test_json_is_text_as_it_is_written(jianbao: Run) -> None:
    out = jianbao("parse", "issues", "--format", "json").out
    assert "四比特" in out
    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=2) + "\n"
