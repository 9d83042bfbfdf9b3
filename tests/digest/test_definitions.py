"""Links by reference: where each leads, and what is told of a definition or a reference that is broken."""

import pytest

from bot.model import Issue, plain
from tests.digest.shipped import issue_of, read
from tests.editors.linter.shipped import check, complete

ITEM = "- [甲文 | 知乎](https://example.com/a)\n摘要：甲，见[代码][1]。\n"
OTHER = "- [乙文 | 知乎](https://example.com/b)\n摘要：乙，见[代码][1]。\n"
FIRST, SECOND = "[1]: https://example.com/c1\n", "[1]: https://example.com/c2\n"


def links(issue: Issue) -> list[str]:
    spans = (span for item in issue.items for line in item.summary for span in line.spans)
    return [span.url.removeprefix("https://example.com/") for span in spans if span.url]


def told(issue: Issue) -> list[tuple[str, int]]:
    return [(note.code, note.line) for note in issue.warnings]


@pytest.mark.parametrize(
    "text",
    [
        f"{ITEM}\n{FIRST}\n{OTHER}\n{SECOND}",
        f"{FIRST}\n{ITEM}\n{SECOND}\n{OTHER}",
        f"{ITEM}{FIRST}{OTHER}{SECOND}",
    ],
    ids=["below", "above", "glued below"],
)
def test_each_item_s_own_definition_of_a_number_counts(text: str) -> None:
    issue = read(issue_of(text))
    assert links(issue) == ["c1", "c2"]
    assert "repeated-definition" not in {code for code, _ in told(issue)}


@pytest.mark.parametrize(
    ("text", "line", "leads"),
    [
        (f"{ITEM}{OTHER}\n{FIRST}{SECOND}", 11, ["c1", "c1"]),
        (f"{ITEM}\n{FIRST}\n{OTHER}\n{SECOND}\n{OTHER}", 13, ["c1", "c2", "c2"]),
    ],
)
def test_where_the_places_do_not_say_which_counts_an_editor_is_told(
    text: str, line: int, leads: list[str]
) -> None:
    issue = read(issue_of(text))
    assert (links(issue), told(issue)) == (leads, [("repeated-definition", line)])


def test_a_definition_that_says_the_same_again_is_no_slip() -> None:
    assert told(read(issue_of(f"{ITEM}{OTHER}\n{FIRST}{FIRST}"))) == []


@pytest.mark.parametrize("behind", [" “原文”", " 知乎原文", "（官方）", "，官方"])
def test_what_stands_behind_an_address_is_none_of_it(behind: str) -> None:
    issue = read(issue_of("- [甲文 | 知乎][d]\n摘要：甲。\n", f"[d]: https://example.com/d{behind}"))
    (item,) = issue.items
    assert (item.title, item.url, plain(item.summary)) == ("甲文", "https://example.com/d", "甲。")
    assert told(issue) == [("lost-definition", 8)]


@pytest.mark.parametrize("tooltip", ['"原文"', "'原文'", "(原文)", ""])
def test_a_definition_as_markdown_has_it_is_no_slip(tooltip: str) -> None:
    issue = read(issue_of("- [甲文 | 知乎][d]\n摘要：甲。\n", f"[d]: https://example.com/量化 {tooltip}"))
    assert (issue.items[0].url, told(issue)) == ("https://example.com/量化", [])


def test_a_title_whose_link_is_defined_nowhere_is_one_and_told() -> None:
    issue = read(issue_of("- [甲文 | 知乎][x] 好文", "摘要：甲。", "- [乙文][y]", "摘要：乙。"))
    first, second = issue.items
    assert (first.title, first.url, first.source, first.tags) == ("甲文", None, "知乎", ())
    assert (second.title, plain(first.summary)) == ("[乙文][y]", "好文\n甲。")
    assert told(issue) == [("undefined-link", 5), ("undefined-link", 7)]


def test_a_reference_and_a_definition_that_miss_each_other_are_told_each_with_the_other() -> None:
    text = complete("- [量化 | 知乎][cihp]\n摘要：量化。\n\n[chip]: https://example.com/a\n")
    hints = [(one.code.name, one.message.rpartition("; ")[2]) for one in check(text)]
    assert hints == [("undefined-link", "did you mean chip?"), ("unused-definition", "did you mean cihp?")]


def test_a_comment_that_is_written_as_a_definition_is_no_slip() -> None:
    assert told(read(issue_of(f"{ITEM}\n{FIRST}\n[//]: # (下期补图)\n"))) == []


def test_a_blank_between_the_brackets_of_a_reference_is_none_and_told() -> None:
    text = "- [甲文 | 知乎] [t]\n摘要：甲，见[代码] [1]。\n\n[t]: https://example.com/t\n"
    issue = read(issue_of(text + FIRST))
    (item,) = issue.items
    assert (item.title, item.url, item.source) == ("甲文", "https://example.com/t", "知乎")
    assert plain(item.summary) == "甲，见代码。"
    assert (links(issue), told(issue)) == (["c1"], [("parted-link", 5), ("parted-link", 6)])


@pytest.mark.parametrize("line", ["- [CVPR] [甲文]", "- [x] [甲文]", "- [CVPR] [甲文][甲文]"])
def test_a_tag_before_a_link_is_no_part_of_it(line: str) -> None:
    (item,) = read(issue_of(line, "摘要：甲。\n", "[甲文]: https://example.com/t")).items
    assert (item.title, item.url) == ("甲文", "https://example.com/t")


@pytest.mark.parametrize(
    ("lines", "title", "source"),
    [
        (("- [甲题] [2]", "摘要：甲。", "", "[2]: https://example.com/d"), "甲题", None),
        (
            ("* [Sparse attention] [sa]", "摘要：甲。", "", "[sa]: https://example.com/d"),
            "Sparse attention",
            None,
        ),
        (("- [甲题 | 甲大学] [1]", "摘要：甲。", "", "[1]：https://example.com/d"), "甲题", "甲大学"),
        (("- [甲题] [d]", "摘要：甲。", "[d]：https://example.com/d"), "甲题", None),
        (("- [2026] [PDF 版] [1]", "摘要：甲。", "", "[1]: https://example.com/d"), "PDF 版", None),
        (("- 🔥 [甲题] [1] (video)", "摘要：甲。", "", "[1]: https://example.com/d"), "甲题", None),
    ],
)
def test_a_blank_before_the_name_of_a_definition_costs_no_link(
    lines: tuple[str, ...], title: str, source: str | None
) -> None:
    issue = read(issue_of(*lines))
    (item,) = issue.items
    assert (item.title, item.source, item.url) == (title, source, "https://example.com/d")
    assert "parted-link" in {code for code, _ in told(issue)}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("- [论文] [稀疏注意力]", "稀疏注意力"),
        ("- [CVPR 2026] [稀疏注意力]", "稀疏注意力"),
        ("- [x] [稀疏注意力]", "稀疏注意力"),
    ],
)
def test_a_tag_before_a_title_that_is_defined_is_a_tag(line: str, title: str) -> None:
    issue = read(issue_of(line, "摘要：甲。", "", "[稀疏注意力]: https://example.com/d"))
    (item,) = issue.items
    assert (item.title, item.url, told(issue)) == (title, "https://example.com/d", [])


@pytest.mark.parametrize("head", ["", "参考：", "参考链接：\n", "## 参考\n"])
def test_a_list_of_numbered_addresses_defines_what_items_name(head: str) -> None:
    items = ("- 甲题 [1]", "摘要：甲。", "- [乙题 | 乙大学][2]", "摘要：乙，见 [3]。", "")
    addresses = [f"[{one}] https://example.com/{one}" for one in (1, 2, 3)]
    issue = read(issue_of(*items, *filter(None, (head,)), *addresses))
    assert [(item.title, item.source, item.url) for item in issue.items] == [
        ("甲题", None, "https://example.com/1"),
        ("乙题", "乙大学", "https://example.com/2"),
    ]
    assert links(issue) == ["3"]
    assert plain(issue.items[1].summary) == "乙，见 3。"
    assert [code for code, _ in told(issue)].count("lost-definition") == 3
    found = {one.code.name for one in check(issue_of(*items, *filter(None, (head,)), *addresses))}
    assert "untold" not in found


def test_numbers_in_brackets_that_nothing_lists_stay_as_they_are() -> None:
    issue = read(
        issue_of("- [甲题](https://example.com/a) [1]", "摘要：甲 [2]。", "[2] 一句 https://example.com/c")
    )
    assert plain(issue.items[0].summary) == "[1]\n甲 [2]。\n[2] 一句 https://example.com/c"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("- [Event loops] [loops]: how.", "Event loops"),
        ("- [事件循环入门] [loops]：how.", "事件循环入门"),
        ("- [loops] []：how.", "loops"),
        ("- [loops] []: how.", "loops"),
    ],
)
def test_a_colon_behind_the_name_of_a_definition_changes_nothing(line: str, title: str) -> None:
    issue = read(issue_of(line, "", "[loops]: https://example.com/l"))
    (item,) = issue.items
    assert (item.title, item.url, item.tags) == (title, "https://example.com/l", ())
    assert (plain(item.summary), told(issue)) == ("how.", [("parted-link", 5)])


def test_a_title_before_a_colon_whose_link_is_not_defined_stays_one_and_is_told() -> None:
    lines = ("- [Sparse][sparse]: fewer.", "- [Dense][dense]: better.", "", "[sparse]: https://example.com/s")
    issue = read(issue_of(*lines))
    assert [(item.title, item.url, item.tags) for item in issue.items] == [
        ("Sparse", "https://example.com/s", ()),
        ("Dense", None, ()),
    ]
    assert plain(issue.items[1].summary) == "better."
    assert told(issue) == [("undefined-link", 6)]


@pytest.mark.parametrize(
    "line",
    [
        "- [CVPR][2026]: 稀疏注意力",
        "- [论文][精选]：稀疏注意力",
        "- [PDF][EN]: [稀疏注意力](https://example.com)",
    ],
)
def test_two_tags_before_a_colon_are_tags(line: str) -> None:
    (item,) = read(issue_of(line)).items
    assert len(item.tags) == len(("one", "other"))
