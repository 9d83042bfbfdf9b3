"""Characters that nobody sees count for nothing; those that scripts and emoji are written with stay."""

import pytest

from bot.digest.division import divided
from bot.digest.parsing.plain_text import plain_text
from bot.editors.profile_inference.naming import naming_of
from bot.model import plain
from tests.digest.shipped import issue_of, profile, read

INVISIBLE = ("\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e", "\u200d", "\u200c")


def told(text: str) -> tuple[object, ...]:
    issue = read(text)
    items = [(item.title, item.url, item.source, plain(item.summary), item.line) for item in issue.items]
    links = [[(link.label, link.url) for link in item.links] for item in issue.items]
    return issue.title, issue.date, [one.slug for one in issue.sections], items, links


WRITTEN = (
    "{}# {}样刊{} (2026-03-02{}){}\n\n{}##{} 论{}文{}\n\n"
    "{}- {}[{}甲{}题{} | 某站](https://example.com/{}1{}){}\n代{}码{}：{}https://example.com/c{}\n摘{}要{}：{}**第{}一**{}句。{}\n"
    "{}\n{}## 博文\n\n1{}. [乙](<https://example.com/2{}>)\n{}摘要：第二句。{}\n"
)


@pytest.mark.parametrize("char", INVISIBLE, ids=ascii)
def test_an_invisible_character_changes_nothing_wherever_it_stands(char: str) -> None:
    places = WRITTEN.count("{}")
    bare = told(WRITTEN.format(*[""] * places))
    for place in range(places):
        text = WRITTEN.format(*(char if at == place else "" for at in range(places)))
        assert told(text) == bare, text


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d💻 与 ❤\ufe0f\u200d🔥",
        "می\u200cخواهم",
        "क्\u200dष",
        "ന\u0d4d\u200d",
        "\u200b```\nx\n\u200b```",
    ],
)
def test_what_emoji_and_scripts_are_written_with_stays(text: str) -> None:
    assert plain_text(text) == text


def test_lines_keep_their_numbers() -> None:
    assert plain_text("\ufeffa\r\n\u200b\r\rb\n") == "a\n\n\nb\n"
    (item,) = read(issue_of("\u200b", "\ufeff- [题](https://example.com/a)")).items
    assert item.line == 6


def test_a_file_of_many_issues_is_divided_whatever_stands_before_their_headings() -> None:
    text = "\ufeff# 周刊\n\n\u200b## 2026-03-02\n\n一。\n\n\ufeff## 2026-03-09\n\n二。\n"
    each = profile().model_copy(
        update={"issues": profile().issues.model_copy(update={"each": "heading", "level": 2})}
    )
    naming = naming_of([("weekly.md", text + "\n\u200b## 2026-03-16\n\n三。\n")])
    assert (naming.issues.each, naming.issues.level) == ("heading", 2)
    assert [one.slug for one in divided(text, slug="weekly", profile=each)] == [
        "weekly-2026-03-02",
        "weekly-2026-03-09",
    ]


def test_a_rare_line_end_is_a_character_where_lines_end_otherwise() -> None:
    assert plain_text("a\u2028b\nc") == "a\u2028b\nc"
    assert plain_text("a\u2028b\u2028") == "a\nb\n"
