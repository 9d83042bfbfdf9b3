"""Rows of a table as items."""

import pytest

from bot.digest.habits import LevelRole
from bot.model import Issue, LineKind, plain
from tests.digest import shipped
from tests.digest.shipped import issue_of
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


def test_the_head_of_a_column_leads_where_it_led() -> None:
    issue = rows("Name | [Score](https://h.example)", "---|---", "[a](https://a.example) | 12")
    spans = issue.items[0].summary[0].spans
    assert [(span.text, span.url) for span in spans] == [
        ("Score", "https://h.example"),
        (": ", None),
        ("12", None),
    ]


ALPHA, BETA = '<a href="https://a.example">Alpha</a>', '<a href="https://b.example"><b>Beta</b></a>'
PLAIN = f"""
<table>
<tr><th>Name</th><th>About</th></tr>
<tr><td>{ALPHA}</td><td>It is <em>quick</em>.</td></tr>
<tr><td>{BETA}</td><td>It is slow.</td></tr>
</table>
"""
INDENTED = f"""
<div><TABLE border=1><THEAD>
  <TR><TD>Name</TD><TD>About</TD></TR>
</THEAD>
<TBODY>
  <TR>
    <TD>{ALPHA}</TD>
    <TD>It<br>is quick.</TD>
  </TR>
  <TR>
    <TD>{BETA}</TD>
    <TD>It is
    slow.</TD>
  </TR></TBODY></TABLE></div>
"""
WITH_MARKDOWN = """
<table>
<tr><th>Name</th><th>About</th></tr>
<tr><td>

[Alpha](https://a.example)

</td><td>

It is **quick**.

</td></tr>
<tr><td>[Beta](https://b.example)</td><td>

It is slow.

</td></tr></table>
"""
UNCLOSED_CELLS = (
    f"<table><tr><th>Name<th>About<tr><td>{ALPHA}<td>It is quick.<tr><td>{BETA}<td>It is slow.</table>"
)


@pytest.mark.parametrize(
    "table",
    [PLAIN, INDENTED, WITH_MARKDOWN, UNCLOSED_CELLS, f"<table><tr><td>{PLAIN}</td></tr></table>"],
    ids=["plain", "indented", "with Markdown", "cells that are not closed", "in a table"],
)
def test_a_table_in_html_is_read_as_its_twin_in_markdown(table: str) -> None:
    issue = rows(*table.split("\n"))
    assert [(item.title, item.url, plain(item.summary)) for item in issue.items] == [
        ("Alpha", "https://a.example", "About: It is quick."),
        ("Beta", "https://b.example", "About: It is slow."),
    ]


def test_a_cell_in_html_may_span_columns_and_rows() -> None:
    issue = rows(
        "<table><tr><th>Kind</th><th>Name</th><th>Stars</th></tr>",
        f"<tr><td rowspan=2>tool</td><td>{ALPHA}</td><td>5</td></tr>",
        f"<tr><td>{BETA}</td><td>9</td></tr></table>",
        "That is all.",
    )
    assert [(item.title, plain(item.summary)) for item in issue.items] == [
        ("Alpha", "Kind: tool\nStars: 5"),
        ("Beta", "Stars: 9"),
        (None, "That is all."),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Hello,</td></tr>\n<tr><td>read this.</td></tr></table>",
        "<table><tr><td>Hello,</td><td>read this.</td></tr></table>",
        "<table><tr><td>\n\nHello,\n\n</td><td>\n\nread this.\n\n</td></tr></table>",
    ],
)
def test_a_table_that_lays_out_a_page_is_text(table: str) -> None:
    (item,) = rows(*table.split("\n")).items
    assert (item.title, plain(item.summary).split()) == (None, ["Hello,", "read", "this."])
    assert {line.kind for line in item.summary} == {LineKind.TEXT}


def test_tags_of_tables_that_are_named_in_a_sentence_are_words() -> None:
    (item,) = rows("Use the tag <td> in a <table> for it.").items
    assert plain(item.summary) == "Use the tag <td> in a <table> for it."


@pytest.mark.parametrize(
    "lines",
    [
        (
            "| a | b |",
            "|---|---|",
            "| One | x |",
            "| ![](https://x.example/1.png) | ![](https://x.example/2.png) |",
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>One</td><td>x</td></tr><tr><td>Two</td><td>y</td></tr>",
            '<tr><td><img src="https://x.example/1.png"></td><td><img src="https://x.example/2.png"></td></tr>',
            "</table>",
        ),
    ],
    ids=["markdown", "html"],
)
def test_pictures_that_are_all_of_a_row_are_told(lines: tuple[str, ...]) -> None:
    item = rows(*lines).items[-1]
    told = [item.url, *(link.url for link in item.links)]
    assert told == ["https://x.example/1.png", "https://x.example/2.png"]


def test_a_cell_that_reaches_down_takes_its_place_in_no_row_below() -> None:
    issue = rows(
        "<table><tr><th>Name</th><th>Kind</th></tr><tr><td>A</td><td rowspan=2>fast</td></tr>",
        "<tr><td>B</td></tr><tr><td>C</td><td>slow</td></tr></table>",
    )
    texts = [(item.title, plain(item.summary)) for item in issue.items]
    assert texts == [("A", "Kind: fast"), ("B", ""), ("C", "Kind: slow")]


WELL_MADE = "| 模型 | 精度 | 速度 |\n|---|---|---|\n| 小 | 70 | 快 |\n| 大 | 80 | 慢 |"


@pytest.mark.parametrize(
    "table",
    [
        WELL_MADE.replace("|---|---|---|", "|---|---|"),
        WELL_MADE.replace("|---|---|---|", "|---|---|---|---|"),
        WELL_MADE.replace("|---|---|---|", "|—|—|—|"),
        WELL_MADE.replace("|", "｜"),
        WELL_MADE.replace("\n", "\n\n"),
        WELL_MADE.replace("|\n| 大", "|\n\n| 大"),
        WELL_MADE.replace("|\n|---", "|\n\n|---"),
        WELL_MADE.replace("|", "｜").replace("\n", "\n\n"),
    ],
)
def test_a_table_whose_lines_slipped_is_read_as_its_well_made_twin_and_told(table: str) -> None:
    item = ("- [甲题](https://a.example)", "摘要：甲。", "")
    twin, issue = (
        shipped.read(issue_of(*item, one, "", "- [乙题](https://b.example)")) for one in (WELL_MADE, table)
    )
    assert [one.summary for one in issue.items] == [one.summary for one in twin.items]
    assert [note.code for note in issue.warnings].count("broken-table") == 1
    assert "broken-table" not in {note.code for note in twin.warnings}


@pytest.mark.parametrize(
    "text",
    [
        "```\n| 模型 | 精度 |\n|---|\n| 小 | 70 |\n```",
        "| 模型 | 精度 |\n|---|---|\n| 小 | 70 |\n\n| 价 | 量 |\n|---|---|\n| 1 | 2 |",
        "| 甲 ｜ 所 | 精度 |\n|---|---|\n| 小 | 70 |",
        "| 一行 |\n\n---\n\n| 另一行 |",
    ],
)
def test_what_is_no_table_or_well_made_stays_as_it_is(text: str) -> None:
    issue = shipped.read(issue_of("- [甲题](https://a.example)", "摘要：甲。", "", text))
    assert "broken-table" not in {note.code for note in issue.warnings}


@pytest.mark.parametrize("bar", ["|", "｜"])
@pytest.mark.parametrize("above", ["", "引言。\n\n", "- [甲题 | 源](https://a.example)\n摘要：甲。\n\n"])
def test_a_table_without_its_line_of_dashes_is_read_as_its_well_made_twin(above: str, bar: str) -> None:
    linked = WELL_MADE.replace("小", "[小](https://b.example)")
    undivided = linked.replace("|---|---|---|\n", "").replace("|", bar)
    twin, issue = (shipped.read(issue_of(above + table)) for table in (linked, undivided))
    assert [(one.title, one.summary) for one in issue.items] == [
        (one.title, one.summary) for one in twin.items
    ]


@pytest.mark.parametrize("text", ["| 只有 | 一行 |", "| 一 | 行 |\n| 另 | 一 | 行 |", "| 甲 |\n| 乙 |"])
def test_a_line_between_bars_alone_or_of_other_columns_is_text(text: str) -> None:
    (item,) = shipped.read(issue_of("- [甲题](https://a.example)", "摘要：甲。", "", text)).items
    assert plain(item.summary).endswith(text)


def test_a_longer_column_of_links_is_the_title_where_the_first_has_none() -> None:
    issue = rows(
        "| Firm | News |",
        "|---|---|",
        "| Apple | [ships a new chip](https://a.example) |",
        "| Google | [opens a compiler](https://b.example) |",
    )
    assert [(item.title, item.url, plain(item.summary)) for item in issue.items] == [
        ("ships a new chip", "https://a.example", "Firm: Apple"),
        ("opens a compiler", "https://b.example", "Firm: Google"),
    ]


def test_a_link_that_is_called_what_it_is_leads_where_the_title_leads() -> None:
    issue = rows("| Paper | Link |", "|---|---|", "| Alpha | [link](https://a.example) |")
    (item,) = issue.items
    assert (item.title, item.url, item.links) == ("Alpha", "https://a.example", ())


def test_a_table_in_a_section_without_a_list_is_its_items_in_our_own_digest_too() -> None:
    table = (
        "| 项目 | 简介 |",
        "|---|---|",
        "| [甲](https://a.example) | 很快 |",
        "| [乙](https://b.example) | 很小 |",
    )
    issue = shipped.read(issue_of(*table))
    assert [(item.title, plain(item.summary)) for item in issue.items] == [
        ("甲", "很快"),
        ("乙", "很小"),
    ]


def test_the_one_link_of_a_column_that_says_where_leads_from_the_title() -> None:
    issue = rows(
        "| Name | About | URL |",
        "|---|---|---|",
        "| Alpha | small | https://a.example |",
        "| Beta | fast | [GitHub](https://b.example) |",
        "| Gamma | new | soon |",
    )
    assert [(item.title, item.url, plain(item.summary)) for item in issue.items] == [
        ("Alpha", "https://a.example", "About: small"),
        ("Beta", "https://b.example", "About: fast"),
        ("Gamma", None, "About: new\nURL: soon"),
    ]
