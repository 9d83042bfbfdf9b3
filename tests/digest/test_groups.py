"""Which lines head groups of items, and what stands in a group."""

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
