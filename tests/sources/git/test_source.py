"""Issues from a repository: what of it is read, and what becomes of it when the repository changes."""

import os
import resource
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import FileChanged, SourceAway
from bot.model import Beside, Parts, parted
from bot.sources import Listing, WithSidecars
from tests.builders import NOON
from tests.sources.git.conftest import Make, Reader
from tests.sources.git.forge import Repository, forge, silent_server

FIRST, SECOND = "2026-03-02.md", "2026-03-03.md"


def read(reader: Reader, *, again: bool = False) -> Listing:
    if again:
        reader.source.refetch()
    return reader.source.read(NOON)


def texts(listing: Listing) -> Mapping[str, str]:
    return {file.name: file.text() for file in listing.files}


def test_an_issue_is_read_with_its_commit(repository: Repository, reader: Make) -> None:
    commit = repository.commit({FIRST: "# 简报"})
    (file,) = read(reader()).files
    assert (file.slug, file.path, file.commit, file.text()) == ("2026-03-02", Path(FIRST), commit, "# 简报")


def test_the_issues_of_a_folder_and_a_branch_alone_are_read(repository: Repository, reader: Make) -> None:
    repository.commit({f"issues/{FIRST}": "old", SECOND: "elsewhere"})
    repository.git("checkout", "-q", "-b", "out/now")
    repository.commit({f"issues/{FIRST}": "new"})
    repository.git("checkout", "-q", "main")
    listing = read(reader(branch="out/now", folder="issues"))
    assert texts(listing) == {FIRST: "new"}
    assert listing.files[0].path == Path("issues", FIRST)


def test_without_a_branch_it_is_the_repositorys_own(repository: Repository, reader: Make) -> None:
    repository.git("checkout", "-q", "-b", "trunk")
    repository.commit({FIRST: "trunk"})
    assert texts(read(reader())) == {FIRST: "trunk"}


def test_a_repository_on_a_forge_is_read(repository: Repository, reader: Make) -> None:
    repository.commit({FIRST: "one"})
    with forge(repository.path.parent) as (url, _):
        source = reader(f"{url}/digest/.git", branch="main")
        assert texts(read(source)) == {FIRST: "one"}
        repository.commit({FIRST: "corrected", SECOND: "two"})
        listing = read(source, again=True)
    assert texts(listing) == {FIRST: "corrected", SECOND: "two"}
    assert not listing.rewritten


def test_it_is_asked_as_often_as_is_said_and_fetched_only_if_it_changed(
    repository: Repository, reader: Make
) -> None:
    repository.commit({FIRST: "one"})
    with forge(repository.path.parent) as (url, asked):
        source = reader(f"{url}/digest/.git")
        read(source)
        first = len(asked)
        source.time = 59
        read(source)
        assert len(asked) == first
        source.time = 60
        read(source)
    assert len(asked) == first + 2  # what it speaks, and its branch
    assert not any("receive" in path for path in asked)


def test_a_commit_is_read_whole_and_stays_until_the_next_is_there(
    repository: Repository, reader: Make
) -> None:
    repository.commit({FIRST: "one", SECOND: "two"})
    source = reader()
    before = read(source)
    repository.commit({FIRST: None, SECOND: "corrected"})
    assert texts(read(source)) == {FIRST: "one", SECOND: "two"}
    assert texts(read(source, again=True)) == {SECOND: "corrected"}
    assert texts(before) == {FIRST: "one", SECOND: "two"}  # who began to read may end
    repository.commit({SECOND: "again"})
    read(source, again=True)
    with pytest.raises(FileChanged):
        before.files[0].text()


def test_a_file_of_a_commit_needs_no_rest(repository: Repository, reader: Make) -> None:
    repository.commit({FIRST: "one"})
    listing = read(reader())
    assert listing.files
    assert not listing.settling


@pytest.mark.parametrize("amend", [True, False])
def test_a_history_that_was_rewritten_is_read_and_said_to_be(
    repository: Repository, reader: Make, *, amend: bool
) -> None:
    first = repository.commit({"README.md": "digest"})
    repository.commit({FIRST: "one"})
    source = reader()
    read(source)
    if not amend:
        repository.git("reset", "-q", "--hard", first)
    repository.commit({SECOND: "two"}, amend=amend)
    listing = read(source, again=True)
    assert listing.rewritten
    assert SECOND in texts(listing)
    repository.commit({FIRST: "back"})
    assert not read(source, again=True).rewritten


@pytest.mark.parametrize("days", [(-3,), (-3, 5), (-1, -1), (0,), (5, -9, 5)])
def test_a_clock_that_is_behind_rewrites_no_history(
    repository: Repository, reader: Make, days: Sequence[int]
) -> None:
    repository.commit({"README.md": "digest"})
    repository.commit({FIRST: "one"})
    source = reader()
    read(source)
    for number, since in enumerate(days):
        repository.commit({SECOND: f"two, {number}"}, days=since)
    listing = read(source, again=True)
    assert (texts(listing)[SECOND], listing.rewritten) == (f"two, {len(days) - 1}", False)


def test_a_history_that_was_rewritten_by_a_clock_behind_is_said_to_be(
    repository: Repository, reader: Make
) -> None:
    repository.commit({"README.md": "digest"})
    repository.commit({FIRST: "one"})
    source = reader()
    read(source)
    repository.commit({SECOND: "two"}, amend=True, days=-3)
    assert read(source, again=True).rewritten


def test_a_branch_that_was_set_back_counts_as_rewritten(repository: Repository, reader: Make) -> None:
    first = repository.commit({FIRST: "one"})
    repository.commit({SECOND: "two"})
    source = reader()
    read(source)
    repository.git("reset", "-q", "--hard", first)
    listing = read(source, again=True)
    assert (texts(listing), listing.rewritten) == ({FIRST: "one"}, True)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("branch", "has no branch main (source.branch)"),
        ("folder", "has no folder issues in commit "),
        ("repository", "does not appear to be a git repository"),
        ("file for a folder", "has no folder issues in commit "),
    ],
)
def test_what_went_away_is_a_trouble_and_the_last_commit_stays(
    repository: Repository, reader: Make, damage: str, reason: str
) -> None:
    repository.commit({f"issues/{FIRST}": "one"})
    source = reader(branch="main", folder="issues")
    read(source)
    if damage == "branch":
        repository.git("checkout", "-q", "-b", "other")
        repository.git("branch", "-q", "-D", "main")
    elif damage == "repository":
        shutil.rmtree(repository.path)
    else:
        more = {"issues": "a file"} if "file" in damage else {}
        repository.commit({f"issues/{FIRST}": None})
        (repository.path / "issues").rmdir()
        repository.commit({"README.md": "digest", **more})
    listing = read(source, again=True)
    assert texts(listing) == {FIRST: "one"}
    assert listing.trouble is not None
    assert reason in listing.trouble
    assert listing.trouble.startswith("bot.yml: source.git: ")
    assert read(source).trouble == listing.trouble  # until it is asked again


def test_a_server_that_does_not_answer_is_a_trouble_until_it_does(
    repository: Repository, reader: Make
) -> None:
    repository.commit({FIRST: "one"})
    read(reader())
    with silent_server() as url:
        away = reader(url, bounds={"answer": 0.3})
        with pytest.raises(SourceAway, match=r"source\.git: .*did not answer within 0\.3 seconds"):
            read(away)  # another repository's mirror is not its own
    assert texts(read(reader())) == {FIRST: "one"}


def test_a_fetch_ends_when_the_bot_stops(reader: Make) -> None:
    with silent_server() as url:
        source = reader(url, bounds={"answer": 60})
        source.source.stop()
        with pytest.raises(SourceAway, match="as the bot stops"):
            read(source)


@pytest.mark.parametrize("lost", ["", "repository", "commits", "state.json", "repository/objects"])
def test_what_is_lost_of_the_mirror_is_fetched_again(repository: Repository, reader: Make, lost: str) -> None:
    repository.commit({FIRST: "one"})
    read(reader())
    path = reader().mirror / lost
    path.unlink() if path.is_file() else shutil.rmtree(path)
    repository.commit({FIRST: "two"})
    listing = read(reader())
    assert (texts(listing), listing.trouble) == ({FIRST: "two"}, None)


def test_a_mirror_that_grew_old_is_fetched_anew(repository: Repository, reader: Make) -> None:
    repository.commit({FIRST: "one"})
    source = reader()
    read(source)
    packs = source.mirror / "repository/objects/pack"
    (pack,) = packs.glob("*.pack")
    for number in range(60):
        shutil.copy(pack, packs / f"pack-{number:040}.pack")
    repository.commit({FIRST: "two"})
    assert texts(read(source, again=True)) == {FIRST: "two"}
    assert len(list(packs.glob("*.pack"))) == 1


def test_several_processes_share_a_mirror(repository: Repository, reader: Make) -> None:
    repository.commit({FIRST: "one"})
    first, second = reader(), reader()
    read(first)
    repository.commit({FIRST: "two"})
    assert texts(read(second, again=True)) == texts(read(first)) == {FIRST: "two"}


def test_a_mirror_that_cannot_be_written_is_a_trouble(
    repository: Repository, reader: Make, tmp_path: Path
) -> None:
    repository.commit({FIRST: "one"})
    (tmp_path / "mirror").write_text("a file")
    with pytest.raises(SourceAway, match="cannot be kept in"):
        read(reader())


def test_what_lies_beside_an_issue_comes_with_its_commit(repository: Repository, reader: Make) -> None:
    sidecar = "2026-03-02.topics.yml"
    repository.commit({FIRST: "# 简报", sidecar: "一条: 量化\n", "other.yml": "a: b"})
    files = WithSidecars(reader().source, settle=0.0)
    (before,) = files.read(NOON, unsettled_too=False).files
    assert parted(before.text()) == Parts(own="# 简报", beside=Beside(name=sidecar, text="一条: 量化\n"))
    commit = repository.commit({sidecar: "一条: 剪枝\n"})
    files.refetch()
    (after,) = files.read(NOON, unsettled_too=False).files
    assert (after.commit, after.own_checksum) == (commit, before.own_checksum)
    assert after.checksum != before.checksum


@contextmanager
def disk_for(most: int) -> Iterator[None]:
    """While it lasts, this process can write no file of more than ``most`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_commit_that_the_disk_does_not_take_whole_is_not_read(
    repository: Repository, reader: Make, tmp_path: Path
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").write_text(f'#!/bin/sh\nulimit -S -f unlimited\nexec {shutil.which("git")} "$@"\n')
    (programs / "git").chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    source = reader(bounds={"file": 1_000_000}, environment={"PATH": path})
    repository.commit({FIRST: "one"})
    read(source)
    repository.commit({FIRST: "corrected " * 50_000, SECOND: "two"})
    with disk_for(100_000):
        listing = read(source, again=True)
    assert (texts(listing), listing.problems) == ({FIRST: "one"}, ())
    assert "cannot be kept in" in str(listing.trouble)
    assert not (source.mirror / "commits/part").exists()
    assert texts(read(source, again=True)).keys() == {FIRST, SECOND}


def test_a_file_whose_name_no_disk_takes_is_told_and_the_others_are_read(
    repository: Repository, reader: Make
) -> None:
    repository.stage("100644", f"{'x' * 300}.md", "long")
    repository.stage("100644", FIRST, "one")
    repository.commit_index()
    listing = read(reader())
    assert texts(listing) == {FIRST: "one"}
    assert [one.reason for one in listing.problems] == ["cannot be kept (File name too long)"]
