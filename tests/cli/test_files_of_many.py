"""Commands on folders of folders, and on a file that holds many issues."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, write

ISSUE = (
    "# Weekly 2026-03-02\n\n## News\n\n* [A](https://example.com/a) - x\n* [B](https://example.com/b) - y\n"
)
MANY = (
    "# All\n\n## Contents\n\n- [March](#march)\n\n"
    "## March 2, 2026\n\n### News\n\n* [A](https://example.com/a)\n* [B](https://example.com/b)\n\n"
    "## February 16, 2026\n\n### News\n\n* [C](https://example.com/c)\n* [D]()\n* [E](https://example.com/e)\n"
)
YEARS = "extends: link-lists\nfiles: '{year}/{month}-{day}.md'\ndate: '{year}-{month}-{day}'\ntitle: '.'\n"
HEADINGS = (
    "extends: link-lists\nfiles: README.md\ndate: '{month_name} {day}, {year}'\n"
    "issues: {each: heading}\ntitle: '.'\n"
)


@pytest.fixture
def years(home: Path) -> Path:
    for year in ("2025", "2026"):
        (home / "weekly" / year).mkdir(parents=True)
    write(home / "years.yml", YEARS)
    for name in ("2026/03-02.md", "2026/02-16.markdown", "README.md"):
        write(home / "weekly" / name, ISSUE)
    return home / "weekly"


@pytest.fixture
def many(home: Path) -> Path:
    write(home / "many.yml", HEADINGS)
    write(home / "many" / "README.md", MANY)
    return home / "many"


@pytest.mark.usefixtures("years")
def test_a_folder_is_read_with_its_sub_folders_and_without_its_readme(jianbao: Run) -> None:
    issues = jianbao("parse", "weekly", "--profile", "years.yml", "--format", "json").json
    assert [issue["slug"] for issue in issues] == ["2026-02-16", "2026-03-02"]


def test_a_file_is_named_as_it_lies_in_its_folder(years: Path, jianbao: Run) -> None:
    result = jianbao("check", "weekly/2026/03-02.md", "--profile", "years.yml")
    assert "file-name" not in result.out
    assert "2026/02-16.markdown:" not in result.out
    write(years / "2026" / "March.md", ISSUE)
    misnamed = jianbao("check", "weekly/2026/March.md", "--profile", "years.yml")
    assert "file-name" in misnamed.out


def test_what_an_issue_in_another_folder_told_is_found(years: Path, jianbao: Run) -> None:
    write(years / "2025" / "12-01.md", ISSUE.replace("2026-03-02", "2025-12-01"))
    result = jianbao("check", "weekly/2026/03-02.md", "--profile", "years.yml")
    assert result.out.count("12-01.md:5") == 1


@pytest.mark.usefixtures("many")
def test_all_issues_in_a_file_are_parsed(jianbao: Run) -> None:
    issues = jianbao("parse", "many/README.md", "--profile", "many.yml", "--format", "json").json
    assert [(issue["slug"], issue["title"], issue["date"]) for issue in issues] == [
        ("2026-03-02", "March 2, 2026", "2026-03-02"),
        ("2026-02-16", "February 16, 2026", "2026-02-16"),
    ]
    lines = MANY.split("\n")
    items = [item for issue in issues for section in issue["sections"] for item in section["items"]]
    assert [item["title"] in lines[item["line"] - 1] for item in items] == [True] * 5


@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.usefixtures("many")
def test_all_issues_in_a_file_are_previewed(jianbao: Run, form: str) -> None:
    out = jianbao("preview", "many/README.md", "--profile", "many.yml", "--format", form).out
    assert [title in out for title in ("March 2, 2026", "February 16, 2026")] == [True, True]
    assert "https://example.com/e" in out


@pytest.mark.usefixtures("many")
def test_findings_stand_where_the_file_has_them(jianbao: Run) -> None:
    result = jianbao("check", "many/README.md", "--profile", "many.yml")
    line = MANY.split("\n").index("* [D]()") + 1
    assert f"many/README.md:{line}:" in result.out
    assert "no-title" not in result.out
    assert "1 file" in result.err


def test_fixing_one_issue_leaves_the_rest_of_the_file_as_it_is(many: Path, jianbao: Run) -> None:
    write(many / "README.md", MANY.replace("### News\n\n* [C]", "###News\n\n* [C]"))
    jianbao("check", "many/README.md", "--profile", "many.yml", "--fix")
    assert (many / "README.md").read_text("utf-8") == MANY


def test_check_is_content_with_a_title_that_the_profile_makes(home: Path, jianbao: Run) -> None:
    write(
        home / "made.yml",
        "extends: link-lists\nfiles: 'issue-{number}.md'\ndate: null\ntitle: '{name} #{number}'\n",
    )
    write(home / "weekly" / "issue-7.md", ISSUE.split("\n", 2)[2])
    assert "no-title" not in jianbao("check", "weekly", "--profile", "made.yml").out
    (issue,) = jianbao("parse", "weekly", "--profile", "made.yml", "--format", "json").json
    assert issue["title"] == "Weekly links #7"
