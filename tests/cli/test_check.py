"""jianbao check: slips with their places, exit codes for scripts, and files mended without harm."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from bot.editors.linter.codes_page import as_markdown
from tests.cli.conftest import ISSUE, Result, Run, write

GOOD = "issues/2026-03-02.md"
WARNED = ISSUE.replace("# 样刊 (2026-03-02)：新芯片/低比特", "# 样刊 (2026-03-02)：")
WRONG = ISSUE.replace("(https://example.com/foundry)", "()")
#: A lost bracket, a lost space and a lost dash.
BROKEN = (
    ISSUE.replace("(https://example.com/foundry)", "（https://example.com/foundry）")
    .replace("## 论文", "##论文")
    .replace("- [ICLR", "[ICLR")
)


def checked(jianbao: Run, text: str | bytes, *arguments: str, name: str = "2026-03-02.md") -> Result:
    path = Path("other") / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return jianbao("check", str(path), *arguments)


def test_an_issue_without_slips_is_nothing_but_a_line_that_sums_up(jianbao: Run) -> None:
    assert jianbao("check", GOOD) == Result(code=0, out="", err="1 file: 0 errors, 0 warnings\n")


def test_a_slip_is_a_line_that_editors_jump_by(jianbao: Run) -> None:
    result = checked(jianbao, WRONG)
    assert result.out == ("other/2026-03-02.md:11:3: error empty-link the link has no text or no address\n")
    assert (result.code, result.err) == (1, "1 file: 1 error, 0 warnings\n")


@pytest.mark.parametrize(
    ("text", "strict", "code"),
    [
        (ISSUE, False, 0),
        (ISSUE, True, 0),
        (WARNED, False, 0),
        (WARNED, True, 1),
        (WRONG, False, 1),
        (WRONG, True, 1),
    ],
)
def test_errors_fail_and_warnings_fail_where_they_shall(
    jianbao: Run, text: str, code: int, *, strict: bool
) -> None:
    assert checked(jianbao, text, *(["--strict"] if strict else [])).code == code


def test_json_is_an_array_of_findings(jianbao: Run) -> None:
    assert checked(jianbao, WARNED, "--format", "json").json == [
        {
            "path": "other/2026-03-02.md",
            "line": 1,
            "column": 18,
            "level": "warning",
            "code": "title-colon",
            "message": "the title ends in a colon",
            "fixable": True,
        }
    ]
    assert jianbao("check", GOOD, "--format", "json").json == []


def test_github_gets_workflow_commands(jianbao: Run) -> None:
    assert checked(jianbao, WRONG, "--format", "github").out == (
        "::error file=other/2026-03-02.md,line=11,col=3,title=empty-link"
        "::the link has no text or no address\n"
    )


def test_workflow_commands_are_escaped_by_githubs_rules(jianbao: Run) -> None:
    text = ISSUE.replace("https://example.com/code", "ftp://example.com/100%,a:b")
    out = checked(
        jianbao,
        text.replace("代码：", "代码：[见](").replace("a:b", "a:b)"),
        "--format",
        "github",
        name="a,b%:1.md",
    ).out
    command = next(line for line in out.splitlines() if "dropped-link" in line)
    assert command.startswith("::error file=other/a%2Cb%25%3A1.md,line=")
    assert command.endswith("::Telegram drops this link: ftp://example.com/100%25,a:b")


def test_files_and_folders_are_checked_each_file_once(jianbao: Run, home: Path) -> None:
    write(
        home / "more" / "2026-02-16.md",
        ISSUE.replace("2026-03-02", "2026-02-16").replace("example.com", "a.com"),
    )
    write(home / "more" / "README.md", "# 说明\n")
    result = jianbao("check", "more", GOOD, "more/2026-02-16.md")
    assert result.err.startswith("2 files: 0 errors, 0 warnings\n")


def test_a_file_in_the_folder_that_is_no_issue_by_its_name_is_named(jianbao: Run, home: Path) -> None:
    write(home / "issues" / "2026-03-02 copy.md", ISSUE)
    out = jianbao("check", "issues").out
    assert out.startswith("issues/2026-03-02 copy.md:1:1: warning file-name ")
    assert out.count("\n") == 1


def test_what_an_issue_beside_it_told_is_found_and_what_a_later_one_tells_is_not(
    jianbao: Run, home: Path
) -> None:
    write(home / "issues" / "2026-02-16.md", ISSUE.replace("2026-03-02", "2026-02-16"))
    told = jianbao("check", GOOD).out.splitlines()
    assert [line.split(" see ")[1] for line in told] == ["issues/2026-02-16.md:11", "issues/2026-02-16.md:16"]
    assert jianbao("check", "issues/2026-02-16.md").out == ""


def test_issues_named_together_are_compared_wherever_they_lie(jianbao: Run, home: Path) -> None:
    write(home / "archive" / "2026-02-16.md", ISSUE.replace("2026-03-02", "2026-02-16"))
    assert jianbao("check", GOOD).out == ""
    assert jianbao("check", GOOD, "archive").out.count("told-before") == 2


def test_fix_mends_and_tells_what_is_left(jianbao: Run) -> None:
    result = checked(jianbao, BROKEN + "- []()\n摘要：量化。\n", "--fix")
    assert result.out.startswith("other/2026-03-02.md:20:3: error empty-link ")
    assert result.out.count("\n") == 1
    assert (result.code, result.err) == (1, "1 file: 1 error, 0 warnings; 3 fixed\n")
    assert Path("other/2026-03-02.md").read_text("utf-8") == ISSUE + "- []()\n摘要：量化。\n"


def test_fixing_again_changes_nothing(jianbao: Run) -> None:
    checked(jianbao, BROKEN, "--fix")
    path = Path("other/2026-03-02.md")
    before = (path.stat().st_ino, path.stat().st_mtime_ns)
    assert jianbao("check", str(path), "--fix").err == "1 file: 0 errors, 0 warnings\n"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_diff_alone_shows_a_patch_and_writes_nothing(jianbao: Run) -> None:
    result = checked(jianbao, BROKEN, "--diff")
    patch, _, findings = result.out.partition("other/2026-03-02.md:")
    assert patch.startswith("--- other/2026-03-02.md\n+++ other/2026-03-02.md\n@@ ")
    assert "\n-##论文\n" in patch
    assert "\n+## 论文\n" in patch
    assert findings.count("\n") == 3
    assert result.err.endswith("; 3 can be fixed with --fix\n")
    assert Path("other/2026-03-02.md").read_text("utf-8") == BROKEN


def test_diff_with_fix_shows_the_patch_of_what_is_written(jianbao: Run, home: Path) -> None:
    patch = checked(jianbao, BROKEN, "--diff", "--fix").out
    assert Path("other/2026-03-02.md").read_text("utf-8") == ISSUE
    write(home / "other" / "2026-03-02.md", BROKEN)
    subprocess.run(["patch", "-p0"], input=patch.encode(), cwd=home, check=True, capture_output=True)  # noqa: S607  # whichever patch there is
    assert Path("other/2026-03-02.md").read_text("utf-8") == ISSUE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ISSUE.encode("gb18030"), "encoding"),
        (ISSUE.encode("utf-8-sig"), "byte-order-mark"),
        (ISSUE.replace("\n", "\r\n").encode(), "line-ends"),
    ],
)
def test_a_file_saved_otherwise_is_saved_as_every_issue(jianbao: Run, content: bytes, code: str) -> None:
    result = checked(jianbao, content)
    assert (result.code, [line.split()[2] for line in result.out.splitlines()]) == (0, [code])
    result = checked(jianbao, content, "--fix")
    assert (result.out, result.err) == ("", "1 file: 0 errors, 0 warnings; 1 fixed\n")
    assert Path("other/2026-03-02.md").read_bytes() == ISSUE.encode()


@pytest.mark.parametrize("content", [ISSUE.encode("gb18030"), ISSUE.encode("utf-8-sig")])
def test_there_is_no_patch_where_only_the_bytes_change(jianbao: Run, content: bytes) -> None:
    assert checked(jianbao, content, "--diff", "--fix").out == ""


def test_a_damaged_file_is_not_mended_for_its_bytes_would_be_lost(jianbao: Run) -> None:
    content = BROKEN.encode() + "量".encode()[:2]
    result = checked(jianbao, content, "--fix")
    assert result.code == 1
    assert "fix" not in result.err
    assert Path("other/2026-03-02.md").read_bytes() == content


def test_a_mended_file_keeps_its_permissions_and_leaves_nothing_beside_it(jianbao: Run, home: Path) -> None:
    path = write(home / "other" / "2026-03-02.md", BROKEN)
    path.chmod(0o640)
    link = home / "link.md"
    link.symlink_to(path)
    jianbao("check", "link.md", "--fix")
    assert link.is_symlink()
    assert path.read_text("utf-8") == ISSUE
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208  # hidden files too


def test_help_names_the_command_and_its_options(jianbao: Run) -> None:
    assert " check " in jianbao("--help").out
    told = jianbao("check", "--help").out
    for option in ("--format", "--strict", "--fix", "--diff", "--codes"):
        assert option in told


def test_codes_are_the_page_of_the_documentation(jianbao: Run) -> None:
    assert jianbao("check", "--codes").out == as_markdown()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "jianbao: PATH: give at least one issue file or folder\n"),
        (["gone.md"], "jianbao: gone.md: no such file or folder\n"),
        (["empty"], "jianbao: empty: no Markdown files in this folder\n"),
        (["picture.md"], "jianbao: picture.md: is not a text file\n"),
        ([GOOD, "--diff", "--format", "json"], "jianbao: --diff: cannot be combined with --format json\n"),
    ],
)
def test_what_a_person_must_correct_is_one_line_and_code_2(
    jianbao: Run, home: Path, arguments: list[str], told: str
) -> None:
    (home / "empty").mkdir()
    (home / "picture.md").write_bytes(b"\x89PNG\x00\xff\xfe\x80\x00")
    assert jianbao("check", *arguments) == Result(code=2, out="", err=told)
