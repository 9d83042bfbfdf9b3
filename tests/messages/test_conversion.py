"""Traditional characters: the bot's own words for who reads them, the digest's own text for who asks."""

import pytest

from bot.messages import Renderer
from bot.messages.markup import parse
from bot.messages.wording import Wording
from bot.model import Cut, Language, Line, LineKind, Mode, Span, Style, entries_of
from bot.model.spoken import language_of
from tests import builders as build
from tests.messages.names import FixedNames
from tests.messages.samples import ISSUE

RENDERER = Renderer(FixedNames())
AS_WRITTEN = Cut(language="zh-Hant")
CONVERTED = Cut(language="zh-Hant", converted=True)


def told(cut: Cut, issue: object = ISSUE) -> str:
    assert isinstance(issue, type(ISSUE))
    return "\n".join(parse(message.html).text for message in RENDERER.issue(issue, cut))


def test_the_bots_own_words_are_traditional_and_the_digests_as_written() -> None:
    text = told(AS_WRITTEN)
    assert "本期內容" in text
    assert "▎业界新闻" in text
    assert "权重压到" in text
    assert RENDERER.reply("failed", "zh-Hant").html != RENDERER.reply("failed", "zh").html


def test_who_asks_for_it_gets_the_digests_text_converted_too() -> None:
    text = told(CONVERTED)
    assert "▎業界新聞" in text
    assert "權重壓到" in text
    assert "#超分辨率 #量化" in text


@pytest.mark.parametrize("mode", Mode)
def test_addresses_and_code_stay_as_they_are(mode: Mode) -> None:
    code = Line(spans=(Span(text="打印(网络)"),), kind=LineKind.CODE)
    inline = Line(spans=(Span(text="设为网络", styles=frozenset({Style.CODE})), Span(text="的网络")))
    item = build.item(url="https://example.com/网络", title="网络", summary=(code, inline))
    *_, message = RENDERER.issue(
        build.issue(build.section("news", item)), Cut(language="zh-Hant", mode=mode, converted=True)
    )
    faces = [message, *message.unfolded]
    assert any('href="https://example.com/网络"' in face.html for face in faces)
    if mode is not Mode.HEADLINES:
        assert any("打印(网络)" in face.html and "设为网络" in face.html for face in faces)
        assert any("的網路" in face.html or "的網絡" in face.html for face in faces)


def test_an_item_by_itself_is_converted_as_its_issue_is() -> None:
    issue = build.issue(build.section("papers", build.item(title="权重")))
    entry, item = entries_of(issue)[0], issue.items[0]
    (message,) = RENDERER.entry(issue, entry, item, CONVERTED, ())
    assert "權重" in message.html
    (message,) = RENDERER.entry(issue, entry, item, AS_WRITTEN, ())
    assert "权重" in message.html


def test_what_is_cut_out_is_the_same_in_either_script() -> None:
    cut = Cut(keywords=("权重",))
    assert "低比特量化" in told(cut)
    converted = Cut(language="zh-Hant", keywords=("权重",), converted=True)
    assert "低位元量化" in told(converted) or "低比特量化" in told(converted)


def test_a_cut_that_is_converted_is_read_back() -> None:
    assert Cut.parse(CONVERTED.signature) == CONVERTED
    assert Cut.parse(AS_WRITTEN.signature) == AS_WRITTEN


def test_menus_and_labels_are_there_in_traditional_characters() -> None:
    wording = Wording()
    assert wording.label("subscribe", "zh-Hant") == "📮 訂閱"
    assert dict(wording.menu("zh-Hant"))["help"] == "使用說明"
    assert wording.meaning("退訂") == "stop"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", "zh"),
        ("zh-hans", "zh"),
        ("zh-CN", "zh"),
        ("zh-hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-hans-hk", "zh"),
        ("en", "en"),
        ("de", "en"),
    ],
)
def test_the_language_is_read_from_what_telegram_says(code: str, language: Language) -> None:
    assert language_of(code) == language
