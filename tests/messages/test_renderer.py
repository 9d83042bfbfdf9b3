"""An issue becomes messages: all of it, in order, and as the golden files show."""

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bot.errors import InvalidMessage
from bot.messages import Button, Listed, Mark, Message, Renderer, label_of, rest_data, told_apart
from bot.messages.markup import parse
from bot.messages.templating import clipped
from bot.model import (
    LANGUAGES,
    Cut,
    GivenBy,
    Issue,
    Item,
    Language,
    Link,
    MessageHabit,
    Mode,
    Packing,
    ParseWarning,
    Section,
    TopicMatch,
    entries_of,
)
from tests import builders as build
from tests.messages.names import FixedNames
from tests.messages.samples import CUTS, ISSUE
from tests.messages.strategies import cuts, issues
from tests.nightly import examples
from tests.telegram_judge import judge

GOLDEN = Path(__file__).parent / "golden"
RENDERER = Renderer(FixedNames())
#: Each section in messages of its own.
APART = Renderer(FixedNames(), MessageHabit(pack=Packing.SECTION))


def listed(messages: tuple[Message, ...]) -> str:
    """Messages as an editor reads them: a rule with the sound, the HTML, the buttons."""
    out = []
    for number, message in enumerate(messages, start=1):
        sound = "silent" if message.silent else "sound"
        buttons = [f"[{button.label}] {button.data}" for row in message.buttons for button in row]
        out += [f"──── {number}/{len(messages)} {sound}", message.html, *buttons]
    return "\n".join(out) + "\n"


def bare(message: Message) -> str:
    return parse(message.html).text


def texts(issue: Issue, cut: Cut | None = None) -> list[str]:
    return [bare(message) for message in APART.issue(issue, cut or Cut())]


@pytest.mark.parametrize("name", CUTS)
def test_the_sample_issue_becomes_the_golden_messages(name: str) -> None:
    """REWRITE_GOLDEN=1 writes the files anew, for the eyes of whoever changed a template."""
    messages = RENDERER.issue(ISSUE, CUTS[name])
    for message in messages:
        judge(message)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(listed(messages), encoding="utf-8")
    assert listed(messages) == golden.read_text(encoding="utf-8")


def test_further_parts_of_a_section_are_numbered_and_a_continued_item_says_so() -> None:
    long = build.item(id="a", title="长条目", summary=build.text(*["很长的一段话。" * 100] * 10))
    after = build.item(id="b", title="下一条")
    _, first, second = texts(build.issue(build.section("papers", long, after)))
    assert first.startswith("▎论文\n\n1. 长条目\n")
    assert second.startswith("▎论文 · 2/2\n接上条：长条目\n\n很长的一段话。")
    assert "\n\n2. 下一条\n" in second


def test_only_the_first_part_of_the_contents_makes_a_sound() -> None:
    lead = build.text(*["导读说了很多。" * 100] * 10)
    messages = RENDERER.issue(build.issue(build.section("news", build.item()), lead=lead), Cut())
    assert [message.silent for message in messages] == [False, True, True]


def test_the_button_for_the_rest_stands_under_the_last_part_of_the_contents() -> None:
    lead = build.text(*["导读说了很多。" * 100] * 10)
    messages = RENDERER.issue(replace(ISSUE, lead=lead), CUTS["topic-zh"])
    assert [bool(message.buttons) for message in messages] == [False, True, False]


def test_the_button_for_the_rest_names_the_issue_and_the_cut() -> None:
    cut = CUTS["topic-zh"]
    (button,) = RENDERER.issue(ISSUE, cut)[0].buttons[0]
    assert button.data == rest_data(ISSUE, cut) == f"rest:2026-03-02:{cut.name}"
    assert len(rest_data(replace(ISSUE, slug="x" * 50), cut)) == 64


def test_flash_news_that_are_left_out_count_as_items_do() -> None:
    labels = [
        RENDERER.issue(ISSUE, Cut(language=language, sections=("news", "other", "papers")))[0]
        .buttons[0][0]
        .label
        for language in LANGUAGES
    ]
    assert labels == ["看其余 2 条", "Show the other 2", "看其餘 2 條"]


@pytest.mark.parametrize(("converted", "name"), [(False, "应用实践"), (True, "應用實踐")])
def test_a_section_that_an_issue_does_not_have_is_called_what_its_readers_know_it_by(
    *, converted: bool, name: str
) -> None:
    cut = Cut(sections=("applications", "papers"), converted=converted)
    contents = RENDERER.issue(ISSUE, cut)[0].html
    assert name in contents
    assert "applications" not in contents


def test_a_cut_that_leaves_nothing_out_has_no_button() -> None:
    cut = Cut(sections=("flash", "news", "other", "papers"))
    assert RENDERER.issue(ISSUE, cut)[0].buttons == ()


def test_warnings_of_the_parser_are_never_shown() -> None:
    warned = replace(ISSUE, warnings=(ParseWarning(line=1, code="x", message="坏链接"),))
    assert RENDERER.issue(warned, Cut()) == RENDERER.issue(ISSUE, Cut())


def test_an_issue_without_anything_is_still_one_message() -> None:
    empty = Issue(
        slug="2026-03-02", title=None, date=None, highlights=(), tagline=None, lead=(), flash=(), sections=()
    )
    assert texts(empty) == ["2026-03-02"]


def test_a_missing_title_is_made_up_from_the_summary_or_the_host() -> None:
    def first_line(**fields: object) -> str:
        item = build.item(**({"title": None, "source": None} | fields))
        return texts(build.issue(build.section("news", item)))[1].splitlines()[2]

    assert first_line(summary=build.text("字" * 70)) == "1. " + "字" * 59 + "…"
    assert first_line(summary=(), url="https://www.example.com/x") == "1. example.com"
    assert first_line(summary=(), url=None) == "1. （无标题）"


def marked_items(issue: Issue) -> Issue:
    """The issue with every title a mark of its own."""
    marks = iter(range(10_000))

    def renamed(section: Section) -> Section:
        items: tuple[Item, ...] = tuple(replace(item, title=f"⟦{next(marks)}⟧") for item in section.items)
        return replace(section, items=items)

    return replace(issue, sections=tuple(map(renamed, issue.sections)))


def marks_in(messages: tuple[Message, ...]) -> list[int]:
    text = "\n".join(map(bare, messages))
    fresh = re.sub(r"^(接上条：|continued: ).*$", "", text, flags=re.MULTILINE)
    return [int(mark) for mark in re.findall(r"⟦(\d+)⟧", fresh)]


@settings(max_examples=examples(15))
@given(issues, cuts)
def test_any_issue_becomes_messages_that_telegram_takes(issue: Issue, cut: Cut) -> None:
    messages = RENDERER.issue(issue, cut)
    assert messages
    assert all(message.silent for message in messages[1:])
    for message in messages:
        judge(message)
    assert messages == RENDERER.issue(issue, cut)


@settings(max_examples=examples(15))
@given(issues, cuts)
def test_every_item_appears_once_in_order_in_the_cut_or_in_its_rest(issue: Issue, cut: Cut) -> None:
    cut = cut if cut.mode is not Mode.ONE else replace(cut, mode=Mode.FULL)  # which tells them on its faces
    whole = marked_items(issue)
    everything = list(range(len(whole.items)))
    assert marks_in(RENDERER.issue(whole, Cut(language=cut.language, mode=cut.mode))) == everything
    front = marks_in(RENDERER.issue(whole, replace(cut, rest=False)))
    back = marks_in(RENDERER.issue(whole, replace(cut, rest=True)))
    assert front == sorted(front)
    assert back == sorted(back)
    assert sorted(front + back) == everything


def test_headlines_have_one_line_an_item_and_no_summary() -> None:
    items = [build.item(id=str(n), title=f"标题{n}", summary=build.text("不该出现")) for n in range(300)]
    messages = APART.issue(build.issue(build.section("news", *items)), Cut(mode=Mode.HEADLINES))
    shown = "\n".join(map(bare, messages[1:]))
    assert "不该出现" not in shown
    assert re.findall(r"^\d+\. (\S+) \| 来源$", shown, re.MULTILINE) == [f"标题{n}" for n in range(300)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_is_a_template_filled_with_values_and_rows_of_buttons(language: Language) -> None:
    row = (Button("go", data="go"),)
    reply = RENDERER.reply("plain", language, buttons=[row, ()], text="<a> & b")
    assert reply == Message("&lt;a&gt; &amp; b", (row,))


NOTHING_CHANGED: dict[str, Any] = {
    **dict.fromkeys(
        ("added", "words", "removed", "omitted", "admitted", "surplus", "refused", "doubted"), ()
    ),
    **dict.fromkeys(("subscribed", "active"), True),
    "unsure": False,
    **dict.fromkeys(("following", "excluded"), ()),
    "shown": ("GPU",),
    "first": 1,
    "most": 20,
    "years": {},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_on_a_topic_fit_into_one_reply_however_long_title_and_address_are(language: Language) -> None:
    line = Listed(
        title="题 目" * 2000, url=f"https://example.com/{'p' * 2000}", facts=("x" * 4000,), note="词" * 40
    )
    reply = RENDERER.reply(
        "topic",
        language,
        listed=[line] * 20,
        total=20,
        **NOTHING_CHANGED
        | {
            "added": ("“" + "词" * 40 + "”",) * 6,
            "words": ("“" + "词" * 40 + "”",) * 6,
            "refused": ("x" * 4000,),
            "following": ("“" + "词" * 40 + "”",) * 20,
            "excluded": ("Datasets and benchmarks",) * 30,
        },
    )
    assert bare(reply).count(f". {clipped('题 目' * 2000, 90)}\n") == 20
    judge(reply)


def test_an_item_on_a_topic_is_linked() -> None:
    line = Listed(title="题目", url="https://example.com/p")
    reply = RENDERER.reply("topic", "zh", listed=[line], total=1, **NOTHING_CHANGED)
    assert '<a href="https://example.com/p">题目</a>' in reply.html


def test_the_years_of_a_topic_are_bars_if_there_are_several() -> None:
    years = {2019: 3, 2020: 12, 2021: 40}
    reply = RENDERER.reply("topic", "zh", listed=[], total=55, **NOTHING_CHANGED | {"years": years})
    assert "2019 ▁ 3 · 2020 ▃ 12 · 2021 █ 40\n" in bare(reply)
    reply = RENDERER.reply("topic", "zh", listed=[], total=3, **NOTHING_CHANGED | {"years": {2019: 3}})
    assert "▁" not in bare(reply)
    assert "█" not in bare(reply)


def test_a_reply_too_long_for_a_message_is_refused() -> None:
    with pytest.raises(InvalidMessage):
        RENDERER.reply("plain", "zh", text="字" * 5000)


def test_two_headings_of_one_section_are_told_apart_by_their_own_names() -> None:
    one, other = build.item(id="1", title="甲"), build.item(id="2", title="乙")
    parted = build.issue(
        replace(build.section("papers", one), heading="Vision"),
        replace(build.section("papers", other), heading="Language"),
    )
    contents, first, second = texts(parted)
    name = FixedNames().section("papers", "zh")
    assert f"{name} · Vision" in contents
    assert f"{name} · Vision" in first
    assert f"{name} · Language" in second


def test_a_labelled_link_that_is_the_main_one_is_not_told_twice() -> None:
    links = (
        Link(label="链接", url="https://example.com/a"),
        Link(label="代码", url="https://example.com/code"),
    )
    item = build.item(title="甲", url="https://example.com/a", links=links)
    _, message = texts(build.issue(build.section("papers", item)))
    assert "代码" in message
    assert "链接" not in message


def test_a_cut_tells_what_it_found_before_what_the_editor_says_of_the_whole_issue() -> None:
    issue = replace(ISSUE, lead=build.text("导读说的。"), highlights=("亮点",))
    cut, whole = (RENDERER.issue(issue, one)[0].html for one in (Cut(topics=("quantization",)), Cut()))
    assert cut.index("为你选出") < cut.index("亮点") < cut.index("导读说的")
    assert whole.index("亮点") < whole.index("导读说的") < whole.index("本期内容")


def test_the_numbers_of_a_cut_agree() -> None:
    for cut in CUTS.values():
        contents = bare(RENDERER.issue(ISSUE, cut)[0])
        listed = [int(number) for number in re.findall(r"^• .*?(\d+)(?: 条)?$", contents, re.MULTILINE)]
        told = re.search(r"(\d+) 条中有 (\d+) 条|(\d+) of (\d+) items", contents)
        if told and cut.filters and not cut.rest:
            assert sum(listed) == int(told[2] or told[3])


def test_flash_news_stand_where_the_issue_has_them() -> None:
    papers = build.section("papers", build.item(id="p", title="论文一", line=5))
    blog = build.section("blog", build.item(id="b", title="博文一", line=20), heading="博文")
    flash = replace(build.flash(), line=12)
    issue = build.issue(papers, blog, flash=(flash,))
    contents = bare(RENDERER.issue(issue, Cut())[0])
    assert contents.index("论文 1") < contents.index("热身小新闻 1") < contents.index("博文 1")
    names = [message.name for message in APART.issue(issue, Cut())]
    assert names == ["contents", "papers", "flash", "blog"]


ROWS = Renderer(FixedNames(), MessageHabit(pack=Packing.SECTION), rows=True)


def rows_of(cut: Cut, *, private: bool = True) -> dict[str, list[str]]:
    """The signs under each message."""
    messages = ROWS.issue(ISSUE, cut, private=private)
    return {message.name: [button.label for row in message.buttons for button in row] for message in messages}


def test_a_row_stands_under_each_message_of_items_in_private_chats() -> None:
    rows = rows_of(Cut())
    assert rows.pop("contents") == rows.pop("flash") == []
    assert rows
    assert all(row == ["☆", "↗"] for row in rows.values())
    assert not any(rows_of(Cut(), private=False).values())


def test_headlines_can_be_opened_too_and_are_numbered_through() -> None:
    assert rows_of(Cut(mode=Mode.HEADLINES))["headlines"] == ["☆", "⤢", "↗"]
    (message,) = [one for one in ROWS.issue(ISSUE, Cut(mode=Mode.HEADLINES)) if one.name == "headlines"]
    assert [mark.number for mark in message.marks] == [str(n + 1) for n in range(len(ISSUE.items))]


def opened(cut: Cut, *, private: bool = False) -> list[tuple[str, str]]:
    """The addresses by which the messages of an issue open its items."""
    issue = build.issue(build.section("papers", build.item(id="a"), build.item(id="b", url=None)))
    renderer = Renderer(
        FixedNames(),
        rows=True,
        item_link=lambda ref: f"https://t.me/a_bot?start={ref}" if ref.item_id == "a" else None,
    )
    texts = " ".join(message.html for message in renderer.issue(issue, cut, private=private))
    return re.findall(r'<a href="https://t\.me/a_bot\?start=[^"]*/([^"]*)">([^<]*)</a>', texts)


def test_where_many_read_headlines_each_leads_to_its_item_if_an_address_does() -> None:
    assert opened(Cut(mode=Mode.HEADLINES, language="zh")) == [("a", "⤢ 打开")]
    assert opened(Cut(mode=Mode.HEADLINES, language="zh-Hant")) == [("a", "⤢ 打開")]
    assert opened(Cut(mode=Mode.HEADLINES, language="en")) == [("a", "⤢ open")]
    assert opened(Cut(mode=Mode.HEADLINES), private=True) == []
    for mode in (Mode.FULL, Mode.ONE, Mode.RICH):
        assert opened(Cut(mode=mode)) == []


def test_the_marks_of_all_messages_are_the_items_once_each() -> None:
    long = build.item(id="a", title="长条目", summary=build.text(*["很长的一段话。" * 100] * 10))
    for mode in (Mode.FULL, Mode.HEADLINES, Mode.ONE):  # a rich message has no buttons under its items
        issue = build.issue(build.section("papers", long, build.item(id="b", title="下一条")))
        messages = ROWS.issue(issue, Cut(mode=mode))
        faces = [face for message in messages for face in (message, *message.unfolded)]
        marks = [mark for face in faces for mark in face.marks]
        assert [mark.item_id for mark in marks] == ["a", "b"]


def test_numbers_that_stand_twice_are_told_apart_by_titles() -> None:
    marks = (Mark("1", "a", "一个很长的题目，真的很长很长"), Mark("1", "b", "短"), Mark("2", "c", "别的"))
    assert not told_apart(marks)
    assert [label_of(mark, alone=False) for mark in marks] == [
        "1 一个很长的题目，真的很长…",
        "1 短",
        "2 别的",
    ]
    assert told_apart(marks[1:])


def test_there_is_no_row_where_its_button_would_be_too_long() -> None:
    issue = replace(
        ISSUE, slug="x" * 50, sections=(build.section("a-section-with-a-long-name", build.item()),)
    )
    assert not any(message.buttons for message in ROWS.issue(issue, Cut(), private=True))


@pytest.mark.parametrize(("language", "told"), [("zh", "编辑选定"), ("en", "chosen by the editor")])
def test_an_item_by_itself_says_which_topics_its_editor_gave_it(language: Language, told: str) -> None:
    topics = (
        TopicMatch(slug="gpu", matched="显卡", by=GivenBy.EDITOR),
        TopicMatch(slug="nlp", matched="BERT"),
    )
    item = build.item(topics=topics)
    issue = build.issue(build.section("news", item))
    (message,) = RENDERER.entry(issue, entries_of(issue)[0], item, Cut(language=language), ())
    by_editor, by_words = [line for line in message.html.splitlines() if line.startswith("#")]
    assert by_editor.endswith(f" {told}")
    assert "显卡" not in message.html
    assert "BERT" in by_words
