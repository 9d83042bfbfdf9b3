"""jianbao check tells of each file that looks like an issue and is passed over."""

from pathlib import Path

import pytest

from tests.cli.conftest import ISSUE, Run, write

NAME = "2126-03-02"
TEXT = ISSUE.replace("2026-03-02", NAME).replace("example.com/", "example.com/another-")
MARKDOWN = "is not named as Markdown is; if it is an issue, name it"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (f"drafts/{NAME}.md", "lies in a folder of drafts (drafts)"),
        (f"草稿/{NAME}.md", "lies in a folder of drafts (草稿)"),
        (f"新/{NAME}.md.txt", f"{MARKDOWN} {NAME}.md"),
        (f"{NAME}.txt", f"{MARKDOWN} {NAME}.md"),
    ],
)
def test_in_a_folder_each_is_told(jianbao: Run, home: Path, file: str, reason: str) -> None:
    write(home / "issues" / file, TEXT)
    told = jianbao("check", "issues").err
    assert f"issues/{file}: passed over, for it {reason}\n" in told
    assert told.count(NAME) == 2 if "name it" in reason else 1


@pytest.mark.parametrize("folder", ["drafts", "_drafts", "Drafts", "草稿", "未发布"])
@pytest.mark.parametrize("where", ["issues", "elsewhere"])
def test_a_draft_that_is_named_itself_is_told(jianbao: Run, home: Path, folder: str, where: str) -> None:
    file = f"{where}/{folder}/{NAME}.md"
    (home / where).mkdir(exist_ok=True)
    write(home / file, TEXT)
    told = jianbao("check", file).err
    assert f"{file}: passed over, for it lies in a folder of drafts ({folder})\n" in told
    assert "comes out" not in told


@pytest.mark.usefixtures("home")
def test_the_path_above_what_is_checked_makes_no_draft(
    jianbao: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = write(tmp_path_factory.mktemp("above") / "tmp" / f"{NAME}.md", TEXT)
    assert "passed over" not in jianbao("check", str(file)).err


def test_a_draft_in_its_folder_is_no_issue_of_which_another_is_a_copy(jianbao: Run, home: Path) -> None:
    write(home / "issues" / "drafts" / f"{NAME}.md", TEXT)
    write(home / "issues" / "2126-03-09.md", TEXT.replace(NAME, "2126-03-09"))
    assert "held" not in jianbao("check", "issues").told
    assert "held" not in jianbao("check", "issues/2126-03-09.md").told


@pytest.mark.parametrize("named", ["issues", f"issues/{NAME}.md"])
def test_of_two_files_of_topics_the_one_that_is_not_read_is_told(
    jianbao: Run, home: Path, named: str
) -> None:
    write(home / "issues" / f"{NAME}.md", TEXT)
    for ending in ("yml", "yaml"):
        write(home / "issues" / f"{NAME}.topics.{ending}", "")
    reason = f"lies beside {NAME}.topics.yml, which is read instead"
    assert f"issues/{NAME}.topics.yaml: passed over, for it {reason}\n" in jianbao("check", named).err


@pytest.mark.parametrize("name", ["{}.md.topics.yml", "{}-topics.yml", "{}.topic.yaml", "{}_Topics.yml"])
@pytest.mark.parametrize("named", ["issues", f"issues/{NAME}.md"])
def test_a_file_of_topics_under_nearly_its_name_is_told(
    jianbao: Run, home: Path, named: str, name: str
) -> None:
    write(home / "issues" / f"{NAME}.md", TEXT)
    near = write(home / "issues" / name.format(NAME), "").name
    reason = f"is not named as a file of topics is; if it is one, name it {NAME}.topics.yml"
    assert f"issues/{near}: passed over, for it {reason}\n" in jianbao("check", named).err


def test_what_has_a_warning_already_is_not_told_twice(jianbao: Run, home: Path) -> None:
    write(home / "issues" / f"{NAME} copy.md", TEXT)
    checked = jianbao("check", "issues")
    assert "file-name" in checked.out
    assert "passed over" not in checked.err


def test_the_longer_ending_of_a_file_of_topics_is_read(jianbao: Run, home: Path) -> None:
    write(home / "issues" / f"{NAME}.md", TEXT)
    write(home / "issues" / f"{NAME}.topics.YAML", "no item of this name: quantization\n")
    assert f"{NAME}.topics.YAML" in jianbao("check", f"issues/{NAME}.md").out
