"""A repository that means harm: nothing of it is executed or followed, and no more than so much is taken."""

from hashlib import sha256
from pathlib import Path

import pytest

from bot.errors import SourceAway
from tests.builders import NOON
from tests.sources.git.conftest import Make, Reader
from tests.sources.git.forge import Repository

FIRST = "2026-03-02.md"
_NOISE = b"".join(sha256(b"%d" % number).digest() for number in range(12_500))  # nothing packs it


def problems(reader: Reader) -> dict[str, str]:
    return {str(one.path): one.reason for one in reader.source.read(NOON).problems}


def test_links_are_not_followed(repository: Repository, reader: Make) -> None:
    repository.commit({"2026-03-03.md": "good"})
    repository.stage("120000", FIRST, "/etc/passwd")
    repository.stage("120000", "more", "/etc")
    repository.commit_index()
    source = reader()
    assert problems(source) == {FIRST: "is a link, and not followed"}
    assert [file.slug for file in source.source.read(NOON).files] == ["2026-03-03"]
    assert not any(path.is_symlink() for path in source.mirror.rglob("*"))


def test_submodules_are_not_entered(repository: Repository, reader: Make) -> None:
    commit = repository.commit({FIRST: "good", ".gitmodules": '[submodule "2026"]\nurl = ext::touch x\n'})
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},2026-03-03.md")
    repository.commit_index()
    source = reader()
    assert [file.slug for file in source.source.read(NOON).files] == ["2026-03-02"]


@pytest.mark.parametrize("name", ["..", ".", ".git"])
def test_a_path_that_leads_elsewhere_is_refused(repository: Repository, reader: Make, name: str) -> None:
    blob = repository.git("hash-object", "-w", "--stdin", given=b"evil")
    tree = repository.git(
        "hash-object", "-t", "tree", "-w", "--literally", "--stdin",
        given=b"100644 2026-03-02.md\0" + bytes.fromhex(blob),
    )  # fmt: skip
    above = repository.git(
        "hash-object", "-t", "tree", "-w", "--literally", "--stdin",
        given=f"40000 {name}\0".encode() + bytes.fromhex(tree),
    )  # fmt: skip
    commit = repository.git("commit-tree", above, "-m", "evil")
    repository.git("update-ref", "refs/heads/main", commit)
    source = reader()
    assert source.source.read(NOON).files == ()
    assert list(source.mirror.glob("**/*.md")) == []


@pytest.mark.parametrize("name", ["2026-03-02\n.md", "2026\\03.md", "2026-03-02\x1b[31m.md"])
def test_an_odd_name_is_told_and_shown_harmlessly(repository: Repository, reader: Make, name: str) -> None:
    repository.commit({name: "odd"})
    ((shown, reason),) = problems(reader()).items()
    assert shown.isprintable()
    assert reason == "has a name that no file may have"


def test_a_file_that_is_too_large_is_told_and_not_taken(repository: Repository, reader: Make) -> None:
    repository.commit({FIRST: "x" * 1001, "2026-03-03.md": "good"})
    source = reader()
    assert problems(source) == {FIRST: "is larger than 0.001 MB"}
    assert [file.slug for file in source.source.read(NOON).files] == ["2026-03-03"]


def test_a_repository_that_is_too_large_is_not_taken(repository: Repository, reader: Make) -> None:
    repository.commit({FIRST: "good", "picture.png": _NOISE})
    source = reader(bounds={"everything": 300_000})
    with pytest.raises(SourceAway, match=r"is larger than 0\.3 MB \(source\.most_megabytes\)"):
        source.source.read(NOON)


def test_issues_that_unpack_to_too_much_are_not_taken(repository: Repository, reader: Make) -> None:
    repository.commit({f"2026-03-{day:02}.md": "x" * 1000 for day in range(1, 30)})
    source = reader(bounds={"everything": 20_000})
    with pytest.raises(SourceAway, match="of issues"):
        source.source.read(NOON)


def test_a_tree_of_countless_files_ends(repository: Repository, reader: Make) -> None:
    """Ten folders, each ten times the one below it: of ten thousand million files a commit has."""
    blob = repository.git("hash-object", "-w", "--stdin", given=b"issue")
    lines = "".join(f"100644 blob {blob}\t{name}.md\n" for name in range(10))
    tree = repository.git("mktree", given=lines.encode())
    for _ in range(9):
        lines = "".join(f"040000 tree {tree}\t{name}\n" for name in range(10))
        tree = repository.git("mktree", given=lines.encode())
    repository.git("update-ref", "refs/heads/main", repository.git("commit-tree", tree, "-m", "bomb"))
    with pytest.raises(SourceAway, match="has too many files"):
        reader().source.read(NOON)


def test_no_hook_and_no_setting_of_a_repository_is_executed(
    repository: Repository, reader: Make, tmp_path: Path
) -> None:
    touched = tmp_path / "touched"
    repository.commit({FIRST: "good"})
    for name in ("pre-upload", "post-checkout", "reference-transaction", "post-merge"):
        hook = repository.path / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {touched}\n")
        hook.chmod(0o755)
    repository.git("config", "uploadpack.packObjectsHook", f"touch {touched};")
    repository.git("config", "core.fsmonitor", f"touch {touched};")
    assert reader().source.read(NOON).files
    assert not touched.exists()


@pytest.mark.parametrize("url", ["ext::touch x", "--upload-pack=touch x", "fd::17"])
def test_an_address_is_never_a_command(reader: Make, url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceAway):
        reader(url).source.read(NOON)
    assert not list(tmp_path.rglob("x"))
