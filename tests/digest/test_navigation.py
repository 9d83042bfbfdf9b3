"""A link to a place within the page leads nowhere in a chat; what is told there all the same is told."""

import pytest

from bot.digest.parsing.notes import Notes
from bot.digest.parsing.row_reader import read_rows
from bot.digest.parsing.rows import RowKind
from bot.model import Issue, plain
from tests.digest.test_headings import read, shape

A = "[a](https://a.example)"


def left_out(issue: Issue) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in issue.left_out if one.rule == "place in the page"]


@pytest.mark.parametrize(
    "way",
    [
        "[↑ top](#top)",
        "[Back to contents](#contents) | [Next](#tools) →",
        '<p align="right"><a href="#top">back to top</a></p>',
        "* [News](#news)",
        "**[回到目录](#toc)**",
        "[⬆](#)",
        '<div\nclass=up>\n<a href="#top">⬆ Наверх</a>\n</div>',
    ],
)
@pytest.mark.parametrize("habit", ["bullet", "bold", "link"])
def test_a_way_through_the_page_is_left_out_by_a_rule(way: str, habit: str) -> None:
    item = {"bullet": f"- {A}", "bold": f"**{A}**", "link": A}[habit]
    issue = read(f"## News\n\n{item}\n\n{way}\n\n## Tools\n\n{item}\n\n{way}\n", None, habit)
    assert shape(issue) == [("News", [((), "a")]), ("Tools", [((), "a")])]
    assert [plain(part.items[0].summary) for part in issue.sections] == ["", ""]
    assert [text for _, text in left_out(issue)] == [way.removeprefix("* ").replace("\n", " ")] * 2


def test_the_contents_of_a_page_are_left_out() -> None:
    issue = read(f"- [News](#news)\n  - [a](#a)\n- [Tools](#tools)\n\n## News\n\n- {A}\n")
    assert (issue.lead, left_out(issue)) == (
        (),
        [(1, "[News](#news)"), (2, "[a](#a)"), (3, "[Tools](#tools)")],
    )


@pytest.mark.parametrize(
    ("text", "title", "summary"),
    [
        ("- [One](#one) is told.", "One is told.", ""),
        ("- [One](#one)\n\n  And more.", "One", "And more."),
        ("- [One](#one)\n  And more.", "One", "And more."),
        ("- [One](#)", "One", ""),
        ("- ![One](one.png)\n  [#2](#two)", None, "#2"),
    ],
)
def test_what_says_more_is_told(text: str, title: str | None, summary: str) -> None:
    (item,) = read(f"## News\n\n{text}\n").sections[0].items
    assert (item.title, plain(item.summary).removesuffix("\n").split("\n")[-1]) == (title, summary)


@pytest.mark.parametrize(
    "heading",
    [
        '## News [¶](#news "Permanent link")',
        "## News ¶",
        '## News <a class="anchor" href="#news" title="to here">#</a>',
        "## [](#news)News",
        "## *News* [🔗](#news) {#news}",
        "News [§](#news)\n----",
        "## News [↑ top](#top)",
        '<h2 id="news">News <a href="#news">¶</a></h2>',
        "## [News](#news)",
        '## <a name="news"></a>News',
    ],
)
def test_a_heading_is_called_without_the_links_to_itself(heading: str) -> None:
    assert shape(read(f"# Demo\n\n{heading}\n\n- {A}\n")) == [("News", [((), "a")])]


@pytest.mark.parametrize("heading", ["C [#](#c)#", "[¶](#p)", "¶", "Tools for [Rust](#rust)", "§ 7"])
def test_what_is_part_of_a_heading_stays(heading: str) -> None:
    name = {"C [#](#c)#": "C #", "[¶](#p)": "¶", "Tools for [Rust](#rust)": "Tools for Rust"}
    (row,) = read_rows(f"## {heading}", Notes())
    assert row.text == name.get(heading, heading)


@pytest.mark.parametrize("rule", ["<hr>", "<hr\n/>", "***", "<footer>", '<hr class="end">\n<footer>'])
def test_what_stands_behind_a_rule_is_no_part_of_the_last_item(rule: str) -> None:
    text = f"## News\n\n**Title**\n\nText.\n\n{rule}\nGood bye.\n"
    issue = read(text.replace("<footer>\nGood bye.", "<footer>\nGood bye.</footer>"), None, "bold")
    told = [(item.title, plain(item.summary)) for item in issue.sections[0].items]
    assert told == [("Title", "Text."), (None, "Good bye.")]


def test_a_rule_in_a_quotation_is_a_part_of_it() -> None:
    (item,) = read("## News\n\n**Title**\n\n> Text.\n> <hr>\n> More.\n", None, "bold").sections[0].items
    assert plain(item.summary) == "Text.\nMore."


def test_a_rule_in_html_is_one() -> None:
    rows = read_rows("one\n<hr>\ntwo<hr/>three\n<footer>four</footer>", Notes())
    assert [(row.number, row.kind is RowKind.RULE, row.text) for row in rows] == [
        (1, False, "one"),
        (2, True, ""),
        (3, False, "two"),
        (3, True, ""),
        (3, False, "three"),
        (4, True, ""),
        (4, False, "four"),
    ]
