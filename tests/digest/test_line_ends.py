"""Where two lines are one: a blank in scripts that have blanks, and nothing in Chinese and at its marks."""

import pytest

from bot.digest.parsing.parser import parse
from bot.model import plain
from tests.digest.shipped import issue_of, profile, read

WRAPPED = [
    ("讲模型剪", "枝", "讲模型剪枝"),
    ("以及KV", "cache", "以及KV cache"),
    ("用GPU", "训练", "用GPU 训练"),
    ("这件事——", "真的", "这件事——真的"),
    ("这件事", "——真的", "这件事——真的"),
    ("芯片", "……还有", "芯片……还有"),
    ("GPU", "——显卡", "GPU——显卡"),
    ("他说", "“可以”", "他说“可以”"),
    ("他说“可以”", "然后", "他说“可以”然后"),
    ("范围一～", "GPU", "范围一～GPU"),
    ("well —", "that is", "well — that is"),
    ("she said", "“yes”", "she said “yes”"),
    ("カタ", "カナ", "カタカナ"),
    ("한국", "어", "한국 어"),
]


@pytest.mark.parametrize(("first", "second", "whole"), WRAPPED)
def test_a_paragraph_that_was_wrapped_is_joined_as_its_script_is(first: str, second: str, whole: str) -> None:
    wrapped = profile().model_copy(update={"wrapped": True})
    text = issue_of("- [题目](https://example.com/a)", f"摘要：{first}", second)
    (item,) = parse(text, slug="x", profile=wrapped).items
    assert plain(item.summary) == whole


@pytest.mark.parametrize(("first", "second", "whole"), WRAPPED)
def test_a_title_that_was_wrapped_is_joined_as_its_script_is(first: str, second: str, whole: str) -> None:
    (item,) = read(issue_of(f"- [题：{first}\n  {second}](https://example.com/a)", "摘要：一。")).items
    assert item.title == f"题：{whole}"
