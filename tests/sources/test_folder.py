import os
import re
from datetime import datetime, timedelta
from pathlib import Path, PurePath

import pytest

from bot.errors import BadInput, FileChanged
from bot.model import FilePattern
from bot.sources import FolderSource, SourceFile
from tests.builders import NOON


def write(folder: Path, name: str, data: str | bytes = "# 简报", at: datetime = NOON) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def source(folder: Path, pattern: str = r"\d{4}-\d{2}-\d{2}\.md", limit: int = 1000) -> FolderSource:
    return FolderSource(
        path=folder, pattern=FilePattern.of(pattern), size_limit=limit, place="bot.yml: issues"
    )


def read(folder: Path, pattern: str = r"\d{4}-\d{2}-\d{2}\.md") -> tuple[SourceFile, ...]:
    return source(folder, pattern).read(NOON + timedelta(hours=1)).files


def test_an_issue_file_is_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path, "2026-03-02.md", "# 简报\r\n正文")
    (file,) = read(tmp_path)
    assert (file.slug, file.path, file.text()) == ("2026-03-02", path, "# 简报\r\n正文")
    assert not file.guessed


def test_the_checksum_tells_one_text_from_another(tmp_path: Path) -> None:
    write(tmp_path, "2026-03-02.md", "one")
    (first,) = read(tmp_path)
    write(tmp_path, "2026-03-02.md", "two")
    (second,) = read(tmp_path)
    assert first.checksum != second.checksum
    assert len(first.checksum) == 64


@pytest.mark.parametrize(
    "name",
    [
        ".2026-03-02.md",
        ".2026-03-02.md.swp",
        "~$2026-03-02.md",
        "#2026-03-02.md#",
        "2026-03-02.md~",
        "2026-03-02.png",
        "2026-03-02.md.bak",
        ".git/2026-03-02.md",
        "node_modules/2026-03-02.md",
    ],
)
def test_what_is_no_issue_is_left_out_without_a_word(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    listing = source(tmp_path, r"(\d{4}|\.|#).*").read(NOON + timedelta(hours=1))
    assert (listing.files, listing.problems) == ((), ())


@pytest.mark.parametrize("name", ["2026-03-02-draft.md", "old-2026-03-02.md", "2026-03-02.md.md"])
def test_the_pattern_must_match_the_whole_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert read(tmp_path) == ()


def test_links_that_lead_out_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "issues"
    folder.mkdir()
    (folder / "2026-03-02.md").symlink_to(write(tmp_path, "secret"))
    (folder / "2026-03-03.md").symlink_to(folder / "nowhere")
    (folder / "more").symlink_to(write(tmp_path, "else/2026-03-04.md").parent)
    assert read(folder) == ()


def test_what_is_named_as_an_issue_and_is_no_file_that_may_be_read_is_for_somebody_to_mend(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "issues"
    (folder / "2026-03-02.md").mkdir(parents=True)
    (folder / "2026-03-03.md").symlink_to(write(tmp_path, "secret"))
    (folder / "2026-03-04.md").symlink_to(folder / "nowhere")
    (folder / "notes.md").mkdir()
    (folder / "other.md").symlink_to(write(tmp_path, "secret"))
    listing = source(folder, r"\d{4}-\d\d-\d\d\.md").read(NOON + timedelta(hours=1))
    assert {one.path.name: one.reason for one in listing.problems if one.unreadable} == {
        "2026-03-02.md": "is a folder, and no file",
        "2026-03-03.md": "is a link that leads out of the folder, and not followed",
        "2026-03-04.md": "is a link that leads nowhere",
    }
    assert [one.path.name for one in listing.problems if not one.unreadable] == ["other.md"]


@pytest.mark.parametrize(
    ("pattern", "name", "slug"),
    [
        ("{year}/{month_name}/{day}.md", "2022/Aug/01.md", "2022-Aug-01"),
        ("{year}/{year}-{month}.md", "2022/2022-08.md", "2022-08"),
        ("{year}/#{number}-{year}.{month}.{day}.md", "2026/#376-2026.08.03.md", "376-2026-08-03"),
        ("**/issue-{number}.markdown", "2016/issue-1.markdown", "2016-issue-1"),
        ("**/issue-{number}.markdown", "2022/issue-300.markdown", "issue-300"),
        ("**/issue-{number}", "issue-7.mkd", "issue-7"),
        ("weekly {number}.md", "weekly 12.MD", "weekly-12"),
        ("**/*", "a/b/c.mdown", "a-b-c"),
        (r"\d{4}-\d\d-\d\d\.md", "2026/2026-03-02.md", "2026-03-02"),
        (r"\d{4}/\d\d\.md", "2026/03.md", "2026-03"),
        (r"re:(?P<year>\d{4})/.+\.MD", "2026/03.MD", "2026-03"),
        ("README.md", "README.md", "README"),
        (r"\d{4}-?\d{1,2}-?\d{1,2}\.md", "2026-03-02.MD", "2026-03-02"),
        (r"\d{4}-?\d{1,2}-?\d{1,2}\.md", "2026/2026-03-02.Markdown", "2026-03-02"),
        (r"re:\d{4}/\d\d\.markdown", "2026/03.md", "2026-03"),
        ("{year}-{month}-{day}.md", "2026-3-2.mkd", "2026-3-2"),
    ],
)
def test_a_file_is_found_by_its_path_below_the_folder(
    tmp_path: Path, pattern: str, name: str, slug: str
) -> None:
    write(tmp_path, name)
    assert [(file.name, file.slug) for file in read(tmp_path, pattern)] == [(name, slug)]


SHIPPED = r"\d{4}-?\d{1,2}-?\d{1,2}\.md"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "2026-03-02。md",
            "2026-03-02.ｍｄ",
            "２０２６-03-02.md",
            "２０２６－０３－０２。ｍｄ",
            "2026-03-02\u200b.md",
        ),
        *(
            "2026.03.02.md",
            "2026_03_02.md",
            "2026年3月2日.md",
            "2026年03月02日。md",
            "2026 03 02.md",
            "2026–03–02.md",
        ),
        *("2026.3.2.MD", "2026、03、02.md", "2026，3，2.markdown", "2026-03-02 .md", "2026年3月2号.md"),
        *("2026/03/02.md", "2026/03-02.md", "2026/0302.md", "2026年/3月/2日.md", "news/2026/3/2.md"),
        *("2026/2026.03.02.md", "2026/03/2026年3月2日.md", "2026-03/02.md", "2026／03／02.md"),
    ],
)
@pytest.mark.parametrize("pattern", [SHIPPED, r"\d{4}-\d{2}-\d{2}\.md", "**/{year}-{month}-{day}.md"])
def test_a_date_that_is_the_whole_name_is_read_in_any_form_and_from_any_keyboard(
    tmp_path: Path, name: str, pattern: str
) -> None:
    write(tmp_path, name)
    assert [(file.name, file.slug) for file in read(tmp_path, pattern)] == [(name, "2026-03-02")]


@pytest.mark.parametrize(
    ("pattern", "name", "slug"),
    [
        ("{year}.{month}.{day}.md", "2026-03-02.md", "2026-03-02"),
        ("{year}_{month}_{day}.md", "2026-03-02.md", "2026_03_02"),
        ("{year}{month}{day}.md", "2026-03-02.md", "20260302"),
        (r"\d{4}-\d\d-\d\d\.md", "20260302.md", "2026-03-02"),
        (SHIPPED, "20260302.md", "20260302"),
        ("第{number}期.md", "第１２期。md", "12"),
        ("第{number}期（增刊）.md", "第１２期（增刊）。md", "12"),
    ],
)
def test_it_is_called_as_those_that_are_named_by_the_pattern(
    tmp_path: Path, pattern: str, name: str, slug: str
) -> None:
    write(tmp_path, name)
    assert [file.slug for file in read(tmp_path, pattern)] == [slug]


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        *((SHIPPED, name) for name in ("02.03.2026.md", "26-03-02.md", "2026-13-02 .md", "2026.02.30.md")),
        *(
            (SHIPPED, name)
            for name in ("2026年3月2日 增刊.md", "2026-03-02T0830.md", "2026.03.md", "0012_03_02.md")
        ),
        (r"\d+\.md", "2026-03-02.md"),
        ("{number}.md", "2026.03.02.md"),
    ],
)
def test_a_name_that_may_mean_something_else_is_told_and_not_read(
    tmp_path: Path, pattern: str, name: str
) -> None:
    write(tmp_path, name)
    listing = source(tmp_path, pattern).read(NOON + timedelta(hours=1))
    assert listing.files == ()
    assert [one.shown for one in listing.problems] == [name]


def test_of_one_date_in_two_forms_the_one_that_the_pattern_has_is_read(tmp_path: Path) -> None:
    for name in ("2026 03 02.md", "2026-03-02.md", "2026.03.02.md"):
        write(tmp_path, name)
    listing = source(tmp_path).read(NOON + timedelta(hours=1))
    assert [file.name for file in listing.files] == ["2026-03-02.md"]
    assert {one.reason for one in listing.problems} == {"has the name of 2026-03-02.md, read instead"}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{year}/{day}.md", "2022/Aug/01.md"),
        ("*.md", "2022/08.md"),
        ("{year}-{month}.md", "2022-8-1.md"),
        (r"re:\d\d\.md", "2022/08.md"),
        (r".*\.md", "README.md"),
        ("**/*.md", "docs/readme.md"),
    ],
)
def test_what_the_pattern_does_not_match_is_named_with_the_reason(
    tmp_path: Path, pattern: str, name: str
) -> None:
    path = write(tmp_path, name)
    listing = source(tmp_path, pattern).read(NOON + timedelta(hours=1))
    assert [(one.path, one.reason) for one in listing.problems] == [
        (path, "is not named as an issue is (files in digest.yml)")
    ]


def test_of_two_that_differ_in_their_ending_the_one_that_the_pattern_names_is_read(tmp_path: Path) -> None:
    for name in ("2026-03-02.MD", "2026-03-02.markdown", "2026-03-02.md"):
        write(tmp_path, name)
    listing = source(tmp_path).read(NOON + timedelta(hours=1))
    assert [file.name for file in listing.files] == ["2026-03-02.md"]
    assert [one.reason for one in listing.problems] == ["has the name of 2026-03-02.md, read instead"] * 2


def test_a_readme_beside_issues_is_left_out_without_a_word(tmp_path: Path) -> None:
    for name in ("README.md", "2026-03-02.md"):
        write(tmp_path, name)
    listing = source(tmp_path).read(NOON + timedelta(hours=1))
    assert ([file.slug for file in listing.files], listing.problems) == (["2026-03-02"], ())


@pytest.mark.parametrize(
    "folder",
    [
        *("drafts", "2026/草稿", "草稿箱", "未发布", "待发布", "待审", "unpublished", "wip", "WIP"),
        *("In Progress", "templates", "_template", "模板", "模版", "tmp", "Trash", "回收站"),
        *("01-drafts", "2026/2. 待审核"),
    ],
)
def test_a_draft_is_no_issue_whatever_its_name(tmp_path: Path, folder: str) -> None:
    write(tmp_path, f"{folder}/2026-03-02.md")
    listing = source(tmp_path).read(NOON + timedelta(hours=1))
    (problem,) = listing.problems
    assert (listing.files, problem.is_told) == ((), True)
    assert problem.reason == f"lies in a folder of drafts ({PurePath(folder).name})"


@pytest.mark.parametrize("folder", ["2026", "archive", "归档", "已发布", "published", "weekly", "news", "1"])
def test_another_folder_holds_issues(tmp_path: Path, folder: str) -> None:
    write(tmp_path, f"{folder}/2026-03-02.md")
    assert len(source(tmp_path).read(NOON + timedelta(hours=1)).files) == 1


def test_the_path_above_the_folder_makes_no_draft(tmp_path: Path) -> None:
    write(tmp_path, "tmp/drafts/2026-03-02.md")
    assert len(source(tmp_path / "tmp" / "drafts").read(NOON + timedelta(hours=1)).files) == 1


def test_the_slug_of_a_file_does_not_depend_on_what_lies_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "2022/Aug/01.md")
    (alone,) = read(tmp_path, "{year}/{month_name}/{day}.md")
    write(tmp_path, "2022/Sep/01.md")
    assert [file.slug for file in read(tmp_path, "{year}/{month_name}/{day}.md")] == [
        alone.slug,
        "2022-Sep-01",
    ]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """That is how a mounted ConfigMap looks."""
    (tmp_path / "..data").mkdir()
    (tmp_path / "2026-03-02.md").symlink_to(write(tmp_path / "..data", "2026-03-02.md"))
    assert [file.slug for file in read(tmp_path)] == ["2026-03-02"]


@pytest.mark.parametrize("age", [0, 4, -4])
def test_a_file_just_changed_is_not_read_yet(tmp_path: Path, age: int) -> None:
    write(tmp_path, "2026-03-02.md")
    listing = source(tmp_path).read(NOON + timedelta(seconds=age))
    assert (listing.files, listing.problems) == ((), ())
    assert source(tmp_path).read(NOON, unsettled_too=True).files
    assert source(tmp_path).read(NOON + timedelta(seconds=5)).files


def test_too_large_a_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    path = write(tmp_path, "2026-03-02.md", "x" * 1001)
    write(tmp_path, "2026-03-16.md", "x" * 1000)
    listing = source(tmp_path).read(NOON + timedelta(hours=1))
    assert [file.slug for file in listing.files] == ["2026-03-16"]
    assert [(one.path, one.reason) for one in listing.problems] == [(path, "is larger than 0.001 MB")]


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    write(tmp_path, "2026-03-02.md", "\ufeff# 简报")
    assert read(tmp_path)[0].text() == "# 简报"


def test_what_is_not_utf8_is_read_as_gb18030_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, "2026-03-02.md", "# 简报".encode("gb18030"))
    (file,) = read(tmp_path)
    assert (file.text(), file.guessed) == ("# 简报", True)


def test_what_is_no_text_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "2026-03-02.md", b"\xff\xff\xff")
    (problem,) = source(tmp_path).read(NOON + timedelta(hours=1)).problems
    assert problem.reason == "is neither UTF-8 nor GB18030 text"


def test_a_slug_is_clean_and_short(tmp_path: Path) -> None:
    write(tmp_path, f"2026-03-02 嵌入式 AI!{'x' * 60}.md")
    (file,) = read(tmp_path, ".*")
    assert re.fullmatch(r"2026-03-02-AI-x{36}", file.slug)
    assert len(file.slug) == 50


def test_two_files_of_one_slug_are_a_problem_and_the_first_is_read(tmp_path: Path) -> None:
    write(tmp_path, "2026-03-02 a.md", "first")
    second = write(tmp_path, "2026-03-02-a.md", "second")
    listing = source(tmp_path, ".*").read(NOON + timedelta(hours=1))
    assert [file.text() for file in listing.files] == ["first"]
    assert [(one.path, one.reason) for one in listing.problems] == [
        (second, "has the name of 2026-03-02 a.md, read instead")
    ]


def test_a_name_without_letters_or_digits_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "简报.md")
    (problem,) = source(tmp_path, ".*").read(NOON + timedelta(hours=1)).problems
    assert problem.reason == "has no letter or digit in its name"


def test_a_missing_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"bot.yml: issues: {tmp_path}/nowhere: cannot read the folder of issues (No such file or directory)"
    )


def test_markdown_under_another_name_is_a_problem_for_an_issue_may_have_been_meant(tmp_path: Path) -> None:
    write(tmp_path, "2026-03-02 copy.md")
    listing = source(tmp_path, r"\d{4}-\d\d-\d\d\.md").read(NOON + timedelta(hours=1))
    assert listing.files == ()
    assert [(problem.path.name, problem.reason) for problem in listing.problems] == [
        ("2026-03-02 copy.md", "is not named as an issue is (files in digest.yml)")
    ]


@pytest.mark.parametrize("name", ["2026-03-02.md.txt", "2026-03-02.TXT", "2026/2026-03-02"])
def test_an_issue_that_was_saved_under_another_ending_is_named_with_the_right_one(
    tmp_path: Path, name: str
) -> None:
    path = write(tmp_path, name)
    write(tmp_path, "robots.txt")
    write(tmp_path, "LICENSE")
    listing = source(tmp_path).read(NOON + timedelta(hours=1))
    reason = "is not named as Markdown is; if it is an issue, name it 2026-03-02.md"
    assert (listing.files, [(one.path, one.reason) for one in listing.problems]) == ((), [(path, reason)])


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    path = write(tmp_path, "2026-03-02.md", "one")
    folder, later = source(tmp_path), NOON + timedelta(hours=1)
    (first,) = folder.read(later).files
    (second,) = folder.read(later).files
    assert second is first
    path.write_text("two")
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))  # of the same size, with the same time
    (third,) = folder.read(later).files
    assert (third.text(), third.checksum) != ("one", first.checksum)


def test_the_text_of_a_file_that_changed_meanwhile_is_not_given(tmp_path: Path) -> None:
    path = write(tmp_path, "2026-03-02.md", "one")
    (file,) = read(tmp_path)
    path.write_text("two")
    with pytest.raises(FileChanged, match="2026-03-02"):
        file.text()
    path.unlink()
    with pytest.raises(FileChanged, match="is gone"):
        file.text()


def test_a_folder_that_cannot_be_read_is_told_before_anything_is(tmp_path: Path) -> None:
    source(tmp_path).check()
    with pytest.raises(BadInput, match="issues: "):
        source(tmp_path / "none").check()


def test_of_files_of_one_name_that_in_a_folder_of_past_issues_is_not_read(tmp_path: Path) -> None:
    for folder in ("_old", "weekly"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2026-03-02.md").write_text(folder, "utf-8")
    (tmp_path / "_old" / "2026-02-16.md").write_text("x", "utf-8")
    listing = FolderSource(path=tmp_path, pattern=FilePattern.of(r"[\d-]+\.md")).read(
        NOON, unsettled_too=True
    )
    assert [file.name for file in listing.files] == ["_old/2026-02-16.md", "weekly/2026-03-02.md"]
    assert [problem.name for problem in listing.problems] == ["_old/2026-03-02.md"]
