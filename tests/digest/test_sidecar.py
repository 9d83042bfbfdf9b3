"""A file of topics beside an issue says which topics its items have, by names that survive corrections."""

import pytest

from bot.digest.topics.sidecar import BrokenSidecar, called, entries, key_of, with_said
from bot.model import Issue, SaidTopics
from tests import builders as build

FILE = "2026-03-02.topics.yml"
ID = "7d9a0b12cc"
FIRST = build.item(id=ID, title="谷歌：发布 新芯片（多图）", line=5)
SECOND = build.item(id="aaaaaaaaaa", title="四比特量化不掉点", line=9)
THIRD = build.item(id="news", title=None, url=None, summary=build.text("没有标题的一条。"), line=12)
ISSUE = build.issue(
    build.section("news", FIRST, SECOND, THIRD), flash=(build.flash("某公司", "发布了手机芯片。"),)
)


def read(text: str, issue: Issue = ISSUE) -> Issue:
    return with_said(issue, text, file=FILE)


def said(text: str) -> dict[str, list[str]]:
    issue = read(text)
    assert issue.warnings == ()
    return {called(thing): [one.words for one in thing.said] for thing in issue.things if thing.said}


@pytest.mark.parametrize(
    "key",
    [
        ID,
        '"谷歌：发布 新芯片（多图）"',
        "谷歌发布新芯片",
        "谷歌：发布…",
        f"{ID} 从前的标题",
        "bbbbbbbbbb 谷歌：发布 新芯片（多图）",
    ],
)
def test_an_item_is_known_by_its_id_its_title_or_how_that_begins(key: str) -> None:
    assert said(f"{key}: 量化 -cpu") == {called(FIRST): ["量化 -cpu"]}


def test_one_without_a_title_is_known_by_its_text_and_flash_news_by_theirs() -> None:
    assert said("没有标题: 量化\n某公司：发布了: 手机\n") == {
        called(THIRD): ["量化"],
        "某公司：发布了手机芯片。": ["手机"],
    }


@pytest.mark.parametrize("value", ["[量化, -cpu]", "\n  - 量化\n  - -cpu", '"量化, -cpu"'])
def test_topics_are_words_or_a_list(value: str) -> None:
    assert said(f"{ID}: {value}\n") == {called(FIRST): ["量化, -cpu"]}


def test_what_an_entry_of_an_item_is_called_means_that_item_alone() -> None:
    for thing in ISSUE.things:
        assert said(f'"{key_of(thing)}": 量化') == {called(thing): ["量化"]}


def test_what_is_said_names_its_file_and_line() -> None:
    assert read(f"# remark\n{ID}: 量化\n").items[0].said == (SaidTopics(words="量化", line=2, file=FILE),)


def test_an_entry_that_fits_no_item_is_one_warning_with_the_nearest() -> None:
    (warning,) = read("四比特量化掉不掉点: 量化\n").warnings
    assert warning.code == "topics-astray"
    assert (
        f"{FILE}:1: no item is called “四比特量化掉不掉点”; the nearest is “四比特量化不掉点”"
        in warning.message
    )


def test_one_that_fits_several_is_one_too() -> None:
    twins = build.issue(build.section("news", SECOND, build.item(id="b", title="四比特量化不掉点", line=20)))
    (warning,) = read("四比特量化: 量化\n", twins).warnings
    assert "how several items begin" in warning.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b\nTitle: more: 量化\n", 2),
        ("- 量化\n", 1),
        ("just words", 1),
        ("[a]: 量化\n", 1),
        ("a: {b: c}\n", 1),
        ("a: b\n\n\tc: d\n", 3),
        ("[" * 5000, 1),
        ("a: b\x07\n", 1),
        ("x" * 200_000, 1),
    ],
)
def test_a_broken_file_is_one_warning_with_its_line_and_costs_nothing_else(text: str, line: int) -> None:
    with pytest.raises(BrokenSidecar) as broken:
        entries(text)
    assert broken.value.line == line
    issue = read(text)
    (warning,) = issue.warnings
    assert (warning.code, f"{FILE}:{line}: " in warning.message) == ("broken-topics", True)
    assert issue.sections == ISSUE.sections


@pytest.mark.parametrize("text", ["", "# a remark\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert read(text) == ISSUE


@pytest.mark.parametrize("value", ["", '""', "#剪枝", "~ #"])
def test_an_entry_that_says_nothing_is_a_warning_with_its_line(value: str) -> None:
    issue = read(f"# a remark\n{ID}: {value}\n")
    (warning,) = issue.warnings
    assert (warning.code, warning.line) == ("topics-empty", FIRST.line)
    assert f"{FILE}:2: “{ID}”" in warning.message
    assert issue.things == ISSUE.things
