"""Where numbered items begin, however the editor counts."""

import pytest

from bot.model import plain
from tests.digest.shipped import issue_of
from tests.digest.shipped import read as read_shipped
from tests.digest.test_headings import read


def numbers(*lines: str) -> list[str | None]:
    issue = read("\n".join(("## Links", "", *lines, "")), None, "number")
    return [item.number for item in issue.items if item.title]


def test_entries_that_all_have_the_same_number_are_items_and_are_counted_on_as_markdown_does() -> None:
    assert numbers("1. a", "", "1. b", "", "1. c") == ["1", "2", "3"]
    assert numbers("4. a", "", "5. b", "", "7. [c](https://c.example)") == ["4", "5", "6"]


def test_numbers_written_as_text_stay_as_written() -> None:
    assert numbers("12、[a](https://a.example)", "", "14、[b](https://b.example)") == ["12", "14"]


def test_below_a_heading_the_count_begins_anew() -> None:
    assert numbers("1) a", "", "2) b", "", "### Jobs", "", "1) c", "", "2) d") == ["1", "2", "1", "2"]


def test_a_list_inside_an_item_is_none_of_the_items() -> None:
    assert numbers("**1、a**", "", "1. x", "2. y", "", "**2、b**") == ["1", "2"]


def test_a_paragraph_with_a_link_may_be_an_item_its_first_sentence_the_title() -> None:
    text = (
        "## News\n\nAda [merged](https://a.example) a fix. It took a week.\n\n"
        "No link.\n\n[Lin](https://b.example) left\n"
    )
    items = read(text, None, "paragraph").items
    assert [(item.title, item.url, plain(item.summary)) for item in items] == [
        ("Ada merged a fix.", "https://a.example", "It took a week.\nNo link."),
        ("Lin left", "https://b.example", ""),
    ]


def test_all_marks_of_a_number_are_one_and_none_is_the_title() -> None:
    marks = ("1. ", "2、", "3．", "(4) ", "（5）", "⑥", "7) ")
    lines = (f"{mark}[t{place}](https://example.com/{place})" for place, mark in enumerate(marks, start=1))
    issue = read("\n".join(("## Links", "", *lines, "")), None, "number")
    assert [(item.number, item.title) for item in issue.items] == [(f"{n}", f"t{n}") for n in range(1, 8)]


def test_points_of_an_item_s_own_list_are_no_items_though_they_are_links_with_another_mark() -> None:
    point = "[x](https://example.com/x)"
    assert numbers(
        "1、[a](https://a.example)", "", f"1. {point}", f"2. {point}", "", "2、[b](https://b.example)"
    ) == ["1", "2"]


def _shipped(*lines: str) -> list[tuple[str | None, str]]:
    return [(item.title, plain(item.summary)) for item in read_shipped(issue_of(*lines)).items]


@pytest.mark.parametrize("between", [(), ("",), ("", "下面的旧一些。", "")])
@pytest.mark.parametrize("mark", [".", ")"])
def test_a_count_that_begins_anew_at_the_margin_goes_on_with_the_items(
    mark: str, between: tuple[str, ...]
) -> None:
    first = (f"1{mark} [甲](https://a.example)：一。", f"2{mark} [乙](https://b.example)：二。")
    again = (f"1{mark} [丙](https://c.example)：三。", f"2{mark} [丁](https://d.example)：四。")
    assert [title for title, _ in _shipped(*first, *between, *again)] == ["甲", "乙", "丙", "丁"]
    assert [title for title, _ in _shipped(*first, *between, again[0])] == ["甲", "乙", "丙"]
    mentioned = [line.replace("[", "看[") for line in (*first, *again)]
    assert len(_shipped(*mentioned[:2], *between, *mentioned[2:])) == len(mentioned)


def test_a_count_that_begins_anew_and_says_less_than_the_items_is_a_list_of_their_own() -> None:
    items = ("1. [甲](https://a.example)：一。", "2. [乙](https://b.example)：二。")
    for points in (("1. 快", "2. 小"), ("1. [文档](https://c.example)", "2. [示例](https://d.example)")):
        assert [title for title, _ in _shipped(*items, "", *points)] == ["甲", "乙"]


@pytest.mark.parametrize("bullet", ["*", "- 更多见官网。", "- 乙的要点\n- 乙的又一个要点"])
@pytest.mark.parametrize("mark", ["、", ". "])
def test_a_bullet_that_leads_nowhere_leaves_numbered_items_what_they_are(mark: str, bullet: str) -> None:
    items = _shipped(f"1{mark}[甲](https://a.example)：一。", f"2{mark}[乙](https://b.example)：二。", bullet)
    points = bullet.replace("- ", "").replace("*", "")
    assert items == [("甲", "一。"), ("乙", f"二。\n{points}".strip())]


def test_points_at_the_margin_below_a_numbered_item_belong_to_it() -> None:
    lines = (
        "1、[甲](https://a.example)",
        "- 见[文档](https://x.example)",
        "2、[乙](https://b.example)",
        "- 快",
    )
    assert [title for title, _ in _shipped(*lines)] == ["甲", "乙"]


@pytest.mark.parametrize("marks", ["-3-", "1-3", "123-5", "12-3456", "*2*", "--2---"])
def test_a_link_with_another_mark_in_the_middle_of_a_list_is_an_item(marks: str) -> None:
    lines = [f"{mark}. " if mark.isdigit() else f"{mark} " for mark in marks]
    names = [f"[题{place}](https://example.com/{place})：话。" for place in range(len(lines))]
    items = _shipped(*(mark + name for mark, name in zip(lines, names, strict=True)))
    assert items == [(f"题{place}", "话。") for place in range(len(lines))]


@pytest.mark.parametrize(
    ("marks", "numbers"), [("1-3", "1 3"), ("12-56", "1 2 5 6"), ("1-1-1", "1 2 3"), ("12-4", "1 2 4")]
)
def test_numbers_go_on_behind_an_item_with_another_mark(marks: str, numbers: str) -> None:
    lines = (f"{mark}. " if mark.isdigit() else f"{mark} " for mark in marks)
    entries = (f"{mark}[题{place}](https://example.com/{place})：话。" for place, mark in enumerate(lines))
    items = read_shipped(issue_of(*entries)).items
    assert [item.number for item in items if item.number] == numbers.split()


@pytest.mark.parametrize(
    "marks", ["1-2-", "1--2--", "1--4", "-12-12", "1-2", "12-", "123--4", "1-2-3", "-1-1", "-1-"]
)
def test_links_with_another_mark_below_items_stay_theirs(marks: str) -> None:
    lines = [f"{mark}. " if mark.isdigit() else f"{mark} " for mark in marks]
    names = [f"[题{place}](https://example.com/{place})：话。" for place in range(len(lines))]
    items = _shipped(*(mark + name for mark, name in zip(lines, names, strict=True)))
    main = [mark for mark in marks if mark.isdigit() == marks[0].isdigit()]
    assert len(items) == len(main)


def test_a_list_below_another_goes_on_with_the_items_though_its_marks_differ() -> None:
    bullets = ("- [甲](https://a.example)：一。", "- [乙](https://b.example)：二。")
    numbers = ("1. [丙](https://c.example)：三。", "2. [丁](https://d.example)：四。")
    assert [title for title, _ in _shipped(*bullets, "", *numbers)] == ["甲", "乙", "丙", "丁"]
    assert [title for title, _ in _shipped(*numbers, "", *bullets)] == ["丙", "丁", "甲", "乙"]
    assert [title for title, _ in _shipped(*bullets, *numbers)] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("mark", "empty"), [("、", "2、"), (". ", "2."), (") ", "2) "), ("、", "-"), (". ", "*")]
)
def test_a_mark_with_nothing_behind_it_is_told_and_no_reader_sees_it(mark: str, empty: str) -> None:
    lines = (f"1{mark}[甲](https://a.example)：一。", empty, f"3{mark}[乙](https://b.example)：二。", empty)
    issue = read_shipped(issue_of(*lines))
    assert [(item.title, plain(item.summary)) for item in issue.items] == [("甲", "一。"), ("乙", "二。")]
    told = [warning.line for warning in issue.warnings if warning.code == "empty-bullet"]
    assert told == [6, 8]


@pytest.mark.parametrize("mark", ["- {}. ", "* {}) ", "+ **{}.** ", "- "])
def test_a_bullet_carries_the_numbered_item_that_stands_right_behind_it(mark: str) -> None:
    lines = (
        line
        for place in (1, 2)
        for line in (f"{mark.format(place)}[题{place}](https://a.com/{place})", f"  摘要：第{place}句。")
    )
    items = read_shipped(issue_of(*lines)).items
    assert [(item.title, item.url) for item in items] == [(f"题{n}", f"https://a.com/{n}") for n in (1, 2)]
    assert [item.summary[0].text for item in items] == ["第1句。", "第2句。"]


def test_a_list_below_a_bullet_without_words_is_its_own() -> None:
    assert len(read_shipped(issue_of("- 1. 甲", "  2. 乙", "  3. 丙")).items) < 3


@pytest.mark.parametrize("mark", ["- ", "7. ", "* 1. "])
@pytest.mark.parametrize("title", ["[{}. 题](https://a.com/{})", "[{}、题](/{})", "({}) 题", "**{}. 题**"])
def test_numbers_that_run_on_before_the_titles_of_a_section_are_those_of_its_items(
    mark: str, title: str
) -> None:
    items = read_shipped(issue_of(*(mark + title.format(place, place) for place in (1, 2, 3)))).items
    assert [item.title for item in items] == ["题"] * 3


@pytest.mark.parametrize("numbers", [(3,), (3, 9), (9, 3)])
def test_a_number_that_does_not_run_on_is_the_title_s(numbers: tuple[int, ...]) -> None:
    items = read_shipped(issue_of(*(f"- [{number}. 题](https://a.com/{number})" for number in numbers))).items
    assert [item.title for item in items] == [f"{number}. 题" for number in numbers]
