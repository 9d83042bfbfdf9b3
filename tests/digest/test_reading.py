"""What holds for every issue, golden, mangled or made up."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.export import as_values
from bot.model import Issue, Line, LineKind, Style, plain
from tests.digest.shipped import GOLDEN, issue_of, read, text_of

TEXTS = tuple(text_of(path) for path in GOLDEN)

ITEM = ("- [一篇论文 | 某研究院](https://example.com/a)", "论文：https://example.com/p", "摘要：第一句。")
OTHER = ("- [另一篇](https://example.com/b)", "摘要：别的。")


#: Lines of the golden issues that are no summary: titles, labelled links, tables, notes.
NO_SUMMARY = re.compile(
    r"\s*(##|# |#博文|- |-?\[|-$|https?:|[|>!<]|```|第四条|注：|(文章|论文|代码|链接|标题|Demo)[:：]|$)"
)


def content(line: str) -> str:
    """A line of a summary as nothing but its letters and figures, markup off."""
    line = re.sub(r"\]\([^)]*\)|<[^>]*>|&[a-z]+;|^\s*\d+\.\s", "", line)
    return "".join(filter(str.isalnum, line))


def ids(text: str) -> dict[str | None, str]:
    return {item.title: item.id for item in read(text).items}


def spans_of(*lines: str) -> list[tuple[str, set[Style], str | None]]:
    """The spans of a summary's last line."""
    (item,) = read(issue_of("- [题目](https://example.com/a)", *lines)).items
    return [(span.text, set(span.styles), span.url) for span in item.summary[-1].spans]


@pytest.mark.parametrize(
    ("before", "after"),
    [("一篇论文", "改名的论文"), ("某研究院", "某大学"), ("第一句", "改过的第一句")],
)
def test_an_item_keeps_its_id_when_its_text_is_corrected(before: str, after: str) -> None:
    text = issue_of(*ITEM, *OTHER)
    assert list(ids(text).values()) == list(ids(text.replace(before, after)).values())


def test_an_item_keeps_its_id_when_others_come_before_it_or_it_moves_to_another_section() -> None:
    alone = ids(issue_of(*ITEM))["一篇论文"]
    assert ids(issue_of(*OTHER, *ITEM))["一篇论文"] == alone
    assert ids(issue_of(*ITEM, heading="博文"))["一篇论文"] == alone


def test_the_line_of_an_item_is_where_it_stands_in_the_file() -> None:
    seen = 0
    for text in TEXTS:
        lines = re.split(r"\r\n|\n", text)
        for item in read(text).items:
            if item.title is not None:
                assert content(item.title)[:4] in content(lines[item.line - 1])
                seen += 1
    assert seen > 40


#: In a flattened issue two items may share a line.
LINED = [path for path in GOLDEN if not path.stem.startswith("flattened")]


@pytest.mark.parametrize("path", LINED, ids=lambda path: path.stem)
def test_every_line_between_two_items_is_in_the_summary(path: Path) -> None:
    issue = read(text_of(path))
    body, *_footer = re.split(r"## \[往期|----", text_of(path))
    lines = re.split(r"\r\n|\n", body)
    starts = [item.line for item in issue.items]
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    for item, start, end in zip(issue.items, starts, ends, strict=True):
        whole = content(plain(item.summary))
        for line in lines[start:end]:
            if not NO_SUMMARY.match(line):
                assert content(re.sub(r"^\s*(摘要|简介)[:：]", "", line)) in whole


def test_a_summary_keeps_its_lists_and_the_numbers_as_written() -> None:
    (item,) = read(
        issue_of(
            "- [题目](https://example.com/a)",
            "摘要：三步：",
            "1. 一",
            "2. 二",
            "    - 二之一",
            "5. 五",
            "",
            "完。",
        )
    ).items
    assert [(line.kind, line.depth, line.marker, line.text) for line in item.summary] == [
        (LineKind.TEXT, 0, "", "三步："),
        (LineKind.NUMBER, 1, "1.", "一"),
        (LineKind.NUMBER, 1, "2.", "二"),
        (LineKind.BULLET, 2, "•", "二之一"),
        (LineKind.NUMBER, 1, "5.", "五"),
        (LineKind.TEXT, 0, "", "完。"),
    ]


@pytest.mark.parametrize(
    ("line", "plainly", "bold"),
    [
        ("快**“一倍”**，再**省（一半）。**完", "快|，再|完", "“一倍”|省（一半）。"),
        ("**注意：**看这里", "看这里", "注意："),
        ("看**[手册](https://example.com/x)**这里", "看|这里", "手册"),
    ],
)
def test_bold_beside_chinese_punctuation_is_what_its_author_meant(line: str, plainly: str, bold: str) -> None:
    found = spans_of(f"摘要：{line}")
    assert "|".join(text for text, styles, _ in found if not styles) == plainly
    assert "|".join(text for text, styles, _ in found if styles == {Style.BOLD}) == bold


@pytest.mark.parametrize("line", ["2**3 等于 8， ** 不是强调", "snake_case_name 与 a * b * c", "摘自 x_y_z"])
def test_a_star_or_an_underline_that_means_itself_stays(line: str) -> None:
    assert spans_of(f"摘要：{line}") == [(line, set(), None)]


def test_what_a_summary_looks_like_is_kept() -> None:
    found = spans_of("摘要：见[**手册**](https://example.com/x?a=1&b=2)，*斜*、~~删~~、`a*b`")
    assert found == [
        ("见", set(), None),
        ("手册", {Style.BOLD}, "https://example.com/x?a=1&b=2"),
        ("，", set(), None),
        ("斜", {Style.ITALIC}, None),
        ("、", set(), None),
        ("删", {Style.STRIKE}, None),
        ("、", set(), None),
        ("a*b", {Style.CODE}, None),
    ]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\ufeff", "---\n---\n", "没有标题的一段话。", "- \n- \n", "# \n## \n", "\0"]
)
def test_next_to_nothing_is_still_an_issue(text: str) -> None:
    issue = read(text, slug="2026-03-02")
    assert (issue.slug, str(issue.date), issue.title) == ("2026-03-02", "2026-03-02", None)
    assert {"no-title", "no-date"} <= {warning.code for warning in issue.warnings}


def test_an_impossible_date_is_no_date() -> None:
    issue = read("# 样刊 (2026-02-30)", slug="issue-7")
    assert issue.date is None
    assert [warning.code for warning in issue.warnings] == ["no-date"]


def holds(text: str) -> Issue:
    """The issue, after a look at what every issue promises."""
    issue = read(text)
    lines = len(re.split(r"\r\n|\r|\n", text))
    assert len({item.id for item in issue.items}) == len(issue.items)
    assert all(1 <= item.line <= lines for item in issue.items)
    assert all(1 <= warning.line <= lines for warning in issue.warnings)
    assert [item.line for item in issue.items] == sorted(item.line for item in issue.items)
    for item in issue.items:
        assert not item.summary or (item.summary[0].spans and item.summary[-1].spans)
        assert all(span.text or span.url for line in item.summary for span in line.spans)
    assert all(0 <= line.depth < 100 for line in all_lines(issue))
    as_values(issue)
    return issue


def all_lines(issue: Issue) -> list[Line]:
    return [line for text in (issue.lead, *(item.summary for item in issue.items)) for line in text]


ODD = st.text(st.sampled_from("-*_#[](){}<>|`~:：\\\n\r\t \0\u200b\ufeff！>&1.a中🙂"), min_size=1, max_size=8)


def _cut(lines: list[str], chance: random.Random, odd: str) -> str:
    text = "\n".join(lines)
    return text[: chance.randint(0, len(text))] + odd


def _swapped(lines: list[str], chance: random.Random, odd: str) -> str:
    chance.shuffle(lines)
    return "\n".join((*lines, odd))


def _some_lost_some_twice(lines: list[str], chance: random.Random, odd: str) -> str:
    return "\n".join([odd, *(line for line in lines for _ in range(chance.choice((0, 1, 1, 1, 2))))])


def _sprinkled(lines: list[str], chance: random.Random, odd: str) -> str:
    text = list("\n".join(lines))
    for _ in range(8):
        text.insert(chance.randint(0, len(text)), odd)
    return "".join(text)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(TEXTS),
    st.sampled_from((_cut, _swapped, _some_lost_some_twice, _sprinkled)),
    st.randoms(use_true_random=False),
    ODD,
)
def test_whatever_becomes_of_the_text_there_is_an_issue(
    text: str, mangle: Callable[[list[str], random.Random, str], str], chance: random.Random, odd: str
) -> None:
    holds(mangle(text.split("\n"), chance, odd))


@settings(deadline=None, max_examples=150)
@given(st.lists(ODD, max_size=30).map("".join))
def test_whatever_the_characters_there_is_an_issue(text: str) -> None:
    holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 3000,
        "> " * 3000,
        "[" * 20_000,
        "*a " * 10_000,
        "![" * 5_000,
        "\n".join(f"{'  ' * depth}- x" for depth in range(300)),
        "## 论文\n" + "一行\n" * 5_000,
        "|a|b|\n|-|-|\n" + "|" * 20_000,
    ],
    ids=lambda text: text[:8].replace("\n", " "),
)
def test_a_text_made_to_hurt_takes_no_time(text: str) -> None:
    holds(text)
