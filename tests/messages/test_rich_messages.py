"""A rich message tells all that whole messages tell, and one that Telegram refuses cannot be made."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.digest.parsing.parser import parse as read
from bot.errors import InvalidMessage
from bot.messages import Message, Renderer
from bot.messages.preview import as_html, as_json, as_text
from bot.model import CELL_BREAK, LANGUAGES, WRITTEN, Cut, Issue, Line, LineKind, Mode, Span
from bot.sandbox import rich as stand_in
from tests import builders as build
from tests.corpus import REAL, needs_corpus
from tests.messages.names import FixedNames
from tests.messages.samples import ISSUE
from tests.messages.strategies import cuts, issues
from tests.messages.test_corpus import profile
from tests.messages.told import Told, told_by
from tests.nightly import examples, nightly

RENDERER = Renderer(FixedNames())
RICH = Cut(mode=Mode.RICH)
_WORD = re.compile(r"\w+")


def rich_of(issue: Issue, cut: Cut = RICH) -> tuple[Message, ...]:
    messages = RENDERER.issue(issue, cut)
    for message in messages:
        stand_in.blocks_of(message.html)
    return messages


def told_richly(messages: tuple[Message, ...]) -> Told:
    html = " ".join(message.html for message in messages)
    lines = re.sub(r"</?(?:p|h\d|t[dhr]|table|pre|details|summary|blockquote)\b[^<>]*>", " ", html)
    words = _WORD.findall(unescape(re.sub("<[^<>]*>", "", lines)))
    links = re.findall(r'href="([^"#][^"]*)"', html)
    return Told(frozenset(words), frozenset(map(unescape, links)))


def test_an_issue_is_one_message_with_a_contents_that_jumps_and_a_fold_a_section() -> None:
    (message,) = rich_of(ISSUE)
    assert message.rich
    assert message.html.count("<details open>") == 4
    jumps = re.findall(r'href="#([^"]+)"', message.html)
    assert jumps == re.findall(r'<a name="([^"]+)">', message.html)
    assert message.params(7)["rich_message"] == {"html": message.html}
    assert "text" not in message.params(7)


def test_a_table_is_a_table_and_code_is_code() -> None:
    head = Line(spans=(Span(text="模型"), CELL_BREAK, Span(text="a<b")), kind=LineKind.HEAD)
    row = Line(spans=(Span(text="甲"), CELL_BREAK, Span(text="1")), kind=LineKind.ROW)
    code = Line(spans=(Span(text="x < y"),), kind=LineKind.CODE)
    item = build.item(summary=(head, row, code))
    (message,) = rich_of(build.issue(build.section("papers", item)))
    assert "<tr><th>模型</th><th>a&lt;b</th></tr><tr><td>甲</td><td>1</td></tr>" in message.html
    assert "<pre><code>x &lt; y</code></pre>" in message.html


def test_an_issue_that_is_too_long_is_split_at_its_sections() -> None:
    sections = [
        build.section(f"s{n}", build.item(title=f"题{n}", summary=build.text("字" * 9000)), heading=f"节{n}")
        for n in range(8)
    ]
    messages = rich_of(build.issue(*sections))
    assert [message.name for message in messages] == ["rich", "rich.2", "rich.3"]
    assert [message.silent for message in messages] == [False, True, True]
    assert all("<h2>" in message.html for message in messages)


def test_a_section_that_is_too_long_for_a_message_is_split_too() -> None:
    items = [build.item(title=f"题{n}", summary=build.text(*["字" * 700] * 3)) for n in range(40)]
    messages = rich_of(build.issue(build.section("papers", *items)))
    html = "".join(message.html for message in messages)
    assert all(f"题{n}</" in html for n in range(40))
    many = [build.item(title=f"题{n}", summary=build.text(*["行"] * 30)) for n in range(40)]
    assert len(rich_of(build.issue(build.section("papers", *many)))) > 1


@pytest.mark.parametrize(
    "html",
    [
        "",
        "text",
        "<p>a",
        "<p>a</p></p>",
        "<p>a < b</p>",
        "<p>a & b</p>",
        "<p><p>a</p></p>",
        "<div>a</div>",
        '<p onclick="x">a</p>',
        '<p><a href="#nowhere">a</a></p>',
        '<p><a href="javascript:x">a</a></p>',
        "<table><td>a</td></table>",
        "<details>a</details>",
        "<p>\u202ea</p>",
        "<p>" + "a" * 32_769 + "</p>",
        "<p>a</p>" * 501,
        f"<table bordered striped><tr>{'<td>a</td>' * 21}</tr></table>",
    ],
)
def test_one_that_telegram_would_refuse_cannot_be_made(html: str) -> None:
    with pytest.raises(InvalidMessage):
        Message(html, rich=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_has_a_heading_a_jump_a_fold_and_a_table(language: str) -> None:
    sample = RENDERER.rich_sample("zh-Hant" if language == "zh-Hant" else "zh" if language == "zh" else "en")
    blocks, _ = stand_in.blocks_of(sample.html)
    assert [block["type"] for block in blocks] == [
        "heading",
        "paragraph",
        "paragraph",
        "anchor",
        "heading",
        "details",
    ]


def test_editors_see_it_as_text_as_a_page_and_as_the_request() -> None:
    messages = rich_of(ISSUE)
    assert "1. [ICLR 2026] [Oral] 低比特量化 (https://example.com/低比特量化)" in as_text(messages)
    assert "<details open>" in as_html(messages, title="x", language="zh")
    assert '"sendRichMessage"' in as_json(messages)


def test_a_reader_in_full_instead_is_told_why_once() -> None:
    cut = Cut(instead=True)
    first, *others = RENDERER.issue(ISSUE, cut)
    assert first.name == "not-rich"
    assert tuple(others) == RENDERER.issue(ISSUE, Cut())
    assert Cut.parse(cut.signature) == cut


@nightly("any issue is tried by day in plain messages")
@settings(max_examples=examples(15))
@given(issues, cuts)
def test_any_issue_becomes_rich_messages_that_tell_what_whole_ones_do(issue: Issue, cut: Cut) -> None:
    messages = rich_of(issue, replace(cut, mode=Mode.RICH))
    full = told_by(RENDERER.issue(issue, replace(cut, mode=Mode.FULL)))
    assert full.missing_in(told_richly(messages))[1] == set()


@needs_corpus
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_rich_issue_tells_all_that_a_whole_one_tells(path: Path) -> None:
    issue = read(path.read_text(encoding="utf-8"), slug=path.stem, profile=profile())
    for language in WRITTEN:
        full = told_by(RENDERER.issue(issue, Cut(language=language)))
        rich = told_richly(rich_of(issue, Cut(language=language, mode=Mode.RICH)))
        assert full.missing_in(rich) == (set(), set())
