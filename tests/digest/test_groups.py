"""Which lines head groups of items, and what stands in a group."""

import pytest

from bot.model import Issue, plain
from tests.digest.shipped import issue_of, read


def _item(name: str) -> str:
    return f"- [{name} | 某站](https://e.example/{name})\n摘要：新的。\n"


def _groups(issue: Issue) -> list[tuple[tuple[str, ...], str | None]]:
    return [(item.groups, item.title) for item in issue.items]


def _told(issue: Issue, code: str) -> list[int]:
    return [warning.line for warning in issue.warnings if warning.code == code]


def test_a_group_without_items_is_told_and_no_text_of_another() -> None:
    issue = read(issue_of("### 量化", "", "### 稀疏", "", _item("甲"), "### 蒸馏", "", "### 剪枝"))
    assert _groups(issue) == [(("稀疏",), "甲")]
    assert _told(issue, "empty-section") == [5, 12, 14]


def test_text_below_the_heading_of_a_group_stands_in_that_group() -> None:
    issue = read(issue_of("### 稀疏", "", _item("甲"), "### 蒸馏", "", "本期暂缺。"))
    assert _groups(issue) == [(("稀疏",), "甲"), (("蒸馏",), None)]
    assert plain(issue.items[1].summary) == "本期暂缺。"


def test_where_a_heading_leads_is_no_item_without_a_title() -> None:
    issue = read(
        issue_of("### [稀疏](https://g.example)", "", _item("甲"), heading="[论文](https://p.example)")
    )
    assert _told(issue, "no-item-title") == _told(issue, "no-summary") == []
    assert [link.url for item in issue.items for link in item.links] == [
        "https://p.example",
        "https://g.example",
    ]


def test_bullets_that_only_name_lists_of_items_head_groups() -> None:
    lists = ("- 推理", "  - [甲](https://a.example)：快。", "- 标注", "  - [乙](https://b.example)：准。")
    assert _groups(read(issue_of(*lists))) == [(("推理",), "甲"), (("标注",), "乙")]


@pytest.mark.parametrize(
    "line",
    [
        "【其他】",
        "*推理*",
        "▶ 推理",
        "最后，送上一些轻松内容：",
        "And finally, for the weekend:",
    ],
)
def test_a_line_set_off_between_two_lists_heads_what_follows(line: str) -> None:
    issue = read(issue_of(_item("甲"), line, "", _item("乙")))
    assert _groups(issue) == [((), "甲"), ((line.strip("*：:【】"),), "乙")]


@pytest.mark.parametrize("glued", [True, False])
@pytest.mark.parametrize("lines", [("【前端】", "【后端】"), ("🎨 设计", "📷 摄影"), ("*前端*", "*后端*")])
def test_a_line_right_above_a_list_heads_it_as_the_first_of_the_section_too(
    lines: tuple[str, str],
    glued: bool,  # noqa: FBT001  # a case of the table
) -> None:
    first, second = (line if glued else f"{line}\n" for line in lines)
    issue = read(issue_of(first, _item("甲"), second, _item("乙")))
    assert _groups(issue) == [((lines[0].strip("*【】"),), "甲"), ((lines[1].strip("*【】"),), "乙")]
    assert not _told(issue, "no-item-title")


@pytest.mark.parametrize("line", ["它支持它。", "支持三种系统", "  【其他】", "代码：", "🔥 好！"])
def test_a_line_glued_to_the_list_below_it_stays_with_the_item_that_it_tells_of(line: str) -> None:
    assert _groups(read(issue_of(_item("甲"), line, _item("乙")))) == [((), "甲"), ((), "乙")]


def test_a_line_with_a_link_between_two_lists_is_no_text_of_the_item_above() -> None:
    issue = read(issue_of(_item("甲"), "**更多见 [主页](https://h.example)**", "", _item("乙")))
    assert [plain(item.summary) for item in issue.items] == ["新的。", "更多见 主页", "新的。"]


@pytest.mark.parametrize(
    "line",
    [
        "它支持三种系统。",
        "*它支持三种系统。*",
        "支持三种系统",
        "  【其他】",
        "代码：",
        "🔥 很快！还很小。",
        "**注**：很小",
    ],
)
def test_a_paragraph_that_tells_of_the_item_above_stays_with_it(line: str) -> None:
    assert _groups(read(issue_of(_item("甲"), line, "", _item("乙")))) == [((), "甲"), ((), "乙")]


def test_a_line_set_off_above_points_that_lead_nowhere_is_text() -> None:
    points = ("*看点*", "", "- 快", "- 小")
    assert all(not item.groups for item in read(issue_of(_item("甲"), *points)).items)


def test_bullets_that_only_name_numbered_lists_of_items_head_groups_too() -> None:
    lists = ("- 推理", "    1. [甲](https://a.example)：快。", "    2. [乙](https://b.example)：准。")
    assert _groups(read(issue_of(*lists))) == [(("推理",), "甲"), (("推理",), "乙")]
