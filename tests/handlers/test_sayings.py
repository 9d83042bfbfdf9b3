"""What people say instead of commands is in the tables of the texts, each saying once."""

import pytest

from bot.handlers import SAID
from bot.messages.templating import TEMPLATES
from bot.messages.wording import Wording
from bot.model import WRITTEN


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("最新", "latest"),
        ("Latest!", "latest"),
        ("上一期", "previous"),
        ("第一期", "oldest"),
        ("往期", "issues"),
        ("设置", "settings"),
        ("設置", "settings"),
        ("帮助", "help"),
        ("退订", "stop"),
        ("怎么取消订阅？", "stop"),
        (" UNSUBSCRIBE ", "stop"),
        ("How do I unsubscribe?", "stop"),
        ("help", "help"),
        ("量化", None),
        ("退订 量化", None),
        ("", None),
        ("？", None),
    ],
)
def test_a_saying_means_a_command_or_an_issue(text: str, meaning: str | None) -> None:
    assert Wording().meaning(text) == meaning


def sayings() -> list[tuple[str, str]]:
    lines = [
        line.split(":", 1)
        for language in WRITTEN
        for line in (TEMPLATES / language / "sayings.j2").read_text().splitlines()
        if not line.startswith("{#")
    ]
    return [(way.strip(), meaning) for meaning, ways in lines for way in ways.split("|")]


@pytest.mark.parametrize(("way", "meaning"), sayings())
def test_each_saying_means_one_thing_that_is_answered(way: str, meaning: str) -> None:
    assert Wording().meaning(way) == meaning
    assert meaning in SAID
