"""What people typed never stands in a message as something to tap: TDLib, which finds such, is the judge."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.messages.markup import Kind
from bot.messages.typed import typed
from tests.telegram_judge import execute

HARMLESS = (
    "量化@somebody",
    *("量化", "AI 芯片", "RISC-V", "C++", "C#", "数据集/基准", "int4", "CVPR 2026", "what's new", "x/y"),
    "2026-03-02",
)
LIVE = (
    "https://evil.example",
    "http://1.2.3.4/x?y=z",
    "evil.example/path_(x)",
    "t.me/somebody",
    "tg://resolve?domain=somebody",
    "@somebody",
    "see @somebody now",
    "#tag",
    "$TSLA",
    "/stop",
    "/stop@jianbao_bot",
    "a@evil.example",
    "+86 138 0000 0000",
    "4242 4242 4242 4242",
    "ton://transfer/x",
    "«evil.example»",
    "（evil.example）",
    "evil.example、@somebody",
    *("、.com", "~.com", "—.cn", "#·a"),
)


def live_outside_code(text: str) -> list[str]:
    """What Telegram would find in the text besides code: it drops what overlaps one that is there."""
    shown = typed(text)
    assert shown.text == text
    parsed = execute("parseTextEntities", text=shown.html(), parse_mode={"@type": "textParseModeHTML"})
    assert parsed["@type"] == "formattedText", json.dumps(parsed)
    codes = [
        (one["offset"], one["offset"] + one["length"])
        for one in parsed["entities"]
        if one["type"]["@type"] == "textEntityTypeCode"
    ]
    found = execute("getTextEntities", text=parsed["text"])["entities"]
    outside = [
        one
        for one in found
        if not any(start < one["offset"] + one["length"] and one["offset"] < stop for start, stop in codes)
    ]
    return [one["type"]["@type"] for one in outside]


@pytest.mark.parametrize("text", LIVE)
def test_what_telegram_would_make_live_is_code(text: str) -> None:
    assert live_outside_code(text) == []
    assert any(entity.kind is Kind.CODE for entity in typed(text).entities)


@pytest.mark.parametrize("text", HARMLESS)
def test_plain_words_stay_plain(text: str) -> None:
    assert typed(text).entities == ()
    assert live_outside_code(text) == []


_WHOLE = ("https://", "tg://", "t.me/", ".com", ".example", "www.", "1234 5678 ")
PIECES = some.sampled_from(
    [
        *"ab量@#$/.:-_+?&= 、，。·（）()[]<>\"'“”「」0123456789",
        "https://",
        "tg://",
        "t.me/",
        ".com",
        ".example",
        "www.",
        "1234 5678 ",
    ]
)


@given(some.lists(PIECES, max_size=12).map("".join))
def test_nothing_that_can_be_typed_becomes_live(text: str) -> None:
    assert live_outside_code(" ".join(text.split())) == []
