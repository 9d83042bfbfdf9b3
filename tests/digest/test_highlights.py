"""The highlights of a title stand behind its date or a colon, however its editor wrote either."""

import pytest

from bot.messages.titles import issue_title
from tests.digest.shipped import issue_of, read

HEADING = "# 样刊 (2026-03-02)"


def shown(title: str) -> tuple[str, str, tuple[str, ...]]:
    """The title that readers see, the day, and the highlights."""
    issue = read(
        issue_of("- [一条 | 某站](https://example.com/1)", "摘要：内容。").replace(HEADING, f"# {title}")
    )
    return issue_title(issue), issue.when, issue.highlights


@pytest.mark.parametrize(
    "title",
    [
        "周刊 (2026-03-02) 甲/乙",
        "周刊（2026年3月2日）甲/乙",
        "周刊【2026年3月2日 星期一】甲／乙",
        "周刊 2026.3.2 甲 / 乙",
        "周刊 · 2026-03-02 · 甲/乙",
        "周刊 20260302 甲/乙",
        "周刊 (2026-03-02) - 甲/乙",
        "周刊 (2026-03-02)｜甲/乙",
        "周刊[2026/3/2]，甲/乙",
        "周刊（2026年3月2日）：甲/乙",
        "周刊：甲/乙 (2026-03-02)",
        "[2026-03-02] 周刊 甲/乙",
        "《2026-03-02》周刊：甲/乙",
        "2026年3月2日 周刊 甲／乙",
    ],
)
def test_a_date_is_taken_whole_and_separators_beside_it_belong_to_nothing(title: str) -> None:
    assert shown(title) == ("周刊", "2026-03-02", ("甲", "乙"))


@pytest.mark.parametrize(
    ("title", "highlights"),
    [
        ("周刊 (2026-03-02) 甲框架2.0", ("甲框架2.0",)),
        ("周刊 (2026-03-02) 甲：新版/乙", ("甲：新版", "乙")),
        ("周刊 2026-03-02 | .NET 9 / 乙: 新网络", (".NET 9", "乙: 新网络")),
        ("周刊 (2026-03-02) 周刊改版/乙", ("周刊改版", "乙")),
        ("周刊：《甲：乙》发布/丙 (2026-03-02)", ("《甲：乙》发布", "丙")),
        ("2026-03-02 嵌入式AI简报 新 框架/乙", ("新 框架", "乙")),
        ("周刊 (2026-03-02)", ()),
        ("2026-03-02 周刊", ()),
    ],
)
def test_what_stands_behind_a_date_is_highlights_and_a_later_colon_belongs_to_one(
    title: str, highlights: tuple[str, ...]
) -> None:
    assert shown(title)[1:] == ("2026-03-02", highlights)
    assert shown(title)[0] in ("周刊", "嵌入式AI简报")


@pytest.mark.parametrize(
    ("title", "bare", "highlights"),
    [
        ("周刊 (2026-03-02) 第3期：甲/乙", "周刊 第3期", ("甲", "乙")),
        ("周刊 (2026-03-02) 第十二期", "周刊 第十二期", ()),
        ("周刊 2026-03-02 特刊 甲", "周刊 2026-03-02 特刊", ("甲",)),
        ("周刊：第 3 期 (2026-03-02)", "周刊：第 3 期", ()),
        ("周刊：特刊", "周刊：特刊", ()),
        ("周刊：No. 3 甲/乙 (2026-03-02)", "周刊：No. 3", ("甲", "乙")),
        ("周刊 第3期 (2026-03-02) 甲/乙", "周刊 第3期", ("甲", "乙")),
    ],
)
def test_the_number_of_an_issue_is_no_highlight(title: str, bare: str, highlights: tuple[str, ...]) -> None:
    assert shown(title) == (bare, "2026-03-02", highlights)


@pytest.mark.parametrize("title", ["08:30 早报", '"甲: 乙" 周刊', "周刊见 https://example.com/a/b"])
def test_a_colon_in_a_time_a_quotation_or_an_address_parts_nothing(title: str) -> None:
    assert shown(f"{title} (2026-03-02)") == (title, "2026-03-02", ())


def test_a_date_that_a_word_leads_to_stays_in_the_title() -> None:
    assert shown("Weekly news at 2026/03/02")[0] == "Weekly news at 2026/03/02"


@pytest.mark.parametrize(
    ("behind", "highlights"),
    [("【】【】【】", ()), ("【】/【 】/【】", ()), ("//", ()), ("【】【】NPU新品/【】", ("NPU新品",))],
)
def test_brackets_that_nothing_was_written_into_are_no_highlights(
    behind: str, highlights: tuple[str, ...]
) -> None:
    name, _, found = shown(f"周刊 (2026-03-02)：{behind}")
    assert (name, found) == ("周刊", highlights)


@pytest.mark.parametrize("behind", ["", "：", "：【】【】", "：【】/【 】", ": [ ]", "：//"])
def test_a_title_ends_before_a_colon_that_nothing_was_written_behind(behind: str) -> None:
    text = issue_of("- [一条 | 某站](https://example.com/1)", "摘要：内容。")
    assert read(text.replace(HEADING, f"{HEADING}{behind}")).title == HEADING.removeprefix("# ")


def test_brackets_that_close_a_quoted_colon_stay_in_the_title() -> None:
    text = issue_of("- [一条 | 某站](https://example.com/1)", "摘要：内容。")
    assert read(text.replace(HEADING, "# 说《a：》")).title == "说《a：》"
