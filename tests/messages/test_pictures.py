"""A picture stands above the message of what it belongs to; nothing of a text is lost for it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.messages import Message, Renderer
from bot.messages.links import accepted
from bot.messages.markup import Kind, parse
from bot.model import Cut, Issue, Item, Line, LineKind, MessageHabit, Mode, Packing, Pictures
from tests import builders as build
from tests.messages.names import FixedNames
from tests.messages.strategies import issues
from tests.nightly import examples
from tests.telegram_judge import judge

RENDERER = Renderer(FixedNames(), MessageHabit(pack=Packing.SECTION))
P1, P2, P3 = (f"https://example.com/{number}.png" for number in (1, 2, 3))
TAKEN_AWAY = "/assets/relative.png"


def rendered(*items: Item, cut: Cut | None = None, **fields: object) -> tuple[Message, ...]:
    messages = RENDERER.issue(build.issue(build.section("news", *items), **fields), cut or Cut())
    for message in messages:
        judge(message)
    return messages


def text(message: Message) -> str:
    return parse(message.html).text


def links(message: Message) -> list[tuple[str, str]]:
    marked = parse(message.html)
    return [(marked.text[e.start : e.stop], e.url) for e in marked.entities if e.kind is Kind.LINK]


def plain_item(**fields: object) -> Item:
    return build.item(**({"title": None, "url": None, "source": None} | fields))


def test_an_item_s_picture_stands_above_a_message_that_begins_with_it() -> None:
    before, pictured, after = (
        build.item(title="前"),
        build.item(
            title="中", summary=(*build.text("上文"), *build.picture(P1, "截图"), *build.text("下文"))
        ),
        build.item(title="后"),
    )
    _, first, second = rendered(before, pictured, after)
    assert (first.picture, second.picture) == (None, P1)
    assert "1. 前" in text(first)
    assert "2. 中\n来源\n上文\n🖼 截图\n下文" in text(second)
    assert "3. 后" in text(second)


def test_the_name_of_a_picture_that_is_shown_stands_in_the_text_and_no_name_does_not() -> None:
    named, unnamed = build.picture(P1, "截图"), build.picture(P1)
    renderer = Renderer(FixedNames(), MessageHabit(pack=Packing.SECTION, pictures=Pictures.FIRST))
    for picture, shown in ((named, [("🖼 截图", P1)]), (unnamed, [])):
        item = build.item(summary=(*picture, *build.text("甲")), url=None)
        message = renderer.issue(build.issue(build.section("news", item)), Cut())[1]
        assert (message.picture, links(message)) == (P1, shown)


def test_two_pictured_items_are_two_messages_and_the_second_says_where_it_belongs() -> None:
    items = [build.item(title=str(n), summary=build.picture(p, "截图")) for n, p in enumerate((P1, P2))]
    _, first, second = rendered(*items)
    assert [first.picture, second.picture] == [P1, P2]
    assert text(first).startswith("▎业界新闻\n\n1. 0")
    assert text(second).startswith("▎业界新闻 · 2/2\n\n2. 1")


def test_a_long_item_shows_its_picture_above_its_first_part_alone() -> None:
    long = build.text(*["很长的一段话。" * 100] * 10)
    _, first, second = rendered(build.item(summary=(*long, *build.picture(P1, "截图"))))
    assert (first.picture, second.picture) == (P1, None)


def test_further_pictures_stand_in_their_place_as_links() -> None:
    summary = (
        *build.picture(P1, "一"),
        *build.text("甲"),
        *build.picture(P2, "二"),
        *build.text("乙"),
        *build.picture(P3),
    )
    _, message = rendered(build.item(summary=summary, url=None))
    assert text(message).splitlines()[4:] == ["🖼 一", "甲", "🖼 二", "乙", "🖼 图"]
    assert links(message) == [("🖼 一", P1), ("🖼 二", P2), ("🖼 图", P3)]
    _, english = rendered(build.item(summary=summary, url=None), cut=Cut(language="en"))
    assert links(english)[-1] == ("🖼 picture", P3)


def test_the_issue_s_picture_stands_above_the_contents() -> None:
    lead = (*build.picture(P1, "封面"), *build.text("导读"))
    contents, section = rendered(build.item(), lead=lead)
    assert (contents.picture, section.picture) == (P1, None)
    assert "导读" in text(contents)
    assert links(contents)[0] == ("🖼 封面", P1)


def test_where_the_lead_is_not_shown_neither_is_its_picture() -> None:
    issue = build.issue(build.section("news", build.item()), lead=build.picture(P1))
    for cut in (Cut(topics=("face",)), Cut(topics=("face",), rest=True)):
        assert RENDERER.issue(issue, cut)[0].picture is None


def test_headlines_show_no_pictures() -> None:
    item = build.item(summary=build.picture(P1))
    messages = rendered(item, lead=build.picture(P2, "封面"), cut=Cut(mode=Mode.HEADLINES))
    assert [message.picture for message in messages] == [None, None]
    assert links(messages[0]) == [("🖼 封面", P2)]


def test_a_picture_in_flash_news_is_a_link() -> None:
    bullet = replace(build.flash("甲"), text=(*build.text("发布"), *build.picture(P1, "照片")))
    _, flash, _ = rendered(build.item(), flash=(bullet,))
    assert flash.picture is None
    assert links(flash) == [("🖼 照片", P1)]


@pytest.mark.parametrize("url", [TAKEN_AWAY, "data:image/png;base64,AA", "", None])
def test_of_a_picture_that_telegram_would_not_take_the_name_is_left(url: str | None) -> None:
    named, unnamed = build.picture(url, "电路图"), build.picture(url)
    _, message = rendered(build.item(summary=(*unnamed, *build.text("甲"), *named), url=None))
    assert message.picture is None
    assert text(message).splitlines()[4:] == ["甲", "电路图"]
    assert links(message) == []


def test_the_first_picture_that_telegram_takes_is_the_one_that_is_shown() -> None:
    summary = (*build.picture(TAKEN_AWAY), *build.picture(P1, "好"), *build.text("甲"))
    _, message = rendered(build.item(summary=summary))
    assert message.picture == P1
    assert ("🖼 好", P1) in links(message)


def test_paragraphs_without_an_item_s_marks_are_shown_as_they_are() -> None:
    long = build.text(*["一整段话，没有标题。" * 10] * 8)
    _, message = rendered(plain_item(summary=long))
    assert message.html == "<b>▎业界新闻</b>\n\n" + "\n".join(line.text for line in long)


def test_paragraphs_take_no_number_from_the_items_around_them() -> None:
    items = (plain_item(summary=build.text("引子")), build.item(title="甲"), build.item(title="乙"))
    _, message = rendered(*items)
    assert text(message).startswith("▎业界新闻\n\n引子\n\n1. 甲\n")
    assert "\n\n2. 乙\n" in text(message)


def test_paragraphs_go_by_their_first_words_where_only_titles_are_shown_and_where_they_continue() -> None:
    item = plain_item(summary=build.text(*["很长的一段话。" * 100] * 10))
    _, _, second = rendered(item)
    assert text(second).startswith("▎业界新闻 · 2/2\n接上条：很长的一段话。很长")
    _, headlines = rendered(item, cut=Cut(mode=Mode.HEADLINES))
    assert "1. 很长的一段话。很长" in text(headlines)


def test_a_section_may_be_a_picture_alone() -> None:
    _, message = rendered(plain_item(summary=build.picture(P1, "晚霞")))
    assert message.picture == P1
    assert text(message) == "▎业界新闻\n\n🖼 晚霞"


def test_a_picture_below_blank_lines_alone_is_shown_and_named() -> None:
    blank = tuple(Line(spans=(), kind=LineKind.TEXT, depth=depth, marker="") for depth in (1, 0))
    _, message = rendered(plain_item(summary=(*blank, *build.picture(P1, "晚霞"))))
    assert message.picture == P1
    assert text(message).endswith("🖼 晚霞")


def addresses(issue: Issue) -> list[str]:
    """Of every picture that Telegram takes, in reading order."""
    texts = (issue.lead, *(flash.text for flash in issue.flash), *(item.summary for item in issue.items))
    lines = (line for told in texts for line in told if line.kind is LineKind.PICTURE)
    return [url for line in lines for url in (accepted(line.spans[0].url or ""),) if url]


@settings(max_examples=examples(15))
@given(issues)
def test_every_picture_of_any_issue_is_shown_once_or_linked(issue: Issue) -> None:
    messages = RENDERER.issue(issue, Cut())
    shown = [message.picture for message in messages if message.picture]
    linked = [url for message in messages for name, url in links(message) if name.startswith("🖼")]
    called_so = {link.url for item in issue.items for link in item.links}  # whatever an editor calls a link
    assert {*shown, *linked} - called_so == set(addresses(issue)) - called_so


def test_a_picture_without_a_name_is_a_link_and_begins_no_message() -> None:
    items = [
        build.item(title=str(n), summary=build.picture(P1, name))
        for n, name in enumerate(("", "shot.png", "image", "NEW", ":tada:"))
    ]
    _, message = rendered(*items)
    assert message.picture is None
    assert [url for _, url in links(message)].count(P1) == len(items)


@pytest.mark.parametrize(
    ("pictures", "shown"),
    [(Pictures.EACH, [None, P2]), (Pictures.FIRST, [P1]), (Pictures.NONE, [None])],
)
def test_a_digest_says_which_pictures_begin_a_message(pictures: Pictures, shown: list[str | None]) -> None:
    items = (build.item(summary=build.picture(P1)), build.item(summary=build.picture(P2, "截图")))
    renderer = Renderer(FixedNames(), MessageHabit(pictures=pictures, pack=Packing.SECTION))
    _, *messages = renderer.issue(build.issue(build.section("news", *items)), Cut())
    assert [message.picture for message in messages] == shown
    assert all(url in "".join(f"{one.html}{one.picture}" for one in messages) for url in (P1, P2))
