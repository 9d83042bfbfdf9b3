"""Where the items of a section begin."""

import pytest

from bot.digest.habits import ItemHabit, ItemStart
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.model import Item, plain
from tests.digest.shipped import issue_of, read
from tests.effort import lines_run

_ANY = Profile(name="Any", language="en", files=".*", date=None, title=None)


def _items(lines: tuple[str, ...], *begin: ItemStart) -> tuple[Item, ...]:
    habit = _ANY.model_copy(update={"items": ItemHabit(begin=begin, source="")})
    return parse("\n".join(("## News", "", *lines, "")), slug="x", profile=habit).items


@pytest.mark.parametrize(
    "lines",
    [
        ("• [One](https://a.example/1) is new", "• [Two](https://a.example/2) is old"),
        (
            "· [一](https://a.example/1)　新的。",
            "· [二](https://a.example/2)　旧的。（[又](https://a.example/3)）",
        ),
        ("→ One: see [here](https://a.example/1)  ", "→ Two: see [there](https://a.example/2)"),
        ("🌱 **One** – new. [More](https://a.example/1)\\", "🪴 **Two** – old. [More](https://a.example/2)"),
        ("**One**: new. [More](https://a.example/1)", "**Two**: old. [More](https://a.example/2)"),
        ("– One, https://a.example/1", "– Two, https://a.example/2"),
        ("▶ [One](https://a.example/1)", "▶ Two, as [they](https://a.example/2) say"),
    ],
)
def test_lines_that_begin_with_a_sign_or_a_title_are_items(lines: tuple[str, ...]) -> None:
    assert [item.line for item in _items(lines, ItemStart.LINE)] == [3, 4]


def test_lines_that_are_a_name_and_its_address_are_items_where_most_paragraphs_are_such() -> None:
    lines = (
        "The first trial <https://a.example/1>  ",
        "The second (https://a.example/2)",
        "",
        "They knew of the problem  ",
        "<https://a.example/3>",
        "",
        "More was said about all of it.",
    )
    found = [(item.line, item.title, item.url) for item in _items(lines, ItemStart.LINE)]
    assert found == [
        (3, "The first trial", "https://a.example/1"),
        (4, "The second", "https://a.example/2"),
        (6, "They knew of the problem", "https://a.example/3"),
    ]


def test_a_bold_line_that_lost_the_blank_line_above_it_is_a_title_where_bold_lines_are() -> None:
    lines = (
        "**The first**",
        "It began. [More](https://a.example/1)",
        "**The second**",
        "It ended.",
        "",
        "**The third**",
        "It is said to be",
        "**really**",
        "very long.",
    )
    assert [item.title for item in _items(lines, ItemStart.BOLD)] == ["The first", "The second", "The third"]


def test_sentences_with_their_addresses_begin_no_items() -> None:
    lines = ("All of it was new. https://a.example/1", "And more was old. <https://a.example/2>")
    assert [item.title for item in _items(lines, ItemStart.LINE)] == [None]


def test_a_sentence_with_an_address_among_others_begins_no_item() -> None:
    lines = ("It was a long week.", "", "Much of it is on https://a.example/1", "", "We will go on.")
    assert [item.title for item in _items(lines, ItemStart.LINE)] == [None]


def test_a_line_without_the_sign_of_the_others_goes_on_with_the_item_above() -> None:
    lines = (
        "This week:",
        "• [One](https://a.example/1) is new,",
        "and it will stay.",
        "• [Two](https://a.example/2) is old.",
    )
    items = _items(lines, ItemStart.LINE)
    assert [item.line for item in items] == [4, 6]
    assert items[0].groups == ("This week",)


@pytest.mark.parametrize(
    "lines",
    [
        ("· a thing", "· another, see [there](https://a.example/2)"),
        ("See [this](https://a.example/1) and", "• [that](https://a.example/2)"),
        ("🌱 new: [One](https://a.example/1)", "which [we](https://a.example/2) like"),
        ("**Beware** of the [dog](https://a.example/1)", "**and** of the [cat](https://a.example/2)"),
    ],
)
def test_lines_of_which_some_lead_nowhere_or_begin_otherwise_are_no_items(lines: tuple[str, ...]) -> None:
    assert len(_items(lines, ItemStart.LINE)) < 2


def _headed(*deeper: str) -> list[int]:
    own = tuple(f"### [Story {n}](https://a.example/{n})\n\nText {n}.\n" for n in range(3))
    return [item.line for item in _items((*own[:1], *deeper, *own[1:]), ItemStart.HEADING)]


@pytest.mark.parametrize(
    "deeper", ["#### [One](https://a.example/1)\n\nMore.\n", "#### [One](https://a.example/1)\n"]
)
def test_a_linked_heading_that_slipped_one_level_deeper_begins_an_item(deeper: str) -> None:
    assert 7 in _headed(deeper)


@pytest.mark.parametrize(
    "deeper",
    [
        ("#### One\n\nMore.\n",),
        ("##### [One](https://a.example/1)\n",),
        ("#### More on [One](https://a.example/1)\n",),
        ("#### [One](https://a.example/1)\n\nMore.\n", "#### [Two](https://a.example/2)\n"),
        ("#### One\n\n[One](https://a.example/1)\n",),
    ],
)
def test_a_heading_below_those_of_items_is_text_if_it_is_none_of_few_that_are_links(
    deeper: tuple[str, ...],
) -> None:
    assert len(_headed(*deeper)) == 3


_BAR = "[Read online](https://a.example/1) · [Archive](https://a.example/2) | [Feed](https://a.example/3)"


@pytest.mark.parametrize("start", [ItemStart.LINE, ItemStart.LINK, ItemStart.PARAGRAPH])
def test_a_bar_of_links_beside_items_is_none(start: ItemStart) -> None:
    lines = (
        _BAR,
        "",
        "[One](https://a.example/4) – new.",
        "",
        "[Two](https://a.example/5) | [What a reader has to say on it](https://a.example/6)",
        "",
        "[Three](https://a.example/7).",
        "",
        _BAR,
    )
    assert [item.line for item in _items(lines, start) if item.title] == [5, 7, 9]


@pytest.mark.parametrize("mark", ["|", "·", "｜"])
def test_where_most_lines_are_links_side_by_side_each_is_an_item(mark: str) -> None:
    lines = (f"[{n}](https://a.example/{n}) {mark} [talk](https://b.example/{n})\n" for n in (1, 2, 3))
    assert len(_items(tuple(lines), ItemStart.LINE)) == 3


def test_paragraphs_that_open_in_bold_are_items_though_a_blank_line_between_two_is_missing() -> None:
    lines = (
        "**One** — by A",
        "A text.",
        "https://a.example/1",
        "**Two** — by B",
        "A text.",
        "**Note:** see [there](https://b.example/2)",
        "https://a.example/2",
        "",
        "**Three** — by C",
        "A text, **bold:** inside.",
        "**Note:** see [there](https://b.example/3)",
        "https://a.example/3",
    )
    assert [item.title for item in _items(lines, ItemStart.BOLD)] == ["One", "Two", "Three"]


def test_a_bold_label_without_a_link_begins_no_item_where_titles_are_none() -> None:
    lines = (
        "**One** — by A",
        "[there](https://a.example/1)",
        "",
        "**Why it matters:** because.",
        "",
        "**Two** — by B, [there](https://a.example/2)",
    )
    assert [item.title for item in _items(lines, ItemStart.BOLD)] == ["One", "Two"]
    titled = tuple(line.replace("** — by", ":** by") for line in lines)
    assert [item.title for item in _items(titled, ItemStart.BOLD)] == ["One", "Why it matters", "Two"]


@pytest.mark.parametrize(
    "unit",
    ["**t{0}**: text\n", "**t{0}**: text https://a.example/{0}\n", "**t{0}:** text\n\n", "**t\n{0}** text\n"],
)
def test_four_times_as_many_titles_in_bold_are_four_times_the_work(unit: str) -> None:
    def work(count: int) -> int:
        lines = ("**One** — https://a.example", "", *(unit.format(n) for n in range(count)))
        return lines_run(lambda: _items(lines, ItemStart.BOLD))

    assert work(400) < 5 * work(100)


@pytest.mark.parametrize(
    ("below", "url", "links"),
    [
        ("[Read it](https://a.example/1)", "https://a.example/1", ()),
        ("<https://a.example/1>", "https://a.example/1", ()),
        ("[a.example/1](https://a.example/1)\n[Code](https://a.example/2)", "https://a.example/1", ("Code",)),
        ("[One](https://a.example/1) | [two](https://a.example/2)", None, ("One", "two")),
        ("- [One](https://a.example/1)", None, ("One",)),
    ],
)
def test_a_link_alone_below_a_heading_is_the_address_of_the_title(
    below: str, url: str | None, links: tuple[str, ...]
) -> None:
    (item,) = _items((f"### A story\n\n{below}\n\nIt is told.",), ItemStart.HEADING)
    assert (item.title, item.url) == ("A story", url)
    assert {link.label for link in item.links} <= set(links)
    assert plain(item.summary).endswith("It is told.")


@pytest.mark.parametrize(
    ("items", "titles"),
    [
        (
            ("- [甲题 | 甲站](https://a.example)", "摘要：甲。", "- 引擎乙：https://b.example", "摘要：乙。"),
            ["甲题", "引擎乙"],
        ),
        (
            (
                "- [One](https://a.example)",
                "Summary: one.",
                "- llama.cpp: https://b.example",
                "Summary: two.",
            ),
            ["One", "llama.cpp"],
        ),
        (
            (
                "- [甲题](https://a.example)",
                "摘要：甲。",
                "- 引擎乙：https://b.example",
                "代码：https://c.example",
                "摘要：乙。",
            ),
            ["甲题", "引擎乙"],
        ),
        (("- [甲题](https://a.example)", "- 幻灯：https://b.example", "- 摘要：甲。"), ["甲题"]),
        (("- [甲题](https://a.example)", "- 代码：https://b.example", "摘要：甲。"), ["甲题"]),
        (
            (
                "- [甲题](https://a.example)",
                "摘要：甲。",
                "- 代码：https://b.example",
                "- [乙题](https://c.example)",
            ),
            ["甲题", "乙题"],
        ),
    ],
)
def test_a_name_with_its_address_and_a_summary_of_its_own_is_an_item(
    items: tuple[str, ...], titles: list[str]
) -> None:
    read_items = read(issue_of(*items)).items
    assert [item.title for item in read_items] == titles
    assert not any("摘要" in plain(item.summary) or "Summary" in plain(item.summary) for item in read_items)
