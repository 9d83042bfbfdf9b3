"""Flash news are lines under the one that announces them, whatever became of their dashes."""

import pytest

from bot.model import Issue, plain
from tests.digest.shipped import read

SECTION = "\n\n## 业界新闻\n\n- [一条 | 某站](https://example.com/1)\n摘要：内容。\n"


def head(*lines: str) -> Issue:
    return read("\n".join(("# 样刊 (2026-03-02)", "", *lines)) + SECTION)


def news(issue: Issue) -> list[str]:
    return [f"{flash.subject or ''}|{plain(flash.text)}" for flash in issue.flash]


@pytest.mark.parametrize(
    "lines",
    [
        ("-甲：一；", "-乙：二；"),
        ("- 甲：一；", "-乙：二；"),
        ("甲：一；", "- 乙：二；"),
        ("• 甲：一；", "• 乙：二；"),
        ("– 甲：一；", "– 乙：二；"),
        ("— 甲：一；", "——乙：二；"),
        ("・甲：一；", "・乙：二；"),
        ("- 甲：一；", "· 乙：二；"),
        ("- ・甲：一；", "- — 乙：二；"),
        ("1. 甲：一；", "2. 乙：二；"),
        ("1. 甲：一；", "2.乙：二；"),
        ("1、甲：一；", "2、乙：二；"),
        ("（1）甲：一；", "（2）乙：二；"),
        ("① 甲：一；", "② 乙：二；"),
        ("甲：一；", "乙：二；"),
        ("甲：一；", "", "乙：二；"),
        ("甲：一；", "", "- 乙：二；"),
        ("　　- 甲：一；", "　　- 乙：二；"),
    ],
)
def test_flash_news_may_begin_with_any_mark_or_none(lines: tuple[str, ...]) -> None:
    issue = head("好了，先是一些热身小新闻：", "", *lines)
    assert news(issue) == ["甲|一；", "乙|二；"]
    assert (issue.lead, issue.warnings) == ((), ())


@pytest.mark.parametrize("lines", [("- 甲：一；", "乙公司发布了二；"), ("甲：一；", "乙公司发布了二；")])
def test_a_line_without_a_subject_is_one_where_a_semicolon_ends_the_one_above(lines: tuple[str, ...]) -> None:
    assert news(head("热身小新闻：", "", *lines)) == ["甲|一；", "|乙公司发布了二；"]


def test_a_sentence_that_goes_on_in_the_next_line_is_one() -> None:
    assert news(head("热身小新闻：", "", "甲：一，", "也是二；", "乙：三。", "它很快。")) == [
        "甲|一，\n也是二；",
        "乙|三。\n它很快。",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("卷首语。", "—— 张三"),
        ("本期看点：", "（1）一；", "（2）二。"),
        ("本期看点", "1. 一", "2. 二"),
        ("本期没有热身小新闻。", "", "提示：下期再见。"),
        ("热身小新闻：", "", "本期没有。"),
        ("热身小新闻：", "", "> 甲：一；"),
        ("今天 -5°C", "-6°C"),
    ],
)
def test_lines_that_nobody_announces_as_news_are_text(lines: tuple[str, ...]) -> None:
    assert news(head(*lines)) == []


def test_what_stands_around_the_flash_news_is_the_lead() -> None:
    issue = head("导读：一封信；", "", "热身小新闻：", "甲：一；", "- 乙：二。", "", "投稿：a@example.com")
    assert news(issue) == ["甲|一；", "乙|二。"]
    assert plain(issue.lead).split("\n") == ["一封信；", "投稿：a@example.com"]


def test_a_link_in_the_words_before_the_colon_is_kept() -> None:
    (flash,) = head("热身小新闻：", "", "- [甲](https://example.com/a)：一；").flash
    assert [span.url for line in flash.text for span in line.spans if span.url] == ["https://example.com/a"]


def test_a_mark_that_is_taken_off_is_told() -> None:
    issue = head("热身小新闻：", "", "- ・甲：一；")
    assert (5, "・", "mark of the flash news") in [(one.line, one.text, one.rule) for one in issue.left_out]


def test_a_paragraph_between_two_bullets_goes_on_with_the_one_above() -> None:
    issue = head(
        "导读：一封信。", "", "热身小新闻：", "", "- 甲：一；", "", "除了这个还有那个。", "- 乙：二。"
    )
    assert news(issue) == ["甲|一；\n除了这个还有那个。", "乙|二。"]
    assert plain(issue.lead) == "一封信。"


def test_a_line_between_two_lists_that_announces_the_second_is_no_news() -> None:
    issue = head("热身小新闻：", "", "- 甲：一；", "", "再来看看行业里的：", "", "- 乙：二。")
    assert [flash.subject for flash in issue.flash] == ["甲", "乙"]
    assert "行业" in plain(issue.lead)


def test_whom_news_are_about_may_be_set_off_by_a_comma_where_all_of_them_do_so() -> None:
    lines = ("- 甲，发布了一，很快；", "- 乙,发布了二：又一个；", "- 丙公司，三；")
    found = news(head("热身小新闻：", "", *lines))
    assert found == ["甲|发布了一，很快；", "乙|发布了二：又一个；", "丙公司|三；"]


@pytest.mark.parametrize("last", ["- 丙：三，四；", "- 丙公司发布了三；", "- 3,000 元的丙；"])
def test_one_that_does_otherwise_says_that_a_comma_sets_off_nobody(last: str) -> None:
    found = news(head("热身小新闻：", "", "- 昨天，甲发布了一；", "- 今天，乙发布了二；", last))
    assert found[:2] == ["|昨天，甲发布了一；", "|今天，乙发布了二；"]


def test_a_clause_before_a_colon_is_nobody_where_most_news_are_sentences() -> None:
    clause = "甲公司七月二十日正式上市：募资很多；"
    sentences = ("- 乙发布了一；", "- 丙发布了二；", "- 丁发布了三；")
    assert news(head("热身小新闻：", "", f"- {clause}", "- 戊公司：四；", *sentences))[:2] == [
        f"|{clause}",
        "戊公司|四；",
    ]
    found = news(head("热身小新闻：", "", f"- {clause}", "- 乙：一；"))
    assert found[0] == "甲公司七月二十日正式上市|募资很多；"


def test_clauses_before_a_comma_and_times_are_nobody() -> None:
    clauses = ["时隔十年，甲超过了一；", "受涨价影响，乙上调了二；", "据报道，丙售罄。"]
    assert news(head("热身小新闻：", "", *(f"- {one}" for one in clauses))) == [f"|{one}" for one in clauses]
    timed = "北京时间凌晨1:00的大会上甲发布了一；"
    assert news(head("热身小新闻：", "", f"- {timed}", "- 乙：二；")) == [f"|{timed}", "乙|二；"]
