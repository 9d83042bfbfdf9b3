"""A labelled line with words around its address tells label, words and address once each."""

import pytest

from bot.messages.labelled_lines import told_in
from bot.model import plain
from tests.digest.shipped import issue_of, read

ITEM = "- [题目 | 某站](https://example.com/a)"


@pytest.mark.parametrize(
    "line",
    [
        "代码：（年底开源，关注 https://example.com/c）",
        "代码：即将开源，见 https://example.com/c",
        "代码：即将开源，见[仓库](https://example.com/c)。",
        "代码：https://example.com/d，权重见 https://example.com/c",
        "Code: soon at https://example.com/c, stay tuned.",
        "代码：https://example.com/c 要登录",
    ],
)
@pytest.mark.parametrize("below", [True, False], ids=["below", "above"])
def test_words_around_an_address_behind_a_label_are_told_with_it_once(line: str, *, below: bool) -> None:
    (item,) = read(issue_of(ITEM, *(("摘要：甲。", line) if below else (line, "摘要：甲。")))).items
    told = told_in(item.links, item.summary)
    links = [
        *(link.url for link in told.links),
        *(one.url for row in told.text for one in row.spans if one.url),
    ]
    words = [link.label for link in told.links] + plain(told.text).split("\n")
    assert links.count("https://example.com/c") + "".join(words).count("https://example.com/c") == 1
    assert "".join(words).count(line[:2]) == 1
    assert "甲。" in words


@pytest.mark.parametrize("more", ["2", ".pdf", "/d"])
def test_a_longer_address_of_its_line_is_not_the_link_s(more: str) -> None:
    (item,) = read(
        issue_of(ITEM, "代码：https://example.com/c", "摘要：甲。", f"代码：见 https://example.com/c{more}")
    ).items
    assert [link.url for link in told_in(item.links, item.summary).links] == ["https://example.com/c"]
