"""A file of topics beside an issue belongs to it, and never costs it anything."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import FileChanged
from bot.model import Beside, FilePattern, Parts, parted
from bot.sources import FolderSource, Listing, WithSidecars, sidecar_path
from tests.builders import NOON
from tests.sources.test_folder import write

HOUR = timedelta(hours=1)
NAME, SIDECAR = "2026-03-02.md", "2026-03-02.topics.yml"


def source(folder: Path) -> WithSidecars:
    files = FolderSource(path=folder, pattern=FilePattern.of("re:(.*/)?[0-9-]+\\.md"), settle=5.0)
    return WithSidecars(files, settle=5.0)


def read(folder: Path, at: datetime = NOON + HOUR) -> Listing:
    return source(folder).read(at, unsettled_too=False)


def test_the_text_of_an_issue_has_what_lies_beside_it(tmp_path: Path) -> None:
    write(tmp_path, NAME)
    write(tmp_path, SIDECAR, "一条: 量化\n")
    (file,) = read(tmp_path).files
    assert parted(file.text()) == Parts(own="# 简报", beside=Beside(name=SIDECAR, text="一条: 量化\n"))


def test_the_checksum_is_of_both_and_without_one_that_of_the_issue(tmp_path: Path) -> None:
    write(tmp_path, NAME)
    (alone,) = read(tmp_path).files
    write(tmp_path, SIDECAR, "一条: 量化\n")
    (one,) = read(tmp_path).files
    write(tmp_path, SIDECAR, "一条: 剪枝\n")
    (other,) = read(tmp_path).files
    assert len({alone.checksum, one.checksum, other.checksum}) == 3
    assert alone.checksum == one.own_checksum == other.own_checksum
    (tmp_path / SIDECAR).unlink()
    assert read(tmp_path).files == (alone,)


def test_it_is_itself_no_issue_and_no_file_that_was_passed_over(tmp_path: Path) -> None:
    write(tmp_path, SIDECAR, "一条: 量化\n")
    assert read(tmp_path) == Listing(files=(), problems=())
    write(tmp_path, f"2026/{NAME}")
    write(tmp_path, f"2026/{SIDECAR}", "")
    assert read(tmp_path).problems == ()


NEAR = (
    *(f"{NAME}.topics.yml", "2026-03-02-topics.yml", "2026-03-02.topic.yml", "2026-03-02.主题.yml"),
    *("20260302.topics.yml", "2026-3-2.topics.yml", "2026_03_02.topics.yml", "2026年3月2日.topics.yaml"),
    *(f"{SIDECAR}.txt", f"{SIDECAR}.yml", "2026-03-02.topics", "2026-03-02.topics (1).yml"),
    *(
        "2026-03-02.topcis.yml",
        "2026-03-02.tpoics.yaml",
        "2026-03-02.topics.json",
        "2026-03-02.topics 副本.yml",
    ),
    *("20260302.md.topics.yml", "2026.3.2-话题.yml", "２０２６-０３-０２.topics.yml"),
)


@pytest.mark.parametrize("near", NEAR)
def test_one_under_nearly_its_name_is_told_with_the_name_that_it_should_have(
    tmp_path: Path, near: str
) -> None:
    write(tmp_path, NAME)
    write(tmp_path, near, "一条: 量化\n")
    listing = read(tmp_path)
    (problem,) = listing.problems
    reason = f"is not named as a file of topics is; if it is one, name it {SIDECAR}"
    assert (problem.path.name, problem.reason, problem.is_told) == (near, reason, True)
    assert [parted(file.text()).beside for file in listing.files] == [None]
    write(tmp_path, SIDECAR, "一条: 剪枝\n")
    assert [one.reason for one in read(tmp_path).problems] == [
        f"lies beside {SIDECAR}, which is read instead"
    ]


@pytest.mark.parametrize(
    "other",
    [
        *("topics.yml", "2026-03-16.topics.yml", "2026-03-02.yml", "my-topics.yml"),
        *("20260316.topics.yml", "2026-3.topics.yml", "2026-03-02-2.topics.yml"),
        *(
            f"{SIDECAR}.bak",
            f"{SIDECAR}~",
            "2026-03-02.tropical.txt",
            "2026-03-02.notes",
        ),
    ],
)
def test_another_file_beside_an_issue_is_none_of_its_topics(tmp_path: Path, other: str) -> None:
    write(tmp_path, NAME)
    write(tmp_path, other, "一条: 量化\n")
    assert read(tmp_path).problems == ()


def test_it_belongs_to_the_issue_in_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, f"a/{NAME}")
    write(tmp_path, SIDECAR, "一条: 量化\n")
    listing = read(tmp_path)
    (file,) = listing.files
    assert parted(file.text()).beside is None
    assert sidecar_path(file.path) == tmp_path / "a" / SIDECAR
    (problem,) = listing.problems
    reason = f"lies in another folder than its issue (a/{NAME}); put it beside that"
    assert (problem.path, problem.reason, problem.is_told) == (tmp_path / SIDECAR, reason, True)


def test_one_beside_an_issue_of_the_same_name_is_of_that(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write(tmp_path, f"{folder}/{NAME}")
    write(tmp_path, f"a/{SIDECAR}", "一条: 量化\n")
    assert not [one for one in read(tmp_path).problems if one.path.name == SIDECAR]


def test_while_it_is_being_written_a_known_issue_stays_as_it_was_and_a_new_one_waits(tmp_path: Path) -> None:
    write(tmp_path, NAME)
    here, now = source(tmp_path), NOON + HOUR
    before = here.read(now, unsettled_too=False).files
    write(tmp_path, SIDECAR, "一条: 量化\n", at=now)
    here.read(now, unsettled_too=True)  # as whoever looks beside the intake does
    listing = here.read(now, unsettled_too=False)
    assert (listing.files, [one.path.name for one in listing.settling]) == (before, [SIDECAR])
    assert read(tmp_path, now).files == ()
    (after,) = here.read(now + timedelta(seconds=6), unsettled_too=False).files
    assert after != before[0]
    assert source(tmp_path).read(now, unsettled_too=True).files == (after,)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfe\x00\x81\x8d\x8f\x90" * 9, "is not text"),
        (b"# much\n" * 70_000, "is larger than 400 kB"),
    ],
)
def test_one_that_cannot_be_read_is_a_problem_and_its_issue_is_there(
    tmp_path: Path, data: bytes, told: str
) -> None:
    write(tmp_path, NAME)
    (alone,) = read(tmp_path).files
    write(tmp_path, SIDECAR, data)
    listing = read(tmp_path)
    assert listing.files == (alone,)
    assert [(one.path.name, one.reason) for one in listing.problems] == [(SIDECAR, told)]


def test_neither_a_link_out_of_the_folder_nor_a_pipe_or_a_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "issues"
    write(folder, NAME)
    (alone,) = read(folder).files
    write(tmp_path, "secret.yml", "一条: 量化\n")
    for make, told in (
        (lambda path: path.symlink_to(tmp_path / "secret.yml"), "a link that leads out"),
        (os.mkfifo, "no file but a pipe"),
        (Path.mkdir, "cannot be read"),
    ):
        make(folder / SIDECAR)
        listing = read(folder)
        assert listing.files == (alone,)
        assert told in listing.problems[0].reason
        (folder / SIDECAR).rmdir() if (folder / SIDECAR).is_dir() else (folder / SIDECAR).unlink()


def test_a_file_that_changes_while_it_is_read_is_read_again_later(tmp_path: Path) -> None:
    write(tmp_path, NAME)
    write(tmp_path, SIDECAR, "一条: 量化\n")
    (file,) = read(tmp_path).files
    write(tmp_path, NAME, "# 别的")
    with pytest.raises(FileChanged):
        file.text()


@pytest.mark.parametrize("ending", [".topics.yaml", ".topics.YML", ".Topics.yml", ".TOPICS.YAML"])
def test_it_may_be_named_in_any_case_and_with_the_longer_ending(tmp_path: Path, ending: str) -> None:
    write(tmp_path, NAME)
    write(tmp_path, f"2026-03-02{ending}", "一条: 量化\n")
    (file,) = read(tmp_path).files
    assert parted(file.text()).beside == Beside(name=f"2026-03-02{ending}", text="一条: 量化\n")
    assert read(tmp_path).problems == ()


def test_of_two_the_usual_one_is_read_and_the_other_is_told(tmp_path: Path) -> None:
    write(tmp_path, NAME)
    for ending in ("yaml", "yml"):
        write(tmp_path, f"2026-03-02.topics.{ending}", f"一条: {ending}\n")
    found = read(tmp_path)
    assert [parted(file.text()).beside for file in found.files] == [Beside(name=SIDECAR, text="一条: yml\n")]
    (problem,) = found.problems
    assert (problem.path.name, problem.to_mend) == ("2026-03-02.topics.yaml", True)
    assert problem.reason == f"lies beside {SIDECAR}, which is read instead"
