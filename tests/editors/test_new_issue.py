"""A new issue is named and laid out as those before it: their day and number renewed, their habits kept."""

from datetime import date

import pytest

from bot.digest.profile import Profile
from bot.editors.new_issue import Earlier, Stamp, name_of, number_of, skeleton
from bot.editors.new_issue.stamps import Stamps

OLD, NEW = Stamp(day=date(2026, 11, 16), number=9), Stamp(day=date(2027, 3, 1), number=10)


def profile(**given: object) -> Profile:
    values = {
        "name": "周报",
        "language": "zh",
        "files": "{year}-{month}-{day}.md",
        "date": "{year}-{month}-{day}",
    }
    return Profile.model_validate(values | given)


def no_errors(_: str) -> int:
    return 0


@pytest.mark.parametrize(
    ("pattern", "old", "new"),
    [
        ("{year}-{month}-{day}", "简报 (2026-11-16)：", "简报 (2027-03-01)："),
        ("{year}年{month}月{day}日", "2026年11月16日", "2027年03月01日"),
        (
            "{month_name} {day}, {year}",
            "NOVEMBER 16, 2026 and Nov. 16, 2026",
            "MARCH 01, 2027 and Mar. 01, 2027",
        ),
        ("{short_year}{month}{day}", "261116", "270301"),
        ("{year}-{month}", "2026-11 | 2026-12", "2027-03 | 2026-12"),
        ("{year}-{month}-{day}", "of 2026-11-15, #9, v1.9, 9.5, 09", "of 2026-11-15, #10, v1.9, 9.5, 10"),
    ],
)
def test_a_stamp_is_renewed_as_it_is_written(pattern: str, old: str, new: str) -> None:
    stamps = Stamps(old=OLD, new=NEW, patterns=profile(date=pattern).date_patterns)
    assert stamps.renewed(old) == new


@pytest.mark.parametrize(
    ("files", "names", "name"),
    [
        ("{year}-{month}-{day}.md", ["2026-11-16.md"], "2027-03-01.md"),
        ("{year}.{month}.{day}.md", ["2026.9.7.md", "2026.11.16.md"], "2027.3.1.md"),
        ("{year}/#{number}-{year}.{month}.{day}.md", ["2026/#9-2026.11.16.md"], "2027/#10-2027.03.01.md"),
        (r"\d{4}-?\d{1,2}-?\d{1,2}\.md", ["20261116.md"], "20270301.md"),
        ("issue-{number}", ["issue-009.markdown"], "issue-010.markdown"),
        ("{year}/{month_name}/{day}.md", ["2026/Nov/16.md"], "2027/Mar/01.md"),
        ("{year}-{month}-{day}.md", [], "2027-03-01.md"),
        ("**/{number}.md", [], "10.md"),
        (r"\d{8}\.md", [], "20270301.md"),
        (r"week-\d+\.md", [], "week-10.md"),
        (r"no\d such form", [], None),
    ],
)
def test_a_file_is_named_as_the_others_are(files: str, names: list[str], name: str | None) -> None:
    assert name_of(profile(files=files), names, OLD, NEW) == name


def test_what_the_last_issues_have_in_common_is_kept() -> None:
    earlier = [issue(day, number) for number, day in enumerate((2, 9, 16), start=7)]
    habits = profile(lead=["导读"], leave_out={"lines": ["转载"]})
    assert skeleton(habits, earlier, NEW, no_errors) == (
        "---\nlayout: default\ndate: 2027-03-01\n---\n"
        "# 周报 #10 (2027-03-01)：\n\n**只说压缩**\n\n> 导读：\n\n"
        "## 新闻\n\n## 论文\n\n----\n\n转载请注明出处。\n"
    )


def issue(day: int, number: int) -> Earlier:
    at = date(2026, 11, day)
    extra = "## 一次性的专题\n\n- [专题](https://example.com/x)\n\n" if number == 8 else ""
    text = (
        f"---\nlayout: default\ndate: {at}\n---\n# 周报 #{number} ({at})：第{day}条/其他\n\n**只说压缩**\n\n"
        f"> 导读：本期{day}条。\n\n{extra}## 新闻\n\n- [题{day}](https://example.com/{day})\n摘要：{day}。\n\n"
        f"## 论文\n\n- [文{day}](https://example.com/p{day})\n\n----\n\n转载请注明出处。\n"
    )
    return Earlier(text=text, title=f"周报 #{number} ({at})", stamp=Stamp(day=at, number=number))


def test_where_that_has_errors_only_headings_are_kept() -> None:
    earlier = [issue(day, number) for number, day in enumerate((2, 9, 16), start=7)]
    text = skeleton(profile(), earlier, NEW, lambda text: text.count("**"))
    assert text.endswith("# 周报 #10 (2027-03-01)：\n\n## 新闻\n\n## 论文\n")


def test_an_item_of_every_issue_is_none_of_the_new_one() -> None:
    text = "# 周报 ({0})\n\n## 新闻\n\n- [订阅](https://example.com/subscribe)\n"
    earlier = [
        Earlier(text=text.format(at), title=f"周报 ({at})", stamp=Stamp(day=at))
        for at in (date(2026, 11, day) for day in (2, 9, 16))
    ]
    assert skeleton(profile(), earlier, NEW, no_errors) == "# 周报 (2027-03-01)\n\n## 新闻\n"


SECTIONS = {
    "news": {"headings": ["新闻", "资讯"]},
    "papers": {"headings": ["论文"]},
    "other": {"headings": []},
}


@pytest.mark.parametrize(
    ("given", "head"),
    [
        ({}, "# 周报 #10 (2027-03-01)：\n"),
        ({"highlights": None}, "# 周报 #10 (2027-03-01)\n"),
        ({"title": "^第 .* 期"}, "# 第 10 期 (2027-03-01)\n"),
        ({"title": "{name} No. {number}", "levels": {1: "title", 2: "section"}}, "# 周报 No. 10\n"),
        ({"title": None}, "---\ntitle: 周报 #10 (2027-03-01)：\ndate: 2027-03-01\n---\n"),
        ({"date": "{year}年{month}月{day}日", "highlights": None}, "# 周报 #10 (2027年03月01日)\n"),
    ],
)
def test_without_earlier_issues_it_is_what_the_profile_says(given: dict[str, object], head: str) -> None:
    text = skeleton(profile(sections=SECTIONS, **given), (), NEW, no_errors)
    assert text.startswith(head)
    assert text.endswith("## 新闻\n\n<!-- - [标题 | 来源](链接) -->\n\n## 论文\n")


def test_the_shape_of_an_item_is_that_of_the_profile() -> None:
    habits = {"items": {"begin": ["number"], "source": "[|｜]"}, "labels": {"summary": ["摘要"]}}
    assert "<!-- 1. [标题 | 来源](链接) 摘要： -->" in skeleton(
        profile(sections=SECTIONS, **habits), (), NEW, no_errors
    )


@pytest.mark.parametrize(
    ("titles", "number"),
    [
        (["#0008 (2026-11-09)", "#0009 (2026-11-16)"], 9),
        (["五 7", "六 7"], None),
        (["11-15", "11-16"], None),
        (["#9"], None),
        ([], None),
    ],
)
def test_the_number_that_titles_count_by_is_found(titles: list[str], number: int | None) -> None:
    assert number_of(titles, date(2026, 11, 16)) == number
