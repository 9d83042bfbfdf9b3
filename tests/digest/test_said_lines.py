"""A line of an item that says its topics is the word of its editor: nothing else changes for readers."""

from pathlib import Path
from typing import Any

import pytest

from bot.digest.names import DigestNames
from bot.digest.reader import IssueReader
from bot.editors.export import as_values
from bot.editors.linter.untold import untold
from bot.messages import Renderer
from bot.model import Cut, Issue
from tests.corpus import REAL
from tests.digest.shipped import GOLDEN, issue_of, profile, read, topics

LINES = (
    "主题：量化 剪枝",
    "Topics: quantization, pruning",
    "- 主题：量化 剪枝",
    "**主题**：#量化 #剪枝",
    "【主题】量化/剪枝",
    "  topics: 量化、剪枝",
    "主題：「量化」、《剪枝》。",
    "Ｔopics：[quantization, pruning]",
)
BELOW = "摘要：四比特也不掉点。"
TITLE = "- [四比特 | 某大学](https://example.com/four)"
#: Whose items are rows of tables, or begin with several lines; the last is no issue.
OTHERWISE = ("html", "lost-headings", "README")


def slugs(issue: Issue) -> list[list[str]]:
    return [[match.slug for match in thing.topics] for thing in issue.things]


def told(issue: Issue) -> Any:
    """What readers get of it."""
    values = as_values(issue)
    for part in (values, *values["flash"], *(item for one in values["sections"] for item in one["items"])):
        for key in ("line", "topics", "left_out", "warnings", "told"):
            part.pop(key, None)
    return values


def codes(issue: Issue) -> list[str]:
    return [warning.code for warning in issue.warnings]


@pytest.mark.parametrize("line", [one for one in LINES if "【" not in one])
@pytest.mark.parametrize("above", [True, False])
def test_the_line_says_the_topics_of_its_item_and_no_reader_gets_it(line: str, *, above: bool) -> None:
    rows = (TITLE, line, BELOW) if above else (TITLE, BELOW, line)
    plain, issue = read(issue_of(TITLE, BELOW)), read(issue_of(*rows))
    assert slugs(issue) == [["quantization", "pruning"]]
    assert told(issue) == told(plain)
    assert [one.rule for one in issue.left_out if "剪枝" in one.text or "pruning" in one.text] == [
        "labels.topics"
    ]
    assert codes(issue) == codes(plain)


def test_the_line_of_a_flash_is_its_own() -> None:
    head = "# 简报 (2026-03-02)\n\n热身小新闻：\n\n- 某公司：发布了产品。\n{}- 别的公司：也发布了。\n"
    issue = read(head.format("主题：商业\n"))
    assert slugs(issue) == [["business"], []]
    assert told(issue) == told(read(head.format("")))


@pytest.mark.parametrize("line", ["主题：", "【主题】", "topics: …"])
def test_a_label_with_nothing_behind_it_says_nothing_and_no_reader_gets_it(line: str) -> None:
    plain, issue = read(issue_of(TITLE, BELOW)), read(issue_of(TITLE, line, BELOW))
    assert (told(issue), slugs(issue), codes(issue)) == (told(plain), slugs(plain), codes(plain))
    assert "topics-astray" not in codes(read(f"# 简报 (2026-03-02)\n\n{line}\n\n## 论文\n\n{TITLE}\n"))


def test_a_line_that_names_no_topic_is_text_for_readers() -> None:
    line = "主题：支持灵活的样式定制，以满足多样化的需求"
    issue = read(issue_of(TITLE, BELOW, line))
    assert line in as_values(issue)["sections"][0]["items"][0]["summary"]
    assert codes(issue) == []


def test_a_name_that_no_topic_has_is_a_warning_with_the_nearest() -> None:
    issue = read(issue_of(TITLE, "主题：量化 自动驾使", BELOW))
    (warning,) = issue.warnings
    assert (warning.line, warning.code) == (6, "unknown-topic")
    assert "自动驾使 (did you mean autonomous-driving?)" in warning.message
    assert slugs(issue) == [["quantization"]]


def test_so_it_is_where_nothing_else_stands_there_and_readers_get_the_line() -> None:
    issue = read(issue_of(TITLE, BELOW, "主题：区块链"))
    assert codes(issue) == ["unknown-topic"]
    assert "区块链" in str(told(issue))


def test_a_line_below_no_item_is_a_warning_and_no_reader_gets_it() -> None:
    issue = read("# 简报 (2026-03-02)\n\n## 论文\n\n- [一](https://example.com)\n\n## 博文\n\n主题：量化\n")
    assert "topics-astray" in codes(issue)
    assert slugs(issue) == [[]]
    assert "量化" not in str(told(issue))


@pytest.mark.parametrize(
    "path",
    [*GOLDEN, *REAL],
    ids=lambda path: path.name,
)
def test_below_any_item_of_any_issue_it_changes_nothing_but_its_topics(path: Path) -> None:
    if path.stem in OTHERWISE:
        return
    text = path.read_bytes().decode("utf-8", "replace")
    plain, lines = read(text), text.splitlines()
    places = sorted({thing.line for thing in plain.things}, reverse=True)
    for number in places:
        lines.insert(number, "主题：量化")
    issue = read("\n".join(lines))
    assert told(issue) == told(plain)
    assert all(one == ["quantization"] for one in slugs(issue))


def test_told_and_left_out_are_all_that_is_written() -> None:
    for line in LINES:
        text = issue_of(TITLE, line, BELOW, "- [二](https://example.com/b)\n摘要：第二条。")
        issue = read(text)
        messages = Renderer(DigestNames(profile(), topics())).issue(issue, Cut(language="zh"))
        assert list(untold(text, issue, messages)) == []


def test_a_profile_that_has_no_such_label_has_no_such_line() -> None:
    labels = profile().labels.model_copy(update={"topics": ()})
    reader = IssueReader(profile().model_copy(update={"labels": labels}), topics())
    issue = reader.read(issue_of(TITLE, BELOW, "主题：量化"), slug="2026-03-02")
    assert "主题：量化" in str(told(issue))
