"""What is lost without a broken Markdown: dead addresses, lost titles, what is glued to a line."""

import pytest

from bot.editors.linter.glued import glued_headings, glued_items
from bot.editors.linter.links import dead_links
from bot.editors.linter.rule import RuleContext
from bot.editors.linter.seen_before import index_of
from tests.digest.shipped import profile
from tests.editors.linter.shipped import check, complete, draft, places
from tests.effort import cpu_at_most
from tests.nightly import by_day

ITEM = "- [四比特量化](https://example.com/four)\n摘要：四比特量化也不掉点。\n"
NEXT = "\n\n- [量化上车](https://example.com/car)\n摘要：量化上车。\n"


@pytest.mark.parametrize(
    ("code", "line", "pointed_at"),
    [
        ("dead-link", "见[官网](https://example.com/四比特的介绍，写得很好)。", "[官网]"),
        ("dead-link", "见[教程](https://example.com/guide。一步一步讲清楚了)。", "[教程]"),
        ("dead-link", "见[这里](<https://example.com/models 下载之后解压>)。", "[这里]"),
        ("dead-link", '见[这里](https://example.com/prune"剪枝的新方法)。', "[这里]"),
        ("unclosed-link", "见[演示](https://example.com/demo 里的视频)，很清楚。", "[演示]"),
        ("unclosed-link", "见[仓库](https://example.com/repo，里面有全部脚本。", "[仓库]"),
        ("unclosed-link", "见[一](https://example.com/1、[二](https://example.com/2)。", "[一]"),
    ],
)
def test_an_address_that_swallows_words_is_told_once_and_where(code: str, line: str, pointed_at: str) -> None:
    text = complete(f"{ITEM}{line}\n")
    (place,) = places(text, code)
    assert place.startswith(pointed_at)
    assert [one.code.name for one in check(text)] == [code]


@pytest.mark.parametrize(
    "line",
    [
        "见[百科](https://example.com/wiki/量化)与[路径](<https://example.com/c d>)。",
        "见[查询](https://example.com/?x=（1）)与[括号](https://example.com/a_(b) '题目')。",
        "参考 https://example.com/paper，作者来自某大学。",
    ],
)
def test_an_address_that_may_be_one_is_not_dead(line: str) -> None:
    assert places(complete(f"{ITEM}{line}\n"), "dead-link") == []


@pytest.mark.parametrize(
    "title",
    [
        "https://example.com/c",
        "<https://example.com/d>",
        "[https://example.com/e](https://example.com/e)",
        "| 某大学 https://example.com/g",
        "[ | 某大学](https://example.com/h)",
        "![封面](https://example.com/i.png)",
        "摘要：没有题目。",
    ],
)
def test_an_item_that_lost_its_title_is_told(title: str) -> None:
    text = complete(f"{ITEM}- {title}\n摘要：量化快了。\n")
    place = places(text, "no-item-title")[0]
    assert place.lstrip("<[| ").startswith(title.lstrip("<[| "))


def test_where_no_item_has_a_title_none_is_lost() -> None:
    items = "".join(f"- https://example.com/{n}\n摘要：量化快了。\n" for n in range(8))
    assert places(complete(items), "no-item-title") == []


@pytest.mark.parametrize(
    "line",
    [
        "- [四比特量化](https://example.com/four) ¦- [三比特量化](https://example.com/three)",
        "摘要：四比特量化也不掉点。¦- [三比特量化 | 某报](https://example.com/three)",
        "摘要：四比特量化也不掉点。　¦- [三比特量化](https://example.com/three)",
        "摘要：Cheap and good. ¦* [Three bits](https://example.com/three)",
        "摘要：四比特量化也不掉点。 ¦- [CVPR 2026] [三比特量化](https://example.com/three)",
        "代码：https://example.com/code ¦• **[三比特量化](https://example.com/three)**",
        "## 博文 ¦- [三比特量化](https://example.com/three)",
        "摘要：四比特量化也不掉点。¦-[三比特量化](https://example.com/three)",
        "摘要：四比特量化也不掉点 ¦- [三比特量化 | 某报](https://example.com/three)",
    ],
)
def test_an_item_in_the_middle_of_a_line_is_told(line: str) -> None:
    before, item = line.split("¦")
    text = complete(f"{ITEM}{before}{item}\n摘要：量化。\n")
    assert places(text, "glued-item") == [item]


@pytest.mark.parametrize(
    "line",
    [
        "摘要：作者 - [主页](https://example.com/home)与仓库。",
        "- [另一篇](https://example.com/b) - [评论](https://example.com/comments)",
        "- [Another one](https://example.com/b) - [Hacker News](https://example.com/comments)",
        "    - [子项](https://example.com/b)",
    ],
)
def test_a_further_link_is_no_item(line: str) -> None:
    assert places(complete(f"{ITEM}{line}\n"), "glued-item") == []


@pytest.mark.parametrize(
    "line",
    [
        "摘要：四比特量化也不掉点。 ¦## 博文",
        "摘要：四比特量化也不掉点。¦##博文",
        "摘要：四比特量化也不掉点。　¦### 博文 ###",
        "摘要：四比特量化也不掉点。¦＃＃ 博文",
        "摘要：四比特量化也不掉点。 ¦## 本周无人知晓的栏目",
        "- [四比特量化](https://example.com/four) ¦## 博文",
        "> 引一句话。 ¦## 博文",
    ],
)
def test_a_heading_behind_a_text_is_told(line: str) -> None:
    before, heading = line.split("¦")
    assert places(complete(f"{ITEM}{before}{heading}{NEXT}"), "glued-heading") == [heading]


@pytest.mark.parametrize(
    "line", ["摘要：用 `## 标题` 起头。", "摘要：见 issue ##12 与 C##。", "| a ## b | c |\n|--|--|"]
)
def test_hashes_in_a_text_are_no_heading(line: str) -> None:
    assert places(complete(f"{ITEM}{line}\n"), "glued-heading") == []


def test_a_heading_behind_what_nobody_sees_stands_behind_nothing() -> None:
    assert places(complete(f"{ITEM}\n\u200b## 博文\n{NEXT}"), "glued-heading") == []


@pytest.mark.parametrize(
    "piece",
    by_day(
        2,
        ["。 - [题目](https://example.com/a)", " ## a", '[a](https://example.com/"', " ", "#"],
        "two pieces are tried by day",
    ),
)
def test_a_line_of_thousands_of_pieces_costs_no_more_than_a_moment(piece: str) -> None:
    made = draft(complete(f"{ITEM}量化{piece * 5000}\n"))
    context = RuleContext(
        profile=profile(),
        seen=index_of([]),
        messages=lambda *_: 1,
        whole=lambda _: (),
        candidates=lambda _: (),
    )
    with cpu_at_most(1):
        for rule in (glued_items, glued_headings, dead_links):
            list(rule(made, context))
