"""Whether an issue's date can be believed: what its places say, and where they disagree."""

from datetime import date

import pytest

from bot.digest.parsing.dates import Day
from bot.digest.parsing.parser import parse
from bot.digest.said_dates import SaidDates, said_dates
from bot.settings.profiles import read_profile
from tests.digest.shipped import CONFIG, profile

NUMBERED = read_profile(CONFIG, "numbered-paragraphs")


def said(text: str, name: str = "2026-03-02.md", by: str = "embedded-ai") -> SaidDates:
    habits = profile() if by == "embedded-ai" else NUMBERED
    issue = parse(text, slug=name.removesuffix(".md"), profile=habits, name=name)
    return said_dates(issue, text, name, habits)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# 简报 (2026-03-02)\n", "2026-03-02.md"),
        ("# 简报 (2026-3-2)\n", "20260302.md"),
        ("# 简报 (2026-03-02)\n", "latest.md"),
        ("# 简报\n", "2026-03-02.md"),
        ("# 简报\n", "latest.md"),
        ("# 简报 (2026-03-02) 回顾 2026-02-16\n", "2026-03-02.md"),
        ("# 简报 (2026-02-23 ~ 2026-03-02)\n", "2026-03-02.md"),
        ("# 简报\n\n2026-03-02\n", "2026-03-02.md"),
        ("---\ndate: 2026-03-02T08:00:00+08:00\n---\n\n# 简报\n", "2026-03-02.md"),
        ("# 简报：第 2026 期\n", "2026-03-02.md"),
        ("# arXiv 2210.17323 与 1.2.3 版 (2026-03-02)\n", "2026-03-02.md"),
    ],
)
def test_where_all_places_agree_or_only_one_says_a_day_there_is_no_doubt(text: str, name: str) -> None:
    assert said(text, name).doubt is None


@pytest.mark.parametrize(
    ("text", "name", "doubt"),
    [
        (
            "# 简报 (2026-02-02)\n",
            "2026-03-02.md",
            "the title says 2026-02-02, the file name 2026-03-02",
        ),
        (
            "---\ndate: 2026-02-02\n---\n\n# 简报\n",
            "2026-03-02.md",
            "the front matter says 2026-02-02, the file name 2026-03-02",
        ),
        (
            "---\ndate: 2026-02-02\n---\n\n# 简报 (2026-03-02)\n",
            "news.md",
            "the title says 2026-03-02, the front matter 2026-02-02",
        ),
        ("# 简报 (2025)\n", "2026-03-02.md", "the title says 2025, and the issue is of 2026"),
        ("# 简报 (2026-13-45)\n", "news.md", "the title says 2026-13-45, which is no date"),
        ("# 简报 (2026-02-30)\n", "2026-03-02.md", "the title says 2026-02-30, which is no date"),
        ("# 简报\n", "2026-13-45.md", "the file name says 2026-13-45, which is no date"),
        ("# 简报 (2026-03-02)\n", "2026-13-45.md", "the file name says 2026-13-45, which is no date"),
        (
            "---\ndate: 2026-13-45\n---\n\n# 简报\n",
            "news.md",
            "the front matter says 2026-13-45, which is no date",
        ),
    ],
)
def test_a_date_that_another_place_denies_or_that_is_none_is_in_doubt(
    text: str, name: str, doubt: str
) -> None:
    assert said(text, name).doubt == doubt


@pytest.mark.parametrize(
    "name",
    [
        *("2026/2026-03-02.md", "2026/03/2026-03-02.md", "2026-03/2026-03-02.md", "2026.03/2026-03-02.md"),
        *(
            "2026年/2026-03-02.md",
            "2026年/3月/2026-03-02.md",
            "archive/2026/2026-03-02.md",
            "03/2026-03-02.md",
        ),
        *(
            "2026/20260302.md",
            "issues/2026/03/02/2026-03-02.md",
            "2025/2026-03-02.md",
            "2026/02/2026-03-02.md",
        ),
        *("2025-12-31/2026-03-02.md", "2026-13-45/2026-03-02.md", "2026/03/02.md", "2026-03/02.md"),
        *("2026/03-02.md", "2026/0302.md", "2026年/03月/02日.md", "2026年3月/2.md", "archive/2026/3/2.md"),
        *("2026/03/02 增刊.md", "2026-03-02/index.md", "2026/03/02/index.md"),
    ],
)
@pytest.mark.parametrize("title", ["简报", "简报 (2026-03-02)"])
def test_folders_complete_the_date_of_a_name_and_spoil_none_that_is_whole(name: str, title: str) -> None:
    found = said(f"# {title}\n", name)
    assert found.doubt is None
    assert found.in_path == Day(date=date(2026, 3, 2))


@pytest.mark.parametrize(
    "name", ["2026/2026-48.md", "2026/2026-W10.md", "2026/2026年第10期.md", "2026/2031.md"]
)
def test_a_number_in_the_folder_of_a_year_is_no_date(name: str) -> None:
    assert said("# 简报 (2026-03-02)\n", name) == SaidDates(days={"the title": Day(date=date(2026, 3, 2))})


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("2026/2026-13-45.md", "the file name says 2026-13-45, which is no date"),
        ("2026/13/45.md", "the file name says 2026/13/45, which is no date"),
        ("2026/02-30.md", "the file name says 2026/02-30, which is no date"),
        ("2026/03/03.md", "the title says 2026-03-02, the file name 2026-03-03"),
        ("2026/03/2026-03-03.md", "the title says 2026-03-02, the file name 2026-03-03"),
    ],
)
def test_a_path_that_says_no_date_or_another_is_in_doubt(name: str, doubt: str) -> None:
    assert said("# 简报 (2026-03-02)\n", name).doubt == doubt


@pytest.mark.parametrize("pattern", ["{year}/*.md", "{year}/{month}/*.md", "**/{year}-{month}-{day}.md"])
@pytest.mark.parametrize("name", ["2026/03/2026-03-02.md", "2025/12/2026-03-02.md"])
def test_a_whole_date_in_the_name_counts_more_than_folders_that_the_pattern_names(
    name: str, pattern: str
) -> None:
    habits = profile().model_copy(update={"files": pattern})
    issue = parse("# 简报\n", slug="x", profile=habits, name=name)
    assert issue.date == date(2026, 3, 2)
    assert said_dates(issue, "# 简报\n", name, habits).doubt is None


def test_what_is_no_date_is_seen_in_a_digest_without_dates() -> None:
    assert said("# 第 7 期 2026-13-45\n", "7.md", by="numbered").doubt
    assert said("# 第 7 期 2026.13\n", "7.md", by="numbered").doubt is None
