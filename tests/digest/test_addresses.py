"""An address ends where its editor ended it, and what belongs to it finds it."""

import pytest

from bot.digest.parsing.labelled import bare_urls
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.row_reader import read_rows
from bot.model import Item
from tests.digest.shipped import issue_of, read

TITLE = "- [题目 | 某站](https://example.com/a)"


def item_of(*lines: str) -> Item:
    (item,) = read(issue_of(*lines)).items
    return item


@pytest.mark.parametrize("behind", ["已开源", "！", "。", "）", ".", "，详见", "」", "；", "…", "", " 开源"])
@pytest.mark.parametrize(
    "address", ["https://example.com/p/q", "https://example.com/a_(b)", "https://e.com/?q=1#x"]
)
def test_an_address_ends_before_chinese_and_a_final_stop(address: str, behind: str) -> None:
    item = item_of(TITLE, f"代码：{address}{behind}", "摘要：一。")
    assert [(link.label, link.url) for link in item.links] == [("代码", address)]


def test_a_line_of_one_address_may_end_in_a_stop() -> None:
    (row,) = read_rows("https://example.com/a。", Notes())
    assert bare_urls(row) == ("https://example.com/a",)


@pytest.mark.parametrize(
    "lines",
    [
        ("摘要：很快。", "某库 项目地址：", "https://example.com/lib"),
        ("摘要：很快。", "", "项目地址：", "https://example.com/lib"),
        ("摘要：很快。", "项目地址：https://example.com/lib。"),
        ("项目地址：", "https://example.com/lib", "摘要：很快。"),
    ],
)
def test_a_label_may_have_its_address_in_the_next_line(lines: tuple[str, ...]) -> None:
    (link,) = item_of(TITLE, *lines).links
    assert (link.label.endswith("项目地址"), link.url) == (True, "https://example.com/lib")


def test_the_text_of_a_link_is_a_title_whatever_word_it_begins_with() -> None:
    items = read(
        issue_of(
            TITLE,
            "摘要：一。",
            "- [视频回放：张三讲解 | 某台](https://example.com/2)",
            "摘要：二。",
            "- [论文：某方法](https://example.com/3)",
            "摘要：三。",
        )
    ).items
    assert [(item.title, len(item.links)) for item in items] == [
        ("题目", 0),
        ("视频回放：张三讲解", 0),
        ("论文：某方法", 0),
    ]


def test_a_name_above_its_address_is_what_the_link_is_called() -> None:
    item = item_of(
        TITLE, "论文：Halving Networks", "地址：https://example.com/p", "代码：https://e.com/c", "摘要：一。"
    )
    assert [(link.label, link.name, link.url) for link in item.links] == [
        ("论文地址", "Halving Networks", "https://example.com/p"),
        ("代码", "", "https://e.com/c"),
    ]
    assert [line.text for line in item.summary] == ["一。"]


@pytest.mark.parametrize("label", ["论文地址", "论文链接", "网址"])
def test_so_is_one_above_a_label_that_says_no_more_than_where(label: str) -> None:
    item = item_of(TITLE, "论文：Halving Networks", f"{label}：https://example.com/p", "摘要：一。")
    (link,) = item.links
    assert link.words == f"论文{label.removeprefix('论文')}：Halving Networks"


@pytest.mark.parametrize("words", ["即将开源", "无", "见官网", "未开源。", "暂无，年底之前全部放出来"])
@pytest.mark.parametrize("label", ["论文", "项目", "代码"])
def test_words_above_a_link_of_a_kind_of_its_own_are_no_name_of_it(words: str, label: str) -> None:
    item = item_of(TITLE, f"代码：{words}", f"{label}：https://example.com/p", "摘要：一。")
    assert [(link.words, link.url) for link in item.links] == [(label, "https://example.com/p")]
    assert [line.text for line in item.summary] == [f"代码：{words}", "一。"]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("github.com/x/y", "https://github.com/x/y"),
        ("www-x.example.org/a_(b)（官方）", "https://www-x.example.org/a_(b)"),
        ("https：//example.com/p", "https://example.com/p"),
    ],
)
def test_an_address_that_lost_its_scheme_is_one_behind_the_label_of_a_link(written: str, url: str) -> None:
    item = item_of(TITLE, f"代码：{written}", "项目：https://example.com/p", "摘要：一。")
    (code, project) = item.links
    assert (code.label.startswith("代码"), code.url, project.words) == (True, url, "项目")


@pytest.mark.parametrize("words", ["a/b 两处", "config.py/train.py", "见 github.com/x/y", "1.5/2"])
def test_words_with_a_stroke_are_no_address(words: str) -> None:
    assert item_of(TITLE, f"代码：{words}", "摘要：一。").links == ()


def test_words_before_an_address_in_the_brackets_of_a_link_are_none_of_it() -> None:
    text = issue_of("- [题目 | 某站](项目地址：https://example.com/a)", "摘要：一。")
    issue = read(text)
    assert [item.url for item in issue.items] == ["https://example.com/a"]
    assert ("项目地址：", "words in an address") in [(one.text, one.rule) for one in issue.left_out]
