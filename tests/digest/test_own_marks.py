"""A mark that stands before the links of titles is told before them, and is no part of them."""

import pytest

from bot.digest.parsing.own_marks import marks_of
from bot.model import Item, plain
from tests.digest.shipped import issue_of
from tests.digest.shipped import read as read_shipped
from tests.digest.test_headings import read

A, B = (f"[{name} by the harbour](https://{name[0].lower()}.example)" for name in ("Alders", "Birches"))


def items(*lines: str) -> tuple[Item, ...]:
    return read("# Demo\n\n## News\n\n" + "\n".join(f"- {line}" for line in lines)).sections[0].items


@pytest.mark.parametrize(
    "form",
    [
        "NEW {}",
        "**NEW** {}",
        "`NEW` {} – one.",
        "NEW {}. One.",
        "**NEW:** {}: one.",
        "_NEW_ | {}",
        "NEW · {}",
        "**NEW** **{}** - one.",
    ],
)
def test_words_that_come_again_before_titles_are_a_mark(form: str) -> None:
    first, _, last = items(form.format(A), "[c](https://c.example)", form.format(B))
    assert [(item.title, item.url, item.tags) for item in (first, last)] == [
        ("Alders by the harbour", "https://a.example", ("NEW",)),
        ("Birches by the harbour", "https://b.example", ("NEW",)),
    ]


@pytest.mark.parametrize("mark", ["**NEW**", "**Neu**", "**新**", "NEW", "`new`", "(New)", "**Новинка**"])
def test_a_single_word_before_a_title_that_a_colon_ends_is_a_mark(mark: str) -> None:
    (item, _) = items(f"{mark} {A} – One.", B)
    assert (item.title, item.tags) == ("Alders by the harbour", (mark.strip("*`()"),))
    assert plain(item.summary) == "One."


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("**Lantern**: [Its documentation](https://l.example) - One.", "Lantern"),
        ("**Lantern** [Docs](https://l.example): One.", "Lantern"),
        ("**A lantern** [Its documentation](https://l.example): One.", "A lantern"),
        ("The [alders](https://l.example) go on.", "The alders go on."),
    ],
)
def test_a_title_before_a_link_is_no_mark(line: str, title: str) -> None:
    assert items(line, B)[0].title == title


@pytest.mark.parametrize("form", ["The {} go on.", "See {}, and wonder.", "I like {}; who does not?"])
def test_what_begins_sentences_again_is_no_mark(form: str) -> None:
    assert [item.tags for item in items(form.format(A), form.format(B))] == [(), ()]


def test_what_links_are_called_again_and_again_is_no_title() -> None:
    oaks = items("**Oak** [Source](https://a.example)", "**Oak** [Source](https://b.example)")
    assert [item.title for item in oaks] == ["Oak", "Oak"]


def test_a_mark_is_known_where_titles_have_sources_too() -> None:
    issue = read_shipped(issue_of(f"- NEW {A}", "摘要：一。", f"- NEW {B}", "摘要：二。"))
    assert [(item.title, item.tags) for item in issue.sections[0].items] == [
        ("Alders by the harbour", ("NEW",)),
        ("Birches by the harbour", ("NEW",)),
    ]


def test_an_issue_without_such_marks_has_none() -> None:
    assert marks_of(()) == frozenset()
