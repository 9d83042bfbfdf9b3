"""Sections share messages: none is a flood, none loses its heading, and nothing is lost."""

from dataclasses import replace

import pytest

from bot.messages import Message, Renderer
from bot.messages.chapters import SHORTEST
from bot.messages.markup import parse
from bot.model import Cut, Issue, Item, Link, MessageHabit, Mode, Numbers, Packing, Section
from tests import builders as build
from tests.messages.names import FixedNames
from tests.nightly import by_day
from tests.telegram_judge import judge

TOGETHER = Renderer(FixedNames())
APART = Renderer(FixedNames(), MessageHabit(pack=Packing.SECTION))


def bare(message: Message) -> str:
    return parse(message.html).text


def texts(issue: Issue, cut: Cut | None = None, renderer: Renderer = TOGETHER) -> list[str]:
    messages = renderer.issue(issue, cut or Cut())
    for message in messages:
        judge(message)
    return [bare(message) for message in messages]


def sized(section: str, *sizes: int) -> Issue:
    """An issue with a section of items that have texts of so many characters, and one small one behind it."""
    items = [
        build.item(id=f"{place}", title=f"t{place}", summary=build.text("字" * size))
        for place, size in enumerate(sizes)
    ]
    return build.issue(build.section(section, *items), build.section("news", build.item(id="x", title="末")))


def test_small_sections_share_a_message_with_the_contents() -> None:
    (text,) = texts(sized("papers", 80, 80))
    assert text.index("▎论文") < text.index("▎业界新闻") < text.index("末")


def test_an_issue_of_a_few_words_is_contents_that_sound_and_its_items_below() -> None:
    contents, items = TOGETHER.issue(sized("papers", 30), Cut())
    assert (contents.silent, items.silent) == (False, True)
    assert bare(items).index("▎论文") < bare(items).index("末")
    (rest,) = texts(sized("papers", 30), Cut(sections=("news",)))
    assert "末" in rest


def test_short_contents_with_a_picture_stand_alone_above_an_item_with_one() -> None:
    item = build.item(summary=build.picture("https://example.com/a.png", "结构图"))
    issue = build.issue(build.section("papers", item), lead=build.picture("https://example.com/cover.png"))
    pictures = [message.picture for message in TOGETHER.issue(issue, Cut())]
    assert pictures == ["https://example.com/cover.png", "https://example.com/a.png"]


def test_a_section_that_does_not_fit_begins_a_message() -> None:
    first, second = texts(build.issue(*sized("papers", 2500).sections, *sized("blog", 2500).sections))
    assert ("▎论文" in first, second.startswith("▎博文")) == (True, True)


def test_no_message_but_the_last_is_short() -> None:
    for sizes in ((80, 80), (500, 500), (3900,), (2000, 2000, 2000), (5000,), (100,) * 60):
        *others, _ = texts(sized("papers", *sizes))
        assert all(len(text) >= SHORTEST for text in others), sizes


def test_a_heading_is_never_the_last_thing_in_a_message() -> None:
    for size in range(3300, 4100, 50):
        assert not any(
            text.rstrip().endswith(("▎论文", "▎业界新闻")) for text in texts(sized("papers", size))
        )


def test_groups_stand_above_their_items_once_and_again_where_a_message_continues() -> None:
    items = [
        replace(build.item(id=f"{n}", title=f"t{n}", summary=build.text("字" * 1500)), groups=("甲", "乙"))
        for n in range(4)
    ]
    other = replace(build.item(id="z", title="z"), groups=("丙",))
    found = texts(build.issue(build.section("papers", *items, other)))
    assert [text.count("甲 › 乙") for text in found if "t" in text] == [1, 1]
    assert sum(text.count("丙") for text in found) == 1


def test_groups_stand_above_headlines_too() -> None:
    items = [replace(build.item(id=f"{n}", title=f"t{n}"), groups=("甲",)) for n in range(2)]
    text = "\n".join(texts(build.issue(build.section("papers", *items)), Cut(mode=Mode.HEADLINES)))
    assert text.count("甲") == 1
    assert text.index("甲") < text.index("t0")


def test_headings_above_a_section_stand_over_its_own() -> None:
    section = replace(build.section("papers", build.item()), above=("卷一",))
    text = "\n".join(texts(build.issue(section)))
    assert text.index("卷一") < text.index("▎论文")


def test_the_editor_s_numbers_are_kept_unless_the_digest_wants_new_ones() -> None:
    items = [replace(build.item(id=n, title=f"t{n}"), number=n) for n in ("12", "15")]
    issue = build.issue(build.section("papers", *items))
    own = "\n".join(texts(issue))
    new = "\n".join(texts(issue, renderer=Renderer(FixedNames(), MessageHabit(numbers=Numbers.NEW))))
    assert ("12. t12" in own, "15. t15" in own) == (True, True)
    assert ("1. t12" in new, "2. t15" in new) == (True, True)


def test_an_address_without_a_label_is_called_in_the_language_of_the_reader() -> None:
    item = build.item(links=(Link(label="", url="https://example.com/x"),))
    issue = build.issue(build.section("papers", item))
    assert ("链接" in texts(issue)[-1], "link" in texts(issue, Cut(language="en"))[-1]) == (True, True)


def test_numbers_that_are_all_the_same_are_counted_anew() -> None:
    items = [replace(build.item(id=n, title=f"t{n}"), number="1") for n in "ab"]
    text = "\n".join(texts(build.issue(build.section("papers", *items))))
    assert ("1. ta" in text, "2. tb" in text) == (True, True)


def test_text_outside_items_is_not_counted_in_the_contents() -> None:
    loose = build.item(id="x", title=None, url=None, source=None, summary=build.text("下周见。"))
    assert "论文 1 条" in texts(build.issue(build.section("papers", build.item(id="y"), loose)))[0]


def test_a_link_alone_has_neither_number_nor_a_title_made_up() -> None:
    link = build.item(
        id="x",
        title=None,
        url=None,
        source=None,
        summary=(),
        links=(Link(label="a", url="https://a.example"),),
    )
    text = "\n".join(texts(build.issue(build.section("papers", link, build.item(id="y", title="t")))))
    assert ("无标题" not in text, "1. t" in text) == (True, True)


def test_a_long_heading_stands_whole_above_its_section() -> None:
    long = "一个很长的标题，" * 30
    (text,) = texts(build.issue(build.section("other", build.item(), heading=long)))
    contents, shown = text.split("▎")
    assert ("…" in contents, long in contents, long in shown) == (True, False, True)


LENGTHS = by_day(
    5, [*range(30, 75, 9), *(one for one in range(30, 75) if (one - 30) % 9)], "five are tried by day"
)


@pytest.mark.parametrize("count", LENGTHS)
def test_the_end_of_a_long_section_is_never_short_whatever_stands_above_it(count: int) -> None:
    def section(slug: str, items: int, length: int) -> Section:
        return build.section(
            slug,
            *(build.item(id=f"{slug}{n}", title="t" * length, source=None, summary=()) for n in range(items)),
        )

    issue = build.issue(section("news", 1, 30), section("papers", count, 80), section("blog", 40, 88))
    assert [text for text in texts(issue)[:-1] if len(text) < SHORTEST] == []


def pictured(place: int, length: int) -> Item:
    summary = (*build.text("字" * length), *build.picture(f"https://example.com/{place}.png", "结构图"))
    return build.item(id=f"{place}", title=f"t{place}", source=None, summary=summary)


def test_a_picture_behind_a_line_or_two_begins_no_message_and_is_a_link() -> None:
    issue = build.issue(build.section("news", *(pictured(n, 20) for n in range(12))))
    messages = TOGETHER.issue(issue, Cut())
    assert [text for text in map(bare, messages[:-1]) if len(text) < SHORTEST] == []
    html = "".join(message.html for message in messages)
    assert all(f"https://example.com/{place}.png" in html for place in range(12))
    assert 1 < sum(message.picture is not None for message in messages) < 12


def test_a_picture_behind_enough_text_begins_a_message() -> None:
    messages = TOGETHER.issue(build.issue(build.section("news", pictured(1, 300), pictured(2, 5))), Cut())
    assert [message.picture for message in messages] == [
        "https://example.com/1.png",
        "https://example.com/2.png",
    ]
