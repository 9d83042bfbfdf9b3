"""What kramdown and its like put into a text that is no text."""

import pytest

from bot.model import Issue, plain
from tests.digest.shipped import issue_of, read

ITEM = ("- [一篇论文](https://example.com/a)", "摘要：第一句。")
CONTENTS = [
    "* TOC\n{:toc}",
    "- 目录\n  {:toc .wide}",
    "1. Contents\n{: toc}",
    "[TOC]",
    "[[_TOC_]]",
    "@[toc](目录)",
]


def told(issue: Issue) -> list[tuple[str | None, str]]:
    return [(item.title, plain(item.summary)) for item in issue.items]


@pytest.mark.parametrize("written", CONTENTS)
def test_the_place_of_a_table_of_contents_is_left_out_by_a_rule(written: str) -> None:
    bare = issue_of(*ITEM)
    below, above = issue_of(*ITEM, "", written), bare.replace("\n\n##", f"\n\n{written}\n\n##", 1)
    for issue in (read(below), read(above)):
        assert (told(issue), issue.lead) == ([("一篇论文", "第一句。")], ())
        assert {one.rule for one in issue.left_out} == {"table of contents", "label"}


def test_what_is_like_a_table_of_contents_is_told() -> None:
    issue = read(issue_of(*ITEM, "- [TOC](https://example.com/t)", "摘要：TOC 是什么\n{:.note}"))
    assert told(issue)[1] == ("TOC", "TOC 是什么")


@pytest.mark.parametrize("heading", ["论文 {-}", "论文{-}", "[论文](#papers) {-}", "论文 {.unnumbered}"])
def test_a_heading_without_a_number_is_called_what_it_says(heading: str) -> None:
    (section,) = read(issue_of(*ITEM, heading=heading)).sections
    assert (section.slug, section.heading) == ("papers", "论文")


def test_such_a_mark_in_a_text_is_text() -> None:
    assert told(read(issue_of(ITEM[0], "摘要：空集 {-}")))[0][1] == "空集 {-}"


def test_attributes_are_left_out_by_a_rule() -> None:
    issue = read(issue_of("- [题 | 源](https://example.com/a){:target=_blank}", "摘要：好。\n{: .note}"))
    left_out = [one.text for one in issue.left_out if one.rule == "attributes"]
    assert left_out == ["{:target=_blank}", "{: .note}"]
