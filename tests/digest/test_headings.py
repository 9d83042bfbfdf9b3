"""Headings are a tree: each level has a role, and no heading is lost."""

import pytest

from bot.digest.habits import ItemHabit, LevelRole
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.model import Issue, plain
from tests.digest.shipped import issue_of
from tests.digest.shipped import read as read_shipped


def read(text: str, levels: dict[int, LevelRole] | None = None, *begin: str) -> Issue:
    """An issue of a digest with these roles of levels, whose items begin so."""
    profile = Profile.model_validate(
        {
            "name": "Demo",
            "language": "en",
            "files": ".*",
            "date": None,
            "other_headings": "usual",
            "items": ItemHabit.model_validate({"begin": begin or ("bullet",), "source": ""}),
            **({"levels": levels} if levels else {}),
        }
    )
    return parse(text, slug="demo", profile=profile)


def shape(issue: Issue) -> list[tuple[str, list[tuple[tuple[str, ...], str | None]]]]:
    return [(part.heading, [(item.groups, item.title) for item in part.items]) for part in issue.sections]


def test_a_heading_inside_a_section_is_a_group_of_the_items_below_it() -> None:
    text = (
        "# Demo\n\n## Tools\n\n- [a](https://a.example)\n\n### For C\n\n- [b](https://b.example)\n\n"
        "#### Old\n\n- [c](https://c.example)\n\n### For Go\n\n- [d](https://d.example)\n"
    )
    groups = [((), "a"), (("For C",), "b"), (("For C", "Old"), "c"), (("For Go",), "d")]
    assert shape(read(text)) == [("Tools", groups)]


def test_a_heading_with_text_alone_below_it_stays_in_the_text() -> None:
    (section,) = read("## News\n\n- [a](https://a.example)\n\n### About\n\nWe are few.\n").sections
    assert [plain(item.summary) for item in section.items if not item.title] == ["About\nWe are few."]


def test_levels_say_what_headings_are() -> None:
    text = (
        "# Demo\n\n## Site\n\n### Source\n\n#### A story\n\n<https://a.example>\n\n"
        "#### [Another](https://b.example)\n\nText.\n\n##### Detail\n\nMore.\n"
    )
    levels = {2: LevelRole.SECTION, 3: LevelRole.GROUP, 4: LevelRole.ITEM}
    issue = read(text, levels, "heading")
    assert shape(issue) == [("Site", [(("Source",), "A story"), (("Source",), "Another")])]
    first, second = issue.items
    assert (first.url, first.links) == ("https://a.example", ())
    assert plain(second.summary) == "Text.\nDetail\nMore."


def test_items_may_stand_above_all_sections() -> None:
    issue = read(
        "# Demo\n\nHello.\n\n## [One](https://a.example)\n\nText.\n\n## Two\n", {2: LevelRole.ITEM}, "heading"
    )
    assert (plain(issue.lead), shape(issue)) == ("Hello.", [("Demo", [((), "One"), ((), "Two")])])


def test_what_stands_below_an_ignored_heading_is_left_out_by_its_name() -> None:
    issue = read(
        "## News\n\n- a\n\n### Imprint\n\nWe.\n\n#### More\n\n## Tools\n\n- b\n",
        {2: LevelRole.SECTION, 3: LevelRole.IGNORE},
    )
    assert [(one.line, one.text, one.rule) for one in issue.left_out] == [
        (5, "Imprint", "Imprint"),
        (7, "We.", "Imprint"),
        (9, "More", "Imprint"),
    ]


def test_a_heading_with_nothing_but_deeper_sections_below_it_stands_above_them() -> None:
    text = "## Updates\n\n### News\n\n- a\n\n### Tools\n\n- b\n"
    issue = read(text, {3: LevelRole.SECTION})
    assert [(part.above, part.heading) for part in issue.sections] == [
        (("Updates",), "News"),
        (("Updates",), "Tools"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "## News",
        "News\n----",
        "##News",
        "＃＃News",
        "##\u3000News",
        "##\u00a0News",
        "##\u2003 News",
        "> ## News",
        "<h2>News</h2>",
        '<h2 id="n">\n<a href="#n">News</a></h2>',
        "## News {#news}",
        "## News ##",
        "##News##",
        "  ##News",
        " ＃＃ News",
        "  ##\u00a0News ##",
        "**## News**",
        "<!-- first --> ## News",
        "<!--\nfirst\n-->## News",
    ],
)
def test_a_heading_is_one_however_it_is_written(heading: str) -> None:
    issue = read(f"# Demo\n\n{heading}\n\n- [a](https://a.example)\n")
    assert shape(issue) == [("News", [((), "a")])]


def test_where_a_heading_leads_is_told_below_it() -> None:
    (section,) = read("## [News](https://n.example)\n\n- [a](https://a.example)\n").sections
    assert [(link.label, link.url) for link in section.items[0].links] == [("News", "https://n.example")]


@pytest.mark.parametrize(
    ("heading", "links"),
    [
        ("[Old](https://o.example)", ["Old"]),
        ("[Old](https://o.example) and [new](https://n.example)", ["Old", "new"]),
        ("Old [here](https://o.example)", ["here"]),
        ("[Old | Site](https://o.example)", ["🔗 o.example"]),
    ],
)
def test_where_the_heading_of_a_group_leads_is_called_by_its_words(heading: str, links: list[str]) -> None:
    text = f"## News\n\n- [a](https://a.example)\n\n### {heading}\n\n- [b](https://b.example)\n"
    first, group, last = read(text).sections[0].items
    spans = [span for line in group.summary for span in line.spans]
    assert [*(link.label for link in group.links), *(span.text for span in spans if span.url)] == links
    assert (first.title, group.title, last.title) == ("a", None, "b")
    assert (first.groups, group.groups) == ((), last.groups)


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [("- ", "1. ", "2. "), ("1. ", "- ", "- "), ("* ", "1) ", "2) "), ("- ", "1、", "2、")],
)
def test_a_heading_opens_a_group_whatever_its_items_begin_with(first: str, second: str, third: str) -> None:
    text = (
        f"## News\n\n### One\n\n{first}[a | x](https://a.example)\n\n### Two\n\n"
        f"{second}[b | x](https://b.example)\n\n{third}[c | x](https://c.example)\n\n"
        f"### Three\n\n{first}[d | x](https://d.example)\n"
    )
    issue = read_shipped(f"# Demo (2026-03-02)\n\n{text}")
    groups = [(("One",), "a"), (("Two",), "b"), (("Two",), "c"), (("Three",), "d")]
    assert shape(issue) == [("News", groups)]


def test_a_list_below_a_heading_that_has_no_links_is_text() -> None:
    text = "## News\n\n- [a](https://a.example)\n\n### How\n\n1. One\n2. Two\n"
    assert [item.title for item in read_shipped(text).items] == ["a", None]


def test_dashes_below_a_sentence_are_a_rule() -> None:
    issue = read("# Demo\n\n## News\n\n- a\n\nThat was all.\n-------------\n\nBye\n---\n")
    assert [part.heading for part in issue.sections] == ["News"]


@pytest.mark.parametrize(
    "heading",
    [
        "Demo 7\n=",
        "Demo\n7\n====",
        "Demo\n7\n---------",
        "Demo 7\n＝＝＝＝",
        "  Demo\n7\n  ==",
        "> Demo 7\n> ＝＝",
        "Demo 7\n-------",
    ],
)
def test_a_title_is_underlined_by_any_line_and_may_be_several_lines(heading: str) -> None:
    issue = read(f"{heading}\n\nHello.\n\n## News\n\n- [a](https://a.example)\n", {2: LevelRole.SECTION})
    level_2 = "---" in heading
    assert (issue.title, plain(issue.lead)) == ("Demo 7", "Hello.") or level_2
    assert [part.heading for part in issue.sections] == ["Demo 7", "News"][not level_2 :]


@pytest.mark.parametrize(
    "text",
    [
        "One,\ntwo.\n=======",
        "One;\ntwo\n-------",
        "[a](https://a.example)\n[b](https://b.example)\n-------",
        "One\ntwo\n---",
        "Hello.\n=",
        "Hello.\n\n＝＝＝",
    ],
)
def test_a_line_below_sentences_or_entries_makes_no_heading_of_them(text: str) -> None:
    issue = read(f"# Demo\n\n{text}\n\n## News\n\n- [a](https://a.example)\n")
    assert [part.heading for part in issue.sections] == ["News"]


def test_the_old_key_of_a_level_is_read_as_the_new_one() -> None:
    values = {"name": "Demo", "language": "en", "files": ".*", "date": None, "section_level": 3}
    assert Profile.model_validate(values).levels == {3: LevelRole.SECTION}


def test_items_above_the_first_section_are_items() -> None:
    text = "Hello.\n\n- [a](https://a.example)\n- [b](https://b.example)\n\n## News\n\n- [c](https://c.example)\n"
    issue = read(text)
    assert (plain(issue.lead), shape(issue)) == (
        "Hello.",
        [("Demo", [((), "a"), ((), "b")]), ("News", [((), "c")])],
    )


def test_the_contents_of_a_page_above_its_first_section_are_no_items() -> None:
    issue = read("- [News](#news)\n- [Tools](#tools)\n\n## News\n\n- [c](https://c.example)\n")
    assert [part.heading for part in issue.sections] == ["News"]


def test_an_item_behind_a_section_of_its_own_level_is_not_in_it() -> None:
    profile = Profile.model_validate(
        {
            "name": "Demo",
            "language": "en",
            "files": ".*",
            "date": None,
            "levels": {2: "item"},
            "items": {"begin": ["heading"], "source": ""},
            "sections": {"brief": {"headings": ["In brief"], "items": {"begin": ["bullet"]}}},
        }
    )
    text = "## One\n\nText.\n\n## In brief\n\n- [a](https://a.example)\n\n## Two\n\nText.\n"
    assert shape(parse(text, slug="demo", profile=profile)) == [
        ("Demo", [((), "One")]),
        ("In brief", [((), "a")]),
        ("Demo", [((), "Two")]),
    ]


def test_a_heading_not_below_any_section_opens_one_whatever_its_level() -> None:
    text = "Hello.\n\n### Reading\n\n- [a](https://a.example)\n\n### Tools\n\n- [b](https://b.example)\n"
    assert shape(read(text)) == [("Reading", [((), "a")]), ("Tools", [((), "b")])]


def test_a_heading_of_several_hundred_characters_is_text() -> None:
    long = "word " * 80
    issue = read(f"## News\n\n- [a](https://a.example)\n\n## {long}\n\n- [b](https://b.example)\n")
    assert [part.heading for part in issue.sections] == ["News"]
    assert long.strip() in "".join(plain(item.summary) for item in issue.items)


def test_a_bold_line_right_above_items_is_a_group() -> None:
    text = (
        "## Web\n\n**Reading**\n\n- [a](https://a.example)\n- [b](https://b.example)\n\n"
        "**Tools:**\n- [c](https://c.example)\n"
    )
    groups = [(("Reading",), "a"), (("Reading",), "b"), (("Tools",), "c")]
    assert shape(read(text)) == [("Web", groups)]


def test_a_bold_line_glued_to_the_item_above_is_a_group_where_another_one_is() -> None:
    item = "- [{0}](https://{0}.example)\n摘要：一。\n"
    glued = f"{item.format('a')}**剪枝**\n{item.format('b')}"
    assert [one.groups for one in read_shipped(issue_of(f"**量化**\n{glued}")).items] == [
        ("量化",),
        ("剪枝",),
    ]
    assert [one.groups for one in read_shipped(issue_of(glued)).items] == [(), ()]


def test_a_heading_that_stands_twice_heads_one_group() -> None:
    issue = read_shipped(issue_of("### 量化\n\n### 量化\n\n- [a](https://a.example)\n摘要：一。"))
    assert [(item.title, item.groups) for item in issue.items] == [("a", ("量化",))]


def test_a_few_words_with_a_colon_right_above_items_are_a_group() -> None:
    text = (
        "## Web\n\nReading:\n\n- [a](https://a.example)\n- [b](https://b.example)\n\n"
        "工具 🛠️：\n- [c](https://c.example)\n"
    )
    groups = [(("Reading",), "a"), (("Reading",), "b"), (("工具 🛠️",), "c")]
    assert shape(read(text)) == [("Web", groups)]


def test_a_label_alone_on_its_line_heads_nothing() -> None:
    lines = (
        "- [甲 | 某站](https://a.example)",
        "摘要：好。",
        "",
        "论文：",
        "",
        "- [乙 | 某站](https://b.example)",
    )
    issue = read_shipped("\n".join(("# 样刊 (2026-03-02)", "", "## 论文", "", *lines, "")))
    assert [item.groups for item in issue.items] == [(), ()]


def test_words_before_a_paragraph_head_nothing_where_paragraphs_are_items() -> None:
    first, then = "First [A](https://a.example) is small.", "Then [B](https://b.example) came."
    text = f"## T\n\n{first}\n\nThe code:\n\nhttps://c.example/x\n\n{then}\n"
    assert {item.groups for item in read(text, None, "paragraph").items} == {()}


def test_a_heading_above_an_empty_section_is_left_out_where_none_beside_it_shows_it() -> None:
    text = "## P\n\n### V\n\n## B\n\n- [b](https://b.example)\n\n## P\n\n### L\n\n- [l](https://l.example)\n"
    issue = read(text, {2: LevelRole.SECTION, 3: LevelRole.SECTION})
    assert [(one.line, one.text) for one in issue.left_out if one.text == "P"] == [(3, "P")]


@pytest.mark.parametrize(("line", "group"), [("Texts:", "Texts"), ("**Texts**", "Texts")])
def test_a_group_above_the_first_item_is_one_without_any_heading_too(line: str, group: str) -> None:
    issue = read(f"Reading\n=======\n\n{line}\n\n- [a](https://a.example)\n- [b](https://b.example)\n")
    assert [item.groups for item in issue.items] == [(group,), (group,)]
    assert not issue.lead


@pytest.mark.parametrize(
    "line",
    [
        "**All times are local.**",
        "**[x](https://x.example)**",
        "Plain",
        "See https://x.example:",
        "[Jobs](https://x.example) and more:",
    ],
)
def test_a_sentence_or_link_above_items_is_text(line: str) -> None:
    issue = read(f"## Web\n\n- [a](https://a.example)\n\n{line}\n\n- [b](https://b.example)\n")
    assert {item.groups for item in issue.items} == {()}


def test_below_a_bold_line_the_links_of_a_list_are_items_among_paragraphs_that_are() -> None:
    text = (
        "## Web\n\n[a](https://a.example)\n\nText of a.\n\n- a point\n\n"
        "**More**\n\n- [b](https://b.example): good\n- 🎥 [c](https://c.example)\n"
    )
    issue = read(text, None, "line")
    assert shape(issue) == [("Web", [((), "a"), (("More",), "b"), (("More",), "c")])]
    assert plain(issue.items[0].summary) == "Text of a.\na point"


def test_a_link_that_markdown_does_not_see_is_a_line_among_links_all_the_same() -> None:
    text = "## Web\n\n[a] (https://a.example) - one\n[b](https://b.example) - two\n"
    issue = read(text, None, "line")
    assert [(item.title, item.url) for item in issue.items] == [
        ("a", "https://a.example"),
        ("b", "https://b.example"),
    ]


def test_items_above_the_first_section_may_have_their_links_below_their_titles() -> None:
    text = "1. One\n   <https://a.example>\n2. Two\n   <https://b.example>\n\n## Careers\n\n1. [c](https://c.example)\n"
    assert [part.heading for part in read(text, None, "number").sections] == ["Demo", "Careers"]


def test_pictures_beside_the_words_of_a_heading_are_left_out_by_a_rule() -> None:
    text = (
        '# Demo [<img src="https://hits.example.com/badge.svg"/>](https://hits.example.com)\n\n'
        "## Tools ![](https://img.example.com/x.svg)\n\n- [a](https://a.example)\n\n"
        "### Small ![](https://img.example.com/y.svg)\n\n- [b](https://b.example)\n"
    )
    issue = read(text)
    assert (issue.title, shape(issue)) == ("Demo", [("Tools", [((), "a"), (("Small",), "b")])])
    assert {one.rule for one in issue.left_out} == {"picture in a heading"}


GLUED = "Demo\n====\n\nFirst\n-----\n\n{}\nTools\n{}\n\n{}\n"


@pytest.mark.parametrize(
    "above",
    [
        "- [a](https://a.example)",
        "1. [a](https://a.example)\n2. [c](https://c.example)",
        "* [a](https://a.example)\n  It is good.",
        "- [a](https://a.example)\n\nThis was the first part.",
        "- [a](https://a.example)\n> A quotation",
    ],
)
@pytest.mark.parametrize("underline", ["-----", "==="])
def test_a_name_glued_below_the_end_of_a_text_and_underlined_is_a_heading(above: str, underline: str) -> None:
    text = GLUED.format(above, underline, "- [b](https://b.example)")
    issue = read_shipped(text)
    assert [part.heading for part in issue.sections] == ["First", "Tools"]
    assert issue.sections[1].items[0].title == "b"


@pytest.mark.parametrize(
    ("above", "underline", "below"),
    [
        ("- [a](https://a.example)\n\nA paragraph that an editor wrapped at the word", "-----", "Text."),
        ("- [a](https://a.example)\n\nThanks for reading.", "---", "- [b](https://b.example)"),
    ],
)
def test_a_wrapped_paragraph_above_a_rule_is_no_heading(above: str, underline: str, below: str) -> None:
    issue = read_shipped(GLUED.format(above, underline, below))
    assert [part.heading for part in issue.sections] == ["First"]


def test_three_dashes_underline_a_glued_name_where_they_underline_the_others() -> None:
    text = GLUED.replace("-----", "---").format("- [a](https://a.example)", "---", "- [b](https://b.example)")
    assert [part.heading for part in read_shipped(text).sections] == ["First", "Tools"]


@pytest.mark.parametrize("below", ["Bye.", "- [b](https://b.example)"])
def test_a_glued_name_is_a_heading_whatever_follows_where_others_are_underlined(below: str) -> None:
    issue = read_shipped(GLUED.format("- [a](https://a.example)", "-----", below))
    assert [part.heading for part in issue.sections] == ["First", "Tools"]


def test_a_glued_name_above_items_is_a_heading_where_no_other_is_underlined() -> None:
    text = "# 样刊 (2026-03-02)\n\n卷首语写在这里。\n业界新闻\n---\n- [甲闻 | 某社](https://example.com/1)\n摘要：一句。\n"
    issue = read_shipped(text)
    assert ([part.heading for part in issue.sections], plain(issue.lead)) == (
        ["业界新闻"],
        "卷首语写在这里。",
    )


def test_where_a_glued_line_may_be_a_heading_or_stand_above_a_rule_an_editor_is_told() -> None:
    text = "# 样刊 (2026-03-02)\n\n- [甲闻 | 某社](https://example.com/1)\n摘要：一句。\n说在最后\n--------\n\n下周见。\n"
    issue = read_shipped(text)
    assert [part.heading for part in issue.sections if part.heading == "说在最后"] == []
    assert [note.line for note in issue.warnings if note.code == "unsure-heading"] == [5]


def test_three_dashes_underline_sections_below_a_title_with_a_hash() -> None:
    text = "# T #9\n\nNews\n---\n\n- [a](https://a.example)\n\nRides\n---\n\n- [b](https://b.example)\n"
    assert [section.heading for section in read(text).sections] == ["News", "Rides"]


def test_three_dashes_are_a_rule_where_sections_have_hashes() -> None:
    text = "## News\n\n- [a](https://a.example)\n\nSee you\n---\n\n## Rides\n\n- [b](https://b.example)\n"
    assert [section.heading for section in read(text).sections] == ["News", "Rides"]


def test_a_link_that_begins_above_its_words_begins_the_item_there() -> None:
    item = '<p><a href="https://a.example/{0}">\nTitle {0}</a>: what it is.</p>\n'
    issue = read(f"## News\n\n{item.format(1)}\n{item.format(2)}", None, "link")
    assert [(one.title, one.line) for one in issue.items] == [("Title 1", 3), ("Title 2", 6)]


@pytest.mark.parametrize("below", ["\n\n", "\n-\n", "\n--\n", "\n--\n\n", "\n\n\n"])
def test_the_name_of_a_section_alone_above_a_list_opens_it_and_is_told(below: str) -> None:
    item = "- [a](https://a.example)\n摘要：一。\n"
    issue = read_shipped(f"{issue_of(item)}\n博文{below}{item}")
    assert [(part.heading, len(part.items)) for part in issue.sections] == [("业界新闻", 1), ("博文", 1)]
    assert [warning.code for warning in issue.warnings] == ["lost-heading"]
    assert [plain(item.summary) for item in issue.items] == ["一。", "一。"]


@pytest.mark.parametrize("text", ["博文\n\n见下期。\n", "博文\n很多。\n\n", "  博文\n\n", "看博文\n\n"])
def test_the_name_of_a_section_elsewhere_is_text(text: str) -> None:
    issue = read_shipped(f"{issue_of('- [a](https://a.example)')}\n{text}- [b](https://b.example)\n")
    assert [part.heading for part in issue.sections] == ["业界新闻"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("论文：", "工具："), ("**论文**", "**工具**"), ("Papers:", "数据："), ("【论文】", "开源项目：")],
)
@pytest.mark.parametrize("title", ["# 样刊 (2026-03-02)\n\n", ""])
@pytest.mark.parametrize("heading", ["本周推荐", "业界新闻"])
def test_names_of_sections_below_a_heading_of_another_name_are_its_groups(
    first: str, second: str, title: str, heading: str
) -> None:
    lines = [first, "- [甲](https://a.example)", "", second, "- [乙](https://b.example)"]
    issue = read_shipped(
        f"{title}## {heading}\n\n{chr(10).join(lines)}\n\n## 博文\n\n- [丙](https://c.example)\n"
    )
    found = [
        (section.heading, item.title, len(item.groups))
        for section in issue.sections
        for item in section.items
    ]
    assert found == [(heading, "甲", 1), (heading, "乙", 1), ("博文", "丙", 0)]


@pytest.mark.parametrize(
    "above",
    ["## 论文", "# 样刊 (2026-03-02)", "## 本周推荐\n\n一句话。", "## 业界新闻\n\n- [丙](https://c.example)"],
)
def test_the_name_of_a_section_elsewhere_opens_it(above: str) -> None:
    issue = read_shipped(
        f"# 样刊 (2026-03-02)\n\n{above}\n\n**论文**\n\n- [甲](https://a.example)\n- [乙](https://b.example)\n"
    )
    assert "papers" in [section.slug for section in issue.sections if section.items]


def test_the_first_heading_is_that_of_the_issue_where_it_counts_it_and_names_below_it_open_sections() -> None:
    lines = ("## 样刊 第三期", "论文：", "", "- [甲](/a)", "", "开源：", "", "- [乙](/b)", "")
    assert [section.slug for section in read_shipped("\n".join(lines)).sections if section.items] == [
        "papers",
        "open-source",
    ]


@pytest.mark.parametrize("name", ["### 量化：", "**量化：**", "量化：", "#### 量化 :"])
def test_a_group_is_called_without_the_colon_behind_its_name(name: str) -> None:
    issue = read_shipped(issue_of(name, "", "- [甲](https://a.example)", ""))
    assert [item.groups for item in issue.items] == [("量化",)]


@pytest.mark.parametrize(
    "headings",
    [("### 1) [甲](https://a.example)", "### 2) [乙](https://b.example)"), ("### 1. 甲", "### 2. 乙")],
)
def test_numbered_or_linked_headings_are_items_where_a_section_has_no_list(headings: tuple[str, str]) -> None:
    issue = read_shipped(issue_of(headings[0], "", "一句。", "", headings[1], "", "二句。", ""))
    assert [(item.title, item.number, plain(item.summary)) for item in issue.items] == [
        ("甲", "1", "一句。"),
        ("乙", "2", "二句。"),
    ]
    assert [item.links for item in issue.items] == [(), ()]


def test_a_section_is_called_without_the_brackets_around_its_name() -> None:
    (section,) = read_shipped("# 样刊 (2026-03-02)\n\n【论文】\n\n- [甲](https://a.example)\n").sections
    assert (section.slug, section.heading) == ("papers", "论文")


def test_a_name_in_brackets_is_a_heading_where_those_of_sections_stand_so() -> None:
    lines = ("【要闻】", "- [甲](https://a.example)", "", "【论文】", "- [乙](https://b.example)", "")
    issue = read_shipped("\n".join(("# 样刊 (2026-03-02)", "", *lines)))
    assert [(section.heading, len(section.items)) for section in issue.sections] == [("要闻", 1), ("论文", 1)]
    grouped = read_shipped("\n".join(("# 样刊 (2026-03-02)", "", "## 新闻", "", *lines[:2], "")))
    assert [section.heading for section in grouped.sections] == ["新闻"]


def test_short_lines_that_count_in_chinese_are_headings_where_one_names_a_section() -> None:
    lines = ("一、新刊", "", "- [甲](https://a.example)", "", "二、论文", "", "- [乙](https://b.example)", "")
    issue = read_shipped("\n".join(("# 样刊 (2026-03-02)", "", *lines)))
    assert [(section.heading, len(section.items)) for section in issue.sections] == [
        ("一、新刊", 1),
        ("二、论文", 1),
    ]
    points = ("## 论文", "", "- [甲](https://a.example)", "", "一、很快", "", "二、很小", "")
    (section,) = read_shipped("\n".join(("# 样刊 (2026-03-02)", "", *points))).sections
    assert "一、很快" in plain(section.items[0].summary)
