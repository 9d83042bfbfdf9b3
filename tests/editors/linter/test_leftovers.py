"""What a template left behind is told, in any brackets; a sentence that speaks of it is not."""

import pytest

from tests.editors.linter.shipped import complete, places

ITEM = "- [四比特量化](https://example.com/four)\n"
BELOW = "- [三比特量化](https://example.com/three)\n摘要：三比特量化掉一点。\n"


HOLDING = (
    "（待补充）",
    "【待补】",
    "待写。",
    "(TODO)",
    "暂无摘要",
    "[待完善]",
    "（ 待更新 ）。",
    "［待定］",
    "<待写>",
    "（此处填写摘要）",
    "（请在此填写）",
    "【填写摘要】",
    "请补充摘要。",
)
SPEAKING = (
    "精度待定，代码暂无。",
    "量化的摘要（待补充）也不掉点。",
    "待写的内核有三个。",
    "（四比特）",
    "请填写问卷。",
    "此处写内核。",
)


@pytest.mark.parametrize("value", HOLDING)
def test_what_holds_a_place_is_told_in_any_brackets(value: str) -> None:
    found = places(complete(f"{ITEM}摘要：{value}\n"), "leftover")
    assert [place.strip("（ ）。") for place in found] == [value.strip("（ ）。")]


@pytest.mark.parametrize("value", SPEAKING)
def test_a_sentence_that_speaks_of_it_is_none(value: str) -> None:
    assert places(complete(f"{ITEM}摘要：{value}\n"), "leftover") == []


def test_so_is_a_line_below_another_of_the_item_s() -> None:
    assert places(complete(f"{ITEM}作者：某人\n摘要：（待补充）\n"), "leftover") == ["（待补充）"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("摘要：\n代码：https://example.com/code\n", ["摘要："]),
        ("摘要：\n代码：即将开源\n", ["摘要："]),
        ("作者：\n摘要：四比特量化不掉点。\n", ["作者："]),
        ("作者：某人\n来源：\n摘要：四比特量化不掉点。\n", ["来源："]),
        ("摘要：四比特量化不掉点。\n作者：\n", ["作者："]),
        ("**作者：**\n摘要：四比特量化不掉点。\n", ["作者：**"]),
        ("  - 作者：\n  - 摘要：四比特量化不掉点。\n", ["作者："]),
    ],
)
@pytest.mark.parametrize("below", ["", BELOW, f"\n{BELOW}"])
def test_a_label_with_nothing_behind_it_is_told_whatever_follows(
    lines: str, told: list[str], below: str
) -> None:
    assert places(complete(f"{ITEM}{lines}{below}"), "leftover") == told


@pytest.mark.parametrize(
    "lines",
    [
        "摘要：\n四比特量化不掉点。\n",
        "摘要：四比特量化不掉点，有三处：\n- 内核。\n- 访存。\n",
        "作者：\n某人\n摘要：四比特量化不掉点。\n",
        "摘要：四比特量化不掉点。要点：\n\n1. 内核。\n2. 访存。\n",
        "摘要：用法：\n\n```\nrun\n```\n",
    ],
)
def test_one_with_something_below_it_is_not(lines: str) -> None:
    assert places(complete(f"{ITEM}{lines}"), "leftover") == []


def test_the_heading_of_a_group_is_no_label_without_a_value() -> None:
    assert places(complete(f"{ITEM}摘要：四比特量化不掉点。\n\n推理：\n\n{BELOW}"), "leftover") == []
