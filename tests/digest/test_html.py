"""HTML broken over lines, nested wrongly or never closed is read, checked and learned from all the same."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.parsing.notes import Notes
from bot.digest.parsing.row_reader import read_rows
from bot.digest.parsing.rows import Row, RowKind
from bot.digest.topics.vocabulary import Topics
from bot.editors.linter import Linter, Saved, index_of
from bot.editors.profile_inference import Sample, propose
from bot.model import plain
from bot.settings import shipped
from bot.settings.files import read_model
from bot.settings.folder import find
from bot.settings.profiles import read_profile
from tests.digest.shipped import issue_of, read
from tests.digest.test_damage import PROFILES, holds
from tests.nightly import examples, nightly

LINK = '<a href="https://example.com/a">'
SLUG = "2026-03-02"

TAGS = (
    "a",
    "b",
    "i",
    "s",
    "code",
    "kbd",
    "sup",
    "sub",
    "span",
    "td",
    "br",
    "p",
    "div",
    "img",
    "h2",
    "li",
    "x",
)
ATTRIBUTES = (
    "",
    ' href="https://example.com/a"',
    "\nhref='u'",
    " href",
    ' src="p.png"\nalt="p"',
    " class=x\n",
)
TEXTS = (
    "text",
    "字",
    "\n",
    " \n ",
    "  \n",
    "\\\n",
    "|",
    "**",
    "[",
    "](u)",
    "![](p)",
    "`",
    "&amp;",
    "摘要：",
    " ",
)

#: Tags that open, close and stand alone, words and line ends, in any order.
FRAGMENTS = st.lists(
    st.one_of(
        st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
        st.builds("</{}>".format, st.sampled_from(TAGS)),
        st.builds("<{}\n/>".format, st.sampled_from(TAGS)),
        st.sampled_from(TEXTS),
        st.just("<!-- a\nb -->"),
    ),
    min_size=1,
    max_size=10,
).map("".join)
#: Where a fragment stands: as a paragraph, an item, below one, in a heading, a quotation, a table, the front.
PLACES = (
    "{}",
    "- {}",
    "- [title](u)\n  {}",
    "- - {}",
    "1. {}",
    "> {}",
    "> - {}",
    "## {}",
    "### {}",
    "| a | b |\n|---|---|\n| {} | c |",
    "**{}**",
    "[{}](u)",
    "a\n{}\nb",
)
HEADS = ("# 样刊 (2026-03-02)\n\n## 论文\n\n", "# 样刊 (2026-03-02)：", "", "Title: a\n")
ISSUES = st.builds(
    lambda head, pieces: head + "\n\n".join(place.format(fragment) for place, fragment in pieces),
    st.sampled_from(HEADS),
    st.lists(st.tuples(st.sampled_from(PLACES), FRAGMENTS), min_size=1, max_size=3),
)


@cache
def linter() -> Linter:
    config = shipped("config")
    profile = read_profile(config)
    return Linter(profile, read_model(Topics, find(config, profile.topics)))


def rows(text: str) -> tuple[Row, ...]:
    return read_rows(text, Notes())


@nightly("rows of such HTML are tried by day")
@settings(max_examples=examples(100))
@given(ISSUES, st.sampled_from(PROFILES))
def test_an_issue_with_such_html_is_read_and_its_messages_are_good_ones(text: str, profile: str) -> None:
    holds(text.encode(), profile)


@settings(max_examples=examples(30))
@given(ISSUES)
def test_an_issue_with_such_html_is_checked_and_mended(text: str) -> None:
    draft = linter().draft(Saved(text=text), path="a.md", name=f"{SLUG}.md", slug=SLUG)
    seen = index_of([("a.md", draft.issue)])
    linter().check(draft, seen)
    linter().mend(draft, seen)


@settings(max_examples=examples(10))
@given(ISSUES)
def test_a_profile_is_proposed_for_issues_with_such_html(text: str) -> None:
    propose([Sample(name=f"{SLUG}.md", slug=SLUG, text=text)], {})


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{LINK}\ntext</a>", [(1, "text")]),
        (f"{LINK}one\ntwo</a>", [(1, "one two")]),
        (f"{LINK}one<br>\ntwo</a>", [(1, "one two")]),
        (f"before {LINK}\ntext</a>", [(1, "before text")]),
        (f"{LINK}\n\ntext", [(3, "text")]),
        ('<a\nhref="https://example.com/a">text</a>', [(1, "text")]),
        ('at <a\nhref="https://example.com/a"\nrel=x>text</a>\nbehind', [(1, "at text"), (4, "behind")]),
        ("one <b\nclass=x>two</b> three", [(1, "one two three")]),
        ("one <!-- a\nb --> two\nthree", [(1, "one"), (2, "two"), (3, "three")]),
        ("[A](\n  u) one\n[B](u\n'x') two\nthree", [(1, "A one"), (3, "B two"), (5, "three")]),
        ("[A\na <b\nclass=x>c</b>](\nu) one\ntwo", [(1, "A a c one"), (5, "two")]),
        ("one<br\n/>two", [(1, "one"), (2, "two")]),
        ("above\n\n<h3\n  id=x>\ntext\n</h3>\n\nbelow", [(1, "above"), (3, "text"), (8, "below")]),
    ],
)
def test_a_link_goes_on_in_the_next_line_and_a_line_is_numbered_where_it_begins(
    text: str, lines: list[tuple[int, str]]
) -> None:
    assert [(row.number, row.text) for row in rows(text)] == lines


@pytest.mark.parametrize("text", [f"{LINK}\n  text</a>", '<a\n  href="https://example.com/a">text</a>'])
def test_a_bullet_whose_html_link_is_broken_over_lines_is_an_item_with_that_link(text: str) -> None:
    (row,) = rows(f"- {text}")
    assert (row.kind, row.opens, row.text) == (RowKind.BULLET, True, "text")
    assert {span.url for span in row.spans if span.text} == {"https://example.com/a"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"<ul>\n<li>\n{LINK}\nA\n</a>: one.\n</li>\n<li>\nB\n</li>\n</ul>", [2, 7]),
        (f"<ul>\n  <li\n    class=x>\n\t{LINK}A</a>\n  </li>\n  <li\n class=y>B</li>\n</ul>", [2, 6]),
        ("<ol><li\nvalue=3>A</li><li>B</li>\n<li>C</li></ol>", [1, 2, 3]),
        (f"<ul>\n<li></li>\n<li>\n<p\nclass=x>\n{LINK}A</a></p>\nB</li>\n<li>C</ul>", [3, 8]),
        (f"-\n  {LINK}A</a>\n- B\n*\n  ![](a.png) C", [1, 3, 4]),
        (f"1. <a\n   title=x\n   {LINK[3:]}\n   A</a>\n2. [B\n   b](\n   u)\n3. C", [1, 5, 8]),
    ],
)
def test_an_entry_stands_where_its_markup_begins(text: str, lines: list[int]) -> None:
    entries = [row for row in rows(text) if row.kind in (RowKind.BULLET, RowKind.NUMBER)]
    assert [row.number for row in entries] == lines


PICTURE = '<img src="https://example.com/a.png" width="60">'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{LINK}{PICTURE}<br><sub><b>甲司</b></sub></a>", "甲司"),
        (f"{LINK}\n  {PICTURE}\n  <br>\n  <sub>甲司</sub>\n</a>", "甲司"),
        (f"{LINK}<b>甲司</b><br><sub>镜像</sub></a>", "甲司 镜像"),
        ("甲司 <sub>小字</sub>", "甲司 小字"),
        ("log<sub>2</sub>n<sup>2</sup>", "log_2n^2"),
    ],
)
def test_small_print_that_touches_no_word_is_not_marked_as_lowered(text: str, words: str) -> None:
    first, *_ = (row for row in rows(text) if row.kind is RowKind.TEXT)
    assert first.text == words
    linked = [span.text for span in first.spans if span.url == "https://example.com/a"]
    assert "".join(linked) == (words if LINK in text else "")


@pytest.mark.parametrize("indent", ["", "  "])
def test_what_ends_a_tag_on_a_line_of_its_own_begins_no_quotation(indent: str) -> None:
    tag = f'<a class="ext"\n{indent}   href="https://example.com/a"\n{indent}>'
    (item,) = read(issue_of(f"- {tag}一条</a>\n摘要：一。\n\n> 引文 a < b\n> 两行")).items
    assert (item.title, item.url) == ("一条", "https://example.com/a")
    assert plain(item.summary).split("\n") == ["一。", "引文 a < b", "两行"]
