"""A date is read as the profile's patterns say, with its day or without; a title is made if none is there."""

from typing import Any

import pytest

from bot.digest.names import DigestNames
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.messages import Renderer
from bot.messages.preview import as_text
from bot.model import Cut, Issue, Language, plain
from tests.digest.shipped import profile as shipped_profile
from tests.digest.shipped import topics

NEWS = "\n## News\n\n* [A](https://example.com/1) - x\n* [B](https://example.com/2) - y\n"


def profile(**keys: Any) -> Profile:
    return Profile.model_validate(
        {"name": "Weekly", "language": "en", "files": "**/*", "date": None, "other_headings": "usual", **keys}
    )


def read(heading: str, path: str = "x.md", **keys: Any) -> Issue:
    text = f"# {heading}\n{NEWS}" if heading else NEWS
    return parse(text, slug="x", profile=profile(**keys), name=path)


@pytest.mark.parametrize(
    ("date", "title", "day"),
    [
        ("{year}.{month}.{day}", "周报 2026.8.3", "2026-08-03"),
        ("{month_name} {day}, {year}", "Links, March 4th, 2025", "2025-03-04"),
        ("{month_name} {day}, {year}", "links of sept 30, 2025", "2025-09-30"),
        ("{day} {month_name} {year}", "1 Jan. 2024", "2024-01-01"),
        ("{year}{month}{day}", "Daily 20240607", "2024-06-07"),
        ("{year}年{month}月{day}日", "周报 2024 年 6 月 7 日", "2024-06-07"),
        ("{year}年{month_name}{day}日", "2024年十一月7日", "2024-11-07"),
        ("{day} de {month_name} de {year}", "Semana 21 — 26 de mayo de 2024", "2024-05-26"),
        ("{day} de {month_name} de {year}", "1º de março de 2024", "2024-03-01"),
        ("{day} {month_name} {year}", "Le 1er août 2024", "2024-08-01"),
        ("{day}. {month_name} {year}", "Woche bis 17. Mär. 2026", "2026-03-17"),
        ("{day} {month_name} {year}", "3 févr. 2026", "2026-02-03"),
        ("{day} {month_name} {year}", "9 lip 2026", "2026-07-09"),
        ("{era_year}年{month}月{day}日", "便り 令和7年11月4日号", "2025-11-04"),
        ("{era_year}年{month}月{day}日", "令和元年 5 月 1 日", "2019-05-01"),
        ("{era_year}年{month}月{day}日", "昭和６４年１月７日", "1989-01-07"),
        ("{era_year}年{month}月{day}日", "觀察 民國114年2月3日", "2025-02-03"),
        ("{year}/{month}/{day}", "覚え書き　２０２５／１１／４", "2025-11-04"),
        ("{year}.{month}.{day}", "２０２５．１１．４", "2025-11-04"),
        ("{day} {month_name} {year}", "17 окт. 2026", "2026-10-17"),
        ("{month_name} {day}-{day}, {year}", "News of March 2–8, 2026", "2026-03-08"),
        ("{day} {month_name} {year}", "13 мая 2024 года", "2024-05-13"),
        ("{day}. {month_name} {year}", "3. März 2024", "2024-03-03"),
        ("{year}년{month}월{day}일", "2024년 3월 4일 소식", "2024-03-04"),
        ("re:(?P<year>\\d{4})/(?P<month>\\d\\d)/(?P<day>\\d\\d)", "2024/06/07", "2024-06-07"),
        ("(?P<day>\\d+)/(?P<month>\\w+)/(?P<year>\\d{4})", "7/Jun/2024", "2024-06-07"),
        (["{year}.{month}.{day}", "{month_name} {day}, {year}"], "June 7, 2024", "2024-06-07"),
        (
            r"(?P<year>\d{4})[|-](?P<month>\d\d)-(?P<day>\d\d)|(?P<day>\d+)\.(?P<month>\d+)\.(?P<year>\d{4})",
            "7.6.2024",
            "2024-06-07",
        ),
        (["{year}-{month}-{day}", "{year}-{month}"], "2024-06-07", "2024-06-07"),
    ],
)
def test_a_date_may_be_written_as_one_of_the_patterns_says(
    date: str | list[str], title: str, day: str
) -> None:
    issue = read(title, date=date)
    assert (issue.when, issue.day_known) == (day, True)


@pytest.mark.parametrize(
    ("date", "title", "last"),
    [
        ("{month_name} {day}) - {year}", "Papers (June 23 - June 29) - 2025", "2025-06-29"),
        ("{month_name} {day} - {month_name} {day}, {year}", "June 30 – July 6, 2025", "2025-07-06"),
        ("{month_name} {day}-{day}, {year}", "June 3—9, 2025", "2025-06-09"),
        ("{year}.{month}.{day}-{month}.{day}", "2025.06.30-07.06", "2025-07-06"),
        ("{year}年{month}月{day}日-{day}", "周报（2025年6月2日～8日）", "2025-06-08"),
        ("{year}年{month}月{day}日-{month}月{day}", "2025年6月30日至7月6日", "2025-07-06"),
    ],
)
def test_the_day_of_a_range_is_its_last(date: str, title: str, last: str) -> None:
    assert read(title, date=date).when == last


@pytest.mark.parametrize(
    ("date", "title"),
    [
        ("{year}.{month}.{day}", "12026.8.3"),
        ("{year}-{month}", "2026-13"),
        ("{month_name} {day}, {year}", "Marching 4, 2026"),
        ("{year}年{month_name}", "2026年二十月"),
        ("{day} {month_name} {year}", "4 Maien 2026"),
        ("{year}-{month}-{day}", "2026-02-30"),
    ],
)
def test_what_only_looks_like_a_date_is_none(date: str, title: str) -> None:
    assert read(title, date=date).date is None


@pytest.mark.parametrize(
    ("path", "day", "known"),
    [
        ("x.md", "2024-08-01", False),
        ("2024/08/15.md", "2024-08-15", True),
        ("2024/07/15.md", "2024-08-01", False),
    ],
)
def test_a_month_has_the_day_of_the_path_or_is_a_month(path: str, day: str, known: bool) -> None:  # noqa: FBT001  # a case of the table
    issue = read("August 2024", path, date=["{month_name} {year}", "{year}/{month}/{day}"])
    assert (str(issue.date), issue.day_known) == (day, known)


@pytest.mark.parametrize(("language", "month"), [("en", "\nMarch 2017\n"), ("zh", "\n2017年3月\n")])
def test_readers_see_a_month_where_no_day_is_known(language: Language, month: str) -> None:
    own = profile(date="{year}年{month}月")
    issue = parse(f"# 月报 2017 年 3 月\n{NEWS}", slug="x", profile=own)
    messages = Renderer(DigestNames(own, topics())).issue(issue, Cut(language=language))
    assert month in as_text(messages)


@pytest.mark.parametrize(
    ("files", "path", "day"),
    [
        ("{year}/{month_name}/{day}.md", "2022/Aug/01.md", "2022-08-01"),
        ("{year}/{year}-{month}.md", "2022/2022-08.md", "2022-08"),
        ("**/*", "2022/2022-08-09.markdown", "2022-08-09"),
        (r"re:(?P<year>\d{4})/(?P<month>\d\d)-(?P<day>\d\d)\.md", "2022/08-09.md", "2022-08-09"),
    ],
)
def test_a_date_in_the_path_counts_where_the_text_has_none(files: str, path: str, day: str) -> None:
    assert read("Notes", path, files=files, date="{year}-{month}-{day}").when == day
    assert read("Notes 2020-02-02", path, files=files, date="{year}-{month}-{day}").when == "2020-02-02"


@pytest.mark.parametrize(
    ("title", "files", "path", "made"),
    [
        ("{name} #{number}", "issue-{number}.md", "issue-007.md", "Weekly #7"),
        ("{name} #{number}", r"issue-\d+\.md", "issue-44.md", "Weekly #44"),
        ("{name} {year}, no. {number}", "{year}/{number}.md", "2021/3.md", "Weekly 2021, no. 3"),
        ("{name} ({date})", "**/*", "2024-03-04.md", "Weekly (2024-03-04)"),
        ("{name} {year}/{month}", "{year}-{month}.md", "2024-03.md", "Weekly 2024/3"),
        ("第 {number} 期", "#{number}.md", "#5.md", "第 5 期"),
    ],
)
def test_a_title_is_made_where_the_text_has_none(title: str, files: str, path: str, made: str) -> None:
    issue = read("", path, title=title, files=files, date="{year}-{month}-{day}")
    assert issue.title == made
    assert "no-title" not in {warning.code for warning in issue.warnings}


def test_a_title_in_the_text_goes_before_a_made_one() -> None:
    assert read("Own", "7.md", title="{name} {number}").title == "Own"
    front = f"---\ntitle: In front\n---\n{NEWS}"
    assert parse(front, slug="7", profile=profile(title="{name} {number}")).title == "In front"


def test_what_has_no_value_makes_no_title() -> None:
    issue = read("", "special.md", title="{name} #{number}")
    assert issue.title is None
    assert "no-title" in {warning.code for warning in issue.warnings}


def test_where_headings_of_level_1_are_sections_none_of_them_is_the_title() -> None:
    own = profile(title="{name} {number}", section_level=1)
    issue = parse("# News\n\n* [A](https://example.com/1)\n", slug="7", profile=own)
    assert (issue.title, [one.heading for one in issue.sections]) == ("Weekly 7", ["News"])


def test_a_heading_that_the_front_matter_fills_in_is_what_that_says() -> None:
    issue = parse(f"---\ntitle: Week 7\n---\n# {{{{ page.title }}}}\n{NEWS}", slug="7", profile=profile())
    assert issue.title == "Week 7"
    assert ("{{ page.title }}", "template") in [(one.text, one.rule) for one in issue.left_out]


def test_a_picture_of_the_front_matter_that_no_message_can_show_is_left_out() -> None:
    front = "---\nimage: /img/week.png\n---\n"
    issue = parse(f"{front}# Week 7\n{NEWS}", slug="7", profile=profile())
    assert issue.lead == ()
    assert "image: /img/week.png" in [one.text for one in issue.left_out]


@pytest.mark.parametrize(
    "line", ["2026年3月2日", "*2026年3月2日*", "（2026年3月2日 星期一）", "**2026年3月2日**。"]
)
def test_a_line_that_is_a_date_dates_an_issue_whose_title_does_not(line: str) -> None:
    issue = read(f"周刊 第 3 期\n\n{line}\n\n开头的话。\n", date="{year}年{month}月{day}")
    assert (issue.when, plain(issue.lead), issue.tagline) == ("2026-03-02", "开头的话。", None)
    assert "date" in {one.rule for one in issue.left_out}


def test_a_sentence_with_a_date_in_it_dates_nothing() -> None:
    issue = read("周刊 第 3 期\n\n2026年3月2日起改版。\n", date="{year}年{month}月{day}")
    assert issue.date is None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026/012.md", ""),
        ("2026/0314.md", "2026-03-14"),
        ("2026/3.4.md", "2026-03-04"),
        ("20260314.md", "2026-03-14"),
        ("2026314.md", ""),
        ("2026-3-14.md", "2026-03-14"),
    ],
)
def test_a_number_below_a_year_is_no_day_of_it(path: str, day: str) -> None:
    assert parse(NEWS, slug="x", profile=shipped_profile(), name=path).when == day


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2026-11-27",
        "> 📅 2026.11.27",
        "2026-11-27（周五）",
        "Fri, 2026-11-27",
        "**日期：** 2026-11-27",
    ],
)
def test_a_line_that_says_the_day_dates_its_issue_and_is_not_told(line: str) -> None:
    issue = parse(f"# 周刊\n\n{line}\n\n卷首语。\n{NEWS}", slug="x", profile=shipped_profile(), name="x.md")
    assert (issue.when, plain(issue.lead)) == ("2026-11-27", "卷首语。")


def test_a_line_that_says_the_day_first_and_goes_on_is_told() -> None:
    text = f"# 周刊\n\n日期：2026.11.27　编辑：小林\n{NEWS}"
    issue = parse(text, slug="x", profile=shipped_profile(), name="x.md")
    assert (issue.when, "小林" in plain(issue.lead)) == ("2026-11-27", True)


def test_a_day_that_a_sentence_names_dates_no_issue() -> None:
    text = f"# 周刊\n\n卷首语。\n\n大会日期：2026-11-27\n{NEWS}"
    assert parse(text, slug="x", profile=shipped_profile(), name="x.md").when == ""


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published November 27, 2026", "{month_name} {day}, {year}"),
        ("> Out on 27 November 2026", "{day} {month_name} {year}"),
        ("*Week ending 2026/11/27*", "{year}/{month}/{day}"),
        ("2026 年 11 月 27 日出刊", "{year}年{month}月{day}"),
        ("Issue 12 – November 27, 2026", "{month_name} {day}, {year}"),
        ("2026.11.27 更新", "{year}.{month}.{day}"),
    ],
)
def test_a_first_line_that_says_the_day_in_a_few_words_dates_its_issue_and_is_told(
    line: str, date: str
) -> None:
    issue = read(f"Week 12\n\n{line}\n\nHello.\n", date=date)
    assert issue.when == "2026-11-27"
    assert line.strip("> *") in f"{issue.tagline or ''}{plain(issue.lead)}"


@pytest.mark.parametrize(
    "line",
    [
        "See you on November 27, 2026!",
        "Nothing of what we wrote before November 27, 2026 is true",
        "[November 27, 2026 in pictures](https://example.com/p)",
        "Hello.\n\nOut on November 27, 2026",
        "Hello, everybody, it was a long week\nuntil November 27, 2026",
        "- Meeting on November 27, 2026",
    ],
)
def test_a_line_that_speaks_of_a_day_dates_no_issue(line: str) -> None:
    assert read(f"Week 12\n\n{line}\n", date="{month_name} {day}, {year}").when == ""


def test_the_day_in_the_path_goes_before_one_in_a_line_of_words() -> None:
    issue = read("Week 12\n\nUpdated 2026-12-24\n", "2026-11-27.md", date="{year}-{month}-{day}")
    assert issue.when == "2026-11-27"
