"""Which files of a folder are issues, how they are named and dated: no issue that lies there is shut out."""

import pytest

from bot.editors.profile_inference.naming import date_patterns, naming_of
from bot.model import FilePattern
from bot.sources import markdown_below
from tests.corpus import SHARED, needs_corpus

LINKS = "\n## News\n\n- [A](https://example.com/a)\n- [B](https://example.com/b)\n"
TITLED = f"# The Sparrow\n{LINKS}"


def many(*headings: str) -> str:
    return "# All\n\nHello.\n" + "".join(f"\n{heading}\n{LINKS.replace('##', '###')}" for heading in headings)


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (("2021/03/09.md", "2021/04/13.md"), "{year}/{month}/{day}.md"),
        (("2022/Aug/01.md", "2022/Sept/01.md"), "{year}/{month_name}/{day}.md"),
        (("2026/#376-2026.08.03.md",), "{year}/#{number}-{year}.{month}.{day}.md"),
        (("2016/issue-1.markdown", "2022/issue-300.markdown"), "{year}/issue-{number}.markdown"),
        (("2023年/8月.md", "2024年/10月.md"), "{year}年/{month}月.md"),
        (("2024/Q1/02-03.md", "2024/Q2/05-06.md"), "{year}/Q{number}/{month}-{day}.md"),
        (("2022/2022-08.md", "2022/2022-09.md"), "{year}/{year}-{month}.md"),
        (("Digest20230725.md",), "Digest{year}{month}{day}.md"),
        (("2016-03-31-news.md", "2017-03-27-digest_01.md"), "{year}-{month}-{day}-*.md"),
        (("vol-11/index.md", "vol-12/index.md"), "vol-{number}/index.md"),
        (("2023/12/31/digest.md", "2024/01/02/digest.md"), "{year}/{month}/{day}/digest.md"),
        (("issues/2024-05/README.md", "issues/2024-06/README.md"), "issues/{year}-{month}/README.md"),
        (("issue-8.mkd", "issue-9.md"), "issue-{number}"),
        (("README.md",), "README.md"),
        (("21-02-07_ua.md", "21-02-21_ua.md"), "{short_year}-{month}-{day}_ua.md"),
        (("07.02.21.md", "21.02.21.md", "07.03.21.md"), "{day}.{month}.{short_year}.md"),
        (
            ("a/24_12_28 news.md", "a/24_12_30 news.md", "a/25_01_03 news.md"),
            "a/{short_year}_{month}_{day} news.md",
        ),
        (("week-26-03-02.md", "week-26-03-09.md"), "week-{short_year}-{month}-{day}.md"),
        (("x 1/26-03-02.md", "x 2/26-04-03.md"), "x {number}/{short_year}-{month}-{day}.md"),
        (("21-02-07.md",), "*-*-{number}.md"),
        (("10-02-10.md", "11-02-11.md"), "*-*-{number}.md"),
        (("24-02-35.md", "24-02-36.md"), "*-*-{number}.md"),
    ],
)
def test_names_are_told_by_what_they_say(names: tuple[str, ...], files: str) -> None:
    assert naming_of([(name, TITLED) for name in names]).files == files


@pytest.mark.parametrize(
    "names",
    [
        ("2024-01-02.md", "2024-02-02.md", "special-edition.md"),
        ("a.md", "b.md", "c/d.markdown"),
        ("1.md", "2024/2.md", "x/y/2024-03-03.mkd"),
        ("#1.md", "# 2 with blanks.md"),
        ("README.md", "2024.md"),
    ],
)
def test_no_issue_that_lies_there_is_shut_out(names: tuple[str, ...]) -> None:
    naming = naming_of([(name, TITLED) for name in names])
    issues = {name for name in names if name != "README.md"}
    assert naming.names == issues
    assert {name for name in names if FilePattern.of(naming.files).match(name)} == issues


@pytest.mark.parametrize(
    "other", ["LICENSE.md", "docs/CONTRIBUTING.md", "README.zh-CN.md", "CHANGELOG.markdown"]
)
def test_what_is_plainly_no_issue_is_left_out_with_the_reason(other: str) -> None:
    for names in (("2024-01-02.md", "2024-02-02.md"), ("one.md", "two/three.md")):
        naming = naming_of([(name, TITLED) for name in (*names, other)])
        assert naming.left_out == ((other, "is what its name says, and no issue"),)
        assert FilePattern.of(naming.files).match(other) is None


def test_a_page_without_number_and_link_among_numbered_issues_is_none() -> None:
    files = [(f"issue-{number}.md", TITLED) for number in range(3)]
    naming = naming_of([*files, ("how-we-write.md", "# How we write\n"), ("extra.md", TITLED)])
    assert [name for name, _ in naming.left_out] == ["how-we-write.md"]


def test_a_readme_is_the_digest_where_nothing_else_is() -> None:
    naming = naming_of(
        [("LICENSE.md", "MIT"), ("README.md", many("## 2024-03-04", "## 2024-02-04", "## 2024-01-04"))]
    )
    assert (naming.files, naming.issues.each, naming.left_out) == (
        "README.md",
        "heading",
        (("LICENSE.md", "is what its name says, and no issue"),),
    )


@pytest.mark.parametrize(
    ("name", "headings", "date"),
    [
        (
            "README.md",
            ("## May 5, 2024", "## April 28, 2024", "## April 21, 2024"),
            ("{month_name} {day}, {year}",),
        ),
        ("2024.md", ("## 2024年5月5日", "## 2024年4月8日", "## 2024年4月1日"), ("{year}年{month}月{day}",)),
        (
            "README.md",
            (
                *("## 2025", "## Papers (June 23 - June 29) - 2025"),
                *("## Papers (May 26 - June 1) - 2025", "## Papers (April 28 - May 4) - 2025"),
            ),
            ("{month_name} {day}) - {year}",),
        ),
        ("archive.md", ("## Issue 3", "## Issue 2", "## Issue 1"), ()),
        ("README.md", ("## 第3期", "## 第2期", "## 第1期"), ()),
    ],
)
def test_a_file_with_many_dated_or_numbered_headings_is_many_issues(
    name: str, headings: tuple[str, ...], date: tuple[str, ...]
) -> None:
    naming = naming_of([(name, many(*headings))])
    assert (naming.issues.each, naming.issues.level, naming.date) == ("heading", 2, date)


def test_a_file_named_by_its_day_is_one_issue_whatever_its_headings() -> None:
    days = many("## 2024-03-04", "## 2024-03-05", "## 2024-03-06")
    assert naming_of([("2024-03-06.md", days)]).issues.each == "file"
    assert naming_of([("week-10.md", days)]).issues.each == "file"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("issue-7.md", LINKS, "{name} #{number}"),
        ("2024-03-04.md", LINKS, "{name} {date}"),
        ("special.md", LINKS, None),
        ("城闻第7期.md", LINKS, "城闻第{number}期"),
        ("7/城闻第7期.md", LINKS, "城闻第{number}期"),
        ("The Sparrow 7.md", LINKS, "The Sparrow {number}"),
        ("Sparrow Nr. 7 (2024).markdown", LINKS, "Sparrow Nr. {number} ({year})"),
        ("2024/麻雀周刊-7.md", LINKS, "麻雀周刊-{number}"),
        ("sparrow_no_7.md", LINKS, "{name} #{number}"),
        ("7/index.md", LINKS, "{name} #{number}"),
    ],
)
def test_a_title_is_made_of_the_name_of_the_file_its_number_or_its_date(
    name: str, text: str, title: str | None
) -> None:
    assert naming_of([(name, text)]).title == title


@pytest.mark.parametrize(
    ("text", "untitled"),
    [
        (LINKS, True),
        (TITLED, False),
        (f"---\ntitle: Seven\n---\n{LINKS}", False),
        (f"The Sparrow\n===========\n{LINKS}", False),
    ],
)
def test_texts_that_have_a_title_need_none(text: str, *, untitled: bool) -> None:
    assert naming_of([("issue-7.md", text)]).untitled is untitled


@pytest.mark.parametrize(
    ("texts", "patterns"),
    [
        (
            ["March 4, 2024", "April 5, 2024", "2024-06-07"],
            ("{month_name} {day}, {year}", "{year}-{month}-{day}"),
        ),
        (["2024年3月", "2024年4月5日"], ("{year}年{month}月{day}", "{year}年{month}月")),
        (["14th of March 2024", "7th of March 2024"], ("{day} of {month_name} {year}",)),
        (["26 de mayo de 2024", "9 de junio de 2024"], ("{day} de {month_name} de {year}",)),
        (["17 марта 2024", "4 мая 2024"], ("{day} {month_name} {year}",)),
        (["2024년 3월 4일", "2024년 12월 11일"], ("{year}년{month}월{day}일",)),
        (["12. April 2024", "vom 3. August 2024"], ("{day}. {month_name} {year}",)),
        (["25/03/2024", "01/04/2024"], ("{day}/{month}/{year}",)),
        (["03/25/2024", "04/01/2024"], ("{month}/{day}/{year}",)),
        (["one", "two", "2024-06-07"], ()),
        ([], ()),
    ],
)
def test_dates_are_written_in_as_many_forms_as_are_needed(
    texts: list[str], patterns: tuple[str, ...]
) -> None:
    assert date_patterns([[text] for text in texts]) == patterns


@needs_corpus
@pytest.mark.parametrize(
    ("digest", "files", "many_in_one"),
    [
        ("haskell", "{year}/issue-{number}.markdown", False),
        ("hellogithub", "HelloGitHub{number}.md", False),
        ("ios-weekly", "{year}/#{number}-{year}.{month}.{day}.md", False),
        ("ml-papers", "README.md", True),
        ("noboru", "{year}-{month}-{day}.md", False),
        ("ukrops", "{year}-{month}-{day}-*.md", False),
        ("webdigest", "{year}/WebDigest-{year}{month}{day}.md", False),
    ],
)
def test_real_digests_are_named_as_their_editors_do(digest: str, files: str, many_in_one: bool) -> None:  # noqa: FBT001  # a case of the table
    folder = SHARED / "corpus" / "digests" / digest
    naming = naming_of([(name, (folder / name).read_text("utf-8")) for name in markdown_below(folder)])
    assert (naming.files, naming.issues.each == "heading", naming.left_out) == (files, many_in_one, ())
