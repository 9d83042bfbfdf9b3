"""One message: every title, and each section whole at one tap."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.digest.parsing.parser import parse as read
from bot.messages import Message, Renderer
from bot.messages.limits import MAX_BUTTONS, MAX_CALLBACK_BYTES
from bot.messages.markup import parse
from bot.model import WRITTEN, Cut, Issue, Line, LineKind, Mode, Span
from tests import builders as build
from tests.corpus import REAL, needs_corpus
from tests.messages.names import FixedNames
from tests.messages.samples import ISSUE
from tests.messages.strategies import cuts, issues
from tests.messages.test_corpus import profile
from tests.messages.told import told_by
from tests.nightly import examples, nightly
from tests.telegram_judge import judge

RENDERER = Renderer(FixedNames(), rows=True)
ONE = Cut(mode=Mode.ONE)


def one(issue: Issue, cut: Cut = ONE) -> Message:
    (message,) = RENDERER.issue(issue, cut)
    return message


def faces(message: Message) -> tuple[Message, ...]:
    return (message, *message.unfolded)


def bare(message: Message) -> str:
    return parse(message.html).text


def face_behind(message: Message, shown: Message, label: str) -> Message:
    """What a button of a face leads to."""
    button = next(button for row in shown.buttons for button in row if label in button.label)
    return faces(message)[int((button.data or "").rpartition(":")[2])]


def long_issue() -> Issue:
    items = [build.item(id=f"i{n}", title=f"条目{n}", summary=build.text("字" * 900)) for n in range(9)]
    return build.issue(build.section("papers", *items), build.section("news", build.item(title="短讯")))


def test_the_titles_stand_under_their_sections_each_linked() -> None:
    shown = parse(one(ISSUE).html)
    links = {shown.text[link.start : link.stop]: link.url for link in shown.entities if link.url}
    assert links["低比特量化"] == "https://example.com/低比特量化"
    assert set(links) == {"芯片发布", "没有题目，只有这句话。", "低比特量化", "超分综述", "编辑部招人"}
    assert "权重压到" not in shown.text


def test_a_button_unfolds_its_section_in_place_and_folds_it_again() -> None:
    message = one(ISSUE)
    unfolded = face_behind(message, message, "▸ 论文")
    text = bare(unfolded)
    assert text.index("芯片发布") < text.index("权重压到 4 比特") < text.index("编辑部招人")
    assert "一款新芯片" not in text
    assert face_behind(message, unfolded, "▾ 论文") is message
    assert "一款新芯片" in bare(face_behind(message, unfolded, "▸ 业界新闻"))


def test_a_section_longer_than_a_message_has_pages() -> None:
    message = one(long_issue())
    first = face_behind(message, message, "▸ 论文")
    second = face_behind(message, first, "2/3 ▸")
    assert bare(first).startswith("简报\n\n▎论文\n\n1. 条目0")
    assert bare(second).startswith("▎论文 · 2/3")
    assert face_behind(message, second, "◂ 1/3") is first
    assert "短讯" in bare(face_behind(message, second, "▸ 业界新闻"))
    assert face_behind(message, second, "▾ 论文") is message


def test_titles_that_are_too_many_have_pages_too() -> None:
    items = [build.item(id=f"i{n}", title=f"一个很长的标题 {n}" * 5) for n in range(120)]
    message = one(build.issue(build.section("papers", *items)))
    pages = [face for face in faces(message) if face.name.startswith("contents")]
    assert len(pages) > 1
    assert all(f"一个很长的标题 {n}" in "".join(map(bare, pages)) for n in range(120))
    assert face_behind(message, message, "▸") is pages[1]


def test_more_sections_than_a_keyboard_holds_share_buttons() -> None:
    sections = [build.section(f"s{n}", build.item(title=f"甲{n}"), heading=f"节{n}") for n in range(150)]
    message = one(build.issue(*sections))
    told = "".join(bare(face) for face in faces(message))
    assert sum(map(len, message.buttons)) <= MAX_BUTTONS
    assert all(f"甲{n}" in told for n in range(150))


def test_buttons_have_room_for_the_longest_name_of_an_issue() -> None:
    issue = build.issue(long_issue().sections[0], slug="s" * 50)
    data = [button.data or "" for face in faces(one(issue)) for row in face.buttons for button in row]
    assert max(len(one.encode()) for one in data) <= MAX_CALLBACK_BYTES


def test_a_change_that_is_folded_away_is_a_change_of_the_message() -> None:
    before = build.issue(build.section("papers", build.item(summary=build.text("旧文"))))
    after = build.issue(build.section("papers", build.item(summary=build.text("新文"))))
    assert one(before).html == one(after).html
    assert one(before).content_hash != one(after).content_hash


def test_one_person_keeps_and_passes_on_what_is_unfolded() -> None:
    (message,) = RENDERER.issue(ISSUE, ONE, private=True)
    papers = face_behind(message, message, "▸ 论文")
    assert [button.label for button in papers.buttons[-1]] == ["☆", "↗"]
    assert [mark.title for mark in papers.marks] == ["低比特量化", "超分综述"]


@pytest.mark.parametrize("kind", [LineKind.CODE, LineKind.HEAD, LineKind.ROW])
@pytest.mark.parametrize("mode", [Mode.ONE, Mode.HEADLINES])
def test_a_table_or_code_is_never_cut_into_a_title(kind: LineKind, mode: Mode) -> None:
    lines = (Line(spans=(Span(text="for x in xs:"),), kind=kind), *build.text("说明在后。"))
    item = build.item(title=None, summary=lines)
    *_, message = RENDERER.issue(build.issue(build.section("news", item)), Cut(mode=mode))
    assert "说明在后" in bare(message)
    assert "for x" not in bare(message)
    alone = build.item(title=None, summary=lines[:1])
    *_, message = RENDERER.issue(build.issue(build.section("news", alone)), Cut(mode=mode))
    assert "example.com" in bare(message)
    assert "for x" not in bare(message)


@nightly("issues made by hand are tried by day")
@settings(max_examples=examples(25))
@given(issues, cuts)
def test_every_face_is_one_that_telegram_takes(issue: Issue, cut: Cut) -> None:
    shown = faces(one(issue, replace(cut, mode=Mode.ONE)))
    for face in shown:
        judge(face)
    assert told_by(RENDERER.issue(issue, replace(cut, mode=Mode.FULL))).missing_in(told_by(shown))[1] == set()


@needs_corpus
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_what_is_unfolded_tells_all_that_whole_issues_tell(path: Path) -> None:
    issue = read(path.read_text(encoding="utf-8"), slug=path.stem, profile=profile())
    for language in WRITTEN:
        full = told_by(RENDERER.issue(issue, Cut(language=language)))
        unfolded = told_by(faces(one(issue, Cut(language=language, mode=Mode.ONE))))
        assert full.missing_in(unfolded) == (set(), set())
