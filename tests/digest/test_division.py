"""A file of many issues: where each begins, what it is called, and that its neighbours do not touch it."""

from collections import Counter
from typing import Any

import pytest

from bot.digest.division import BEFORE, divided
from bot.digest.profile import Profile
from bot.digest.reader import IssueReader
from bot.model import Issue
from tests.digest.shipped import topics

DASHED = "{year}-{month}-{day}"


def profile(*, level: int = 2, **keys: Any) -> Profile:
    given = {
        "name": "Weekly",
        "language": "en",
        "files": "README.md",
        "date": DASHED,
        "other_headings": "usual",
    }
    return Profile.model_validate({**given, "issues": {"each": "heading", "level": level}, **keys})


def body(place: int, level: int = 3) -> str:
    marks = "#" * level
    return (
        f"\n{marks} News\n\n* [A{place}](https://example.com/{place}/a)\n"
        f"* [B{place}](https://example.com/{place}/b)\n\n"
    )


def file_of(*headings: str, intro: str = "# All\n\nHello.\n\n", level: int = 2) -> str:
    return intro + "".join(f"{heading}\n{body(place, level + 1)}" for place, heading in enumerate(headings))


def read(text: str, slug: str = "README", **keys: Any) -> tuple[Issue, ...]:
    return IssueReader(profile(**keys), topics()).issues(text, slug=slug, name=f"{slug}.md")


def slugs(text: str, slug: str = "README", **keys: Any) -> list[str]:
    return [one.slug for one in divided(text, slug=slug, profile=profile(**keys))]


@pytest.mark.parametrize(
    ("headings", "date", "days"),
    [
        (("## 2024-03-02", "## 2024-02-02"), DASHED, ["2024-03-02", "2024-02-02"]),
        (("## 2024-02-02", "## 2024-03-02"), DASHED, ["2024-02-02", "2024-03-02"]),
        (("## Week of Mar 2, 2024",), "{month_name} {day}, {year}", ["2024-03-02"]),
        (("## Papers (June 23 - June 29) - 2025",), "{month_name} {day}) - {year}", ["2025-06-29"]),
        (("## 2024年3月", "## 2024年2月"), "{year}年{month}月", ["2024-03", "2024-02"]),
    ],
)
def test_each_heading_with_a_date_is_an_issue(headings: tuple[str, ...], date: str, days: list[str]) -> None:
    issues = read(file_of(*headings), date=date)
    assert [issue.title for issue in issues] == [heading.removeprefix("## ") for heading in headings]
    assert [issue.when for issue in issues] == days
    assert [len(issue.items) for issue in issues] == [2] * len(headings)
    assert [[one.heading for one in issue.sections] for issue in issues] == [["News"]] * len(headings)


@pytest.mark.parametrize("level", [1, 3, 4])
def test_the_heading_may_be_of_any_level(level: int) -> None:
    heading = f"{'#' * level} 2024-03-02"
    (issue,) = read(file_of(heading, intro="", level=level), level=level)
    assert (issue.title, len(issue.items)) == ("2024-03-02", 2)


def test_lines_are_those_of_the_file() -> None:
    text = file_of("## 2024-03-02", "## 2024-02-02")
    lines = text.split("\n")
    for issue in read(text):
        assert [str(item.title) in lines[item.line - 1] for item in issue.items] == [True, True]


def test_what_stands_above_the_first_issue_is_left_out_by_name() -> None:
    first, second = read(
        file_of("## 2024-03-02", "## 2024-02-02", intro="# All\n\n## Contents\n\nHello.\n\n")
    )
    assert [(one.line, one.text, one.rule) for one in first.left_out] == [
        (1, "# All", BEFORE),
        (3, "## Contents", BEFORE),
        (5, "Hello.", BEFORE),
    ]
    assert second.left_out == ()


def test_a_heading_without_a_date_is_no_issue_among_those_with_one() -> None:
    assert slugs(file_of("## 2024", "## 2024-03-02", "## About", "## 2024-02-02")) == [
        "2024-03-02",
        "2024-02-02",
    ]


def test_where_issues_have_no_date_every_heading_is_one_but_those_left_out() -> None:
    text = file_of("## Issue 7", "## License", "## Issue 6")
    found = slugs(text, date=None, leave_out={"headings": ["License"]})
    assert found == ["Issue-7", "Issue-6"]


def test_a_first_heading_with_nothing_below_is_the_title_of_the_file() -> None:
    text = "# All\n\n# Vol. 2\n\n* [A](https://example.com/a)\n\n# Vol. 1\n\n* [B](https://example.com/b)\n"
    assert slugs(text, date=None, level=1) == ["Vol-2", "Vol-1"]


def test_a_fence_holds_no_issue() -> None:
    assert slugs(file_of("## 2024-03-02") + "```\n## 2024-02-02\n```\n") == ["2024-03-02"]


def test_a_file_without_such_a_heading_is_one_issue() -> None:
    text = "# Weekly 2024-03-02\n\nHello.\n"
    assert [(one.slug, one.text) for one in divided(text, slug="README", profile=profile())] == [
        ("README", text)
    ]


@pytest.mark.parametrize(
    ("file", "heading", "slug"),
    [
        ("README", "## News of 2024-03-02", "2024-03-02"),
        ("links", "## News of 2024-03-02", "links-2024-03-02"),
        ("2024", "## News of 2024-03-02", "2024-03-02"),
        ("index", "## Issue 7: it is done", "Issue-7-it-is-done"),
        ("archive", "## Issue 7", "archive-Issue-7"),
    ],
)
def test_an_issue_is_called_by_its_date_or_its_heading(file: str, heading: str, slug: str) -> None:
    assert slugs(file_of(heading), file) == [slug]


def test_slugs_fit_and_differ_whatever_the_headings() -> None:
    long = "x" * 80
    found = slugs(
        file_of(f"## {long} one", f"## {long} two", "## 第一期", "## 第二期"), "archive-of-it", date=None
    )
    assert len(set(found)) == 4
    assert max(map(len, found)) <= 50


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_new_heading_changes_no_other_issue(newest_first: bool) -> None:  # noqa: FBT001  # a case of the table
    days = ["2024-03-23", "2024-03-16", "2024-03-16", "2024-03-02"]
    pieces = [f"## {day}\n\n* [{day}](https://example.com/{place})\n\n" for place, day in enumerate(days)]

    def texts(chosen: list[str]) -> dict[str, str]:
        text = "# All\n\n" + "".join(chosen if newest_first else reversed(chosen))
        return {one.slug: one.text.strip() for one in divided(text, slug="README", profile=profile())}

    old, new = texts(pieces[1:]), texts(pieces)
    assert old.items() < new.items()
    assert set(new) - set(old) == {"2024-03-23"}
    earlier = texts(pieces[2:])
    assert earlier.items() < old.items()


def test_links_and_notes_find_what_is_defined_elsewhere_in_the_file() -> None:
    text = (
        "## 2024-03-02\n\n* [A][a] and more[^1]\n* [B](https://example.com/b)\n\n"
        "## 2024-02-02\n\nNothing.\n\n[a]: https://example.com/a\n[^1]: A note.\n"
    )
    first, _ = read(text)
    assert first.items[0].url == "https://example.com/a"
    assert divided(text, slug="README", profile=profile())[1].borrowed == ""


def test_no_line_of_the_file_is_in_two_issues_or_in_none() -> None:
    text = file_of("## 2024-03-02", "## 2024-02-02", "## 2024-01-02") + "\r\n\r\nend"
    texts = divided(text, slug="README", profile=profile())
    above = "".join(f"{line}\n" for line in text.split("\n")[: texts[0].line - 1])
    assert above + "".join(one.text for one in texts) == text.replace("\r\n", "\n")


def test_a_thousand_issues_are_a_thousand() -> None:
    text = file_of(*(f"## {2000 + n // 300}-{n // 25 % 12 + 1:02}-{n % 25 + 1:02}" for n in range(1000)))
    assert Counter(slugs(text)).most_common(1)[0][1] == 1
    assert len(slugs(text)) == 1000
