"""Where numbered items begin, however the editor counts."""

from bot.model import plain
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
