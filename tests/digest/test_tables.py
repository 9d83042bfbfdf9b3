"""Rows of a table as items."""

from bot.digest.habits import LevelRole
from bot.model import Issue, plain
from tests.digest.test_headings import read


def rows(*lines: str) -> Issue:
    return read("\n".join(("## Papers", "", *lines, "")), {2: LevelRole.SECTION}, "row")


def test_each_row_is_an_item_with_the_links_of_all_its_cells() -> None:
    issue = rows(
        "| Paper | Links |",
        "| --- | --- |",
        "| 1) **Alpha** - about quantization | [Paper](https://a.example), [Post](https://b.example) |",
        "| 2) Beta  about games | [Paper](https://c.example) |",
    )
    assert [(item.number, item.title, plain(item.summary), item.line) for item in issue.items] == [
        ("1", "Alpha", "about quantization", 5),
        ("2", "Beta", "about games", 6),
    ]
    assert [[link.label for link in item.links] for item in issue.items] == [["Paper", "Post"], ["Paper"]]
    assert [(one.text, one.rule) for one in issue.left_out] == [
        ("Paper", "head of a table"),
        ("Links", "head of a table"),
    ]


def test_a_cell_of_words_is_labelled_by_the_head_of_its_column() -> None:
    issue = rows("| # | Name | Stars |", "|---|---|---|", "| 1 | [Alpha](https://a.example) | 12k |")
    (item,) = issue.items
    assert (item.title, item.url, plain(item.summary)) == ("Alpha", "https://a.example", "#: 1\nStars: 12k")


def test_a_column_that_says_the_same_in_each_row_is_not_the_title() -> None:
    issue = rows("| Kind | Name |", "|---|---|", "| tool | Alpha |", "| tool | Beta |")
    assert [(item.title, plain(item.summary)) for item in issue.items] == [
        ("Alpha", "Kind: tool"),
        ("Beta", "Kind: tool"),
    ]


def test_a_cell_beyond_the_columns_of_its_table_is_read_all_the_same() -> None:
    issue = rows(
        "Name | Stars", "---|---", "[Alpha](https://a.example) | 12k | see [here](https://b.example)"
    )
    (item,) = issue.items
    assert plain(item.summary) == "Stars: 12k\nsee here"
    assert [span.url for line in item.summary for span in line.spans if span.url] == ["https://b.example"]


def test_a_column_that_counts_the_rows_is_their_numbers() -> None:
    issue = rows(
        "| # | Name |", "|---|---|", "| 7 | [a](https://a.example) |", "| 8 | [b](https://b.example) |"
    )
    assert [(item.number, item.title, item.summary) for item in issue.items] == [
        ("7", "a", ()),
        ("8", "b", ()),
    ]


def test_an_address_as_it_is_beside_a_linked_title_is_called_by_the_head_of_its_column() -> None:
    issue = rows("Name | Code", "---|---", "[a](https://a.example) | https://code.example/a")
    assert [(link.label, link.url) for link in issue.items[0].links] == [("Code", "https://code.example/a")]


def test_text_below_a_table_is_not_its_last_row_s() -> None:
    issue = rows("Name | Stars", "---|---", "[a](https://a.example) | 12", "", "That is all.")
    assert [(item.title, plain(item.summary)) for item in issue.items] == [
        ("a", "Stars: 12"),
        (None, "That is all."),
    ]
