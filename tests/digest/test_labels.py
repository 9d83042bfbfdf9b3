"""Lines with labels, several of them, and where they are broken."""

from bot.digest.habits import LevelRole
from tests.digest.shipped import issue_of, read
from tests.digest.test_damage import digest
from tests.digest.test_headings import read as read_any

ITEM = "- [题目 | 某站](https://example.com/a)"


def test_several_labels_on_a_line_leave_nothing_for_the_summary() -> None:
    line = "论文：https://example.com/p 代码：https://example.com/c | 视频：https://example.com/v"
    (item,) = read(issue_of(ITEM, line, "摘要：一句。")).items
    assert [link.label for link in item.links] == ["论文", "代码", "视频"]
    assert [text.text for text in item.summary] == ["一句。"]


def test_a_line_with_a_label_is_not_joined_to_the_title_above_it() -> None:
    reader, _ = digest("link-lists")
    text = "## Tools\n\n* [First](https://example.com/1)\n  Repo: https://example.com/r\n  Docs: [d](https://example.com/d)\n"
    (item,) = reader.read(text, slug="x").items
    assert (item.title, [link.url for link in item.links]) == (
        "First",
        ["https://example.com/r", "https://example.com/d"],
    )


def test_flash_news_that_lost_its_dash_between_blank_lines_is_one() -> None:
    text = "# 样刊 (2026-03-02)\n\n热身小新闻：\n\n- 甲公司：新品；\n\n乙公司：裁员；\n\n- 丙公司：开源。\n"
    assert [flash.subject for flash in read(text).flash] == ["甲公司", "乙公司", "丙公司"]


def test_a_number_before_the_title_of_a_heading_is_the_item_s() -> None:
    text = "## News\n\n### 1. Alpha\n\nText.\n\n### 2) [Beta](https://example.com/b)\n"
    issue = read_any(text, {3: LevelRole.ITEM}, "heading")
    assert [(item.number, item.title) for item in issue.items] == [("1", "Alpha"), ("2", "Beta")]


def test_an_address_that_stands_as_it_is_in_a_cell_is_the_item_s() -> None:
    text = "## T\n\n| Name | URL | What |\n|---|---|---|\n| fastmap | https://example.com/1 | a map |\n"
    (item,) = read_any(text, None, "row").items
    assert (item.title, item.url) == ("fastmap", "https://example.com/1")


def test_a_line_that_does_not_begin_with_its_link_is_an_item_among_lines_that_do() -> None:
    text = "## T\n\n[a](https://example.com/a)\nNEW! [b](https://example.com/b)\n[c](https://example.com/c)\n"
    assert len(read_any(text, None, "line").items) == 3


def test_a_picture_in_a_heading_and_a_definition_without_use_are_left_out_by_name() -> None:
    issue = read_any("## ![icon](https://example.com/i.png) News\n\n- a\n\n[x]: https://example.com/x\n")
    assert [(one.line, one.rule) for one in issue.left_out] == [
        (1, "picture in a heading"),
        (5, "unused definition"),
    ]


def test_a_known_label_needs_no_colon_before_its_address() -> None:
    (item,) = read(
        issue_of("- [题 | 源](https://example.com/a)", "代码 https://example.com/c", "摘要：好。")
    ).items
    assert [(link.label, link.url) for link in item.links] == [("代码", "https://example.com/c")]


def test_a_label_below_the_summary_names_the_address_below_it_in_angle_brackets_too() -> None:
    lines = ("- [题 | 源](https://example.com/a)", "摘要：好。", "论文地址：", "<https://example.com/p>")
    (item,) = read(issue_of(*lines)).items
    assert [(link.label, link.url) for link in item.links] == [("论文地址", "https://example.com/p")]
