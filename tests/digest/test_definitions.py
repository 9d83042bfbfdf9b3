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
