"""Items begin where their editor began them, whatever became of dashes, numbers and blanks."""

import pytest

from bot.digest.habits import ItemHabit, ItemStart
from bot.digest.parsing.parser import parse
from bot.model import LineKind
from tests.digest.shipped import issue_of, profile, read


def test_bullets_of_a_name_and_an_address_are_items_where_the_others_are() -> None:
    names = ("推理引擎", "标注工具", "Model Zoo")
    items = read(
        issue_of(*(f"- {name}：https://example.com/{len(name)}" for name in names), heading="工具")
    ).items
    assert [item.title for item in items] == list(names)
    assert [
        item.url
        for item in read(issue_of("- 甲: https://example.com/a。", "- 乙: https://example.com/b")).items
    ] == [
        "https://example.com/a",
        "https://example.com/b",
    ]


def test_a_bullet_of_a_label_and_an_address_is_a_link_of_the_item_above() -> None:
    (item, other) = read(
        issue_of(
            "- [题 | 某站](https://example.com/a)",
            "- 论文：https://example.com/p",
            "- 演示视频：https://example.com/v",
            "- 摘要：一。",
            "- [另一题 | 某站](https://example.com/b)",
            "摘要：二。",
        )
    ).items
    assert [link.label for link in item.links] == ["论文", "演示视频"]
    assert other.title == "另一题"


@pytest.mark.parametrize("numbers", [(1, 2, 4), (1, 3, 4), (1, 1, 2), (2, 5, 6)])
@pytest.mark.parametrize("mark", [".", ")", "、", "）", "．"])
def test_a_gap_in_the_numbers_of_items_ends_nothing(numbers: tuple[int, ...], mark: str) -> None:
    numbered = profile().model_copy(update={"items": ItemHabit(begin=(ItemStart.NUMBER,))})
    lines = (
        f"{number}{mark} [题{place} | 某站](https://example.com/{place})\n摘要：一。\n"
        for place, number in enumerate(numbers)
    )
    items = parse(issue_of(*lines), slug="x", profile=numbered).items
    assert [item.title for item in items] == ["题0", "题1", "题2"]


@pytest.mark.parametrize("blanks", [" ", "  ", "   ", "    "])
@pytest.mark.parametrize("entry", ["1. 训练", "2) 训练"])
def test_a_list_indented_by_few_blanks_stays_inside(entry: str, blanks: str) -> None:
    items = read(
        issue_of(
            "- [混合精度 | 某大学](https://example.com/l1)\n摘要：要点：\n",
            entry,
            f"{blanks}- 学习率",
            f"{blanks}- 批大小",
            "",
            "- [另一篇 | 某大学](https://example.com/l2)\n摘要：另一句。",
        )
    ).items
    assert [item.title for item in items] == ["混合精度", "另一篇"]
    listed = [line for line in items[0].summary if line.kind in (LineKind.BULLET, LineKind.NUMBER)]
    assert [line.depth - listed[0].depth for line in listed] == [0, 1, 1]
