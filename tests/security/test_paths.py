"""What may lie in the folder of issues instead of a file: nothing else is read, and each is named."""

import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import FileChanged
from bot.model import FilePattern
from bot.sources import FolderSource, Listing
from bot.sources.tree import read_regular
from tests.builders import NOON

DAY = "2026-03-02.md"
OUT = "is a link that leads out of the folder, and not followed"
NOWHERE = "is a link that leads nowhere"
NO_FILE = "is no file but a pipe, a socket or a device"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of issues, with what is not meant for anybody beside it."""
    (tmp_path / "secret").write_text("# 515151:a-token", "utf-8")
    made = tmp_path / "issues"
    made.mkdir()
    return made


def look(folder: Path, *, limit: int = 1000) -> Listing:
    source = FolderSource(path=folder, pattern=FilePattern.of("**/*.md"), size_limit=limit)
    return source.read(NOON + timedelta(days=36_500), unsettled_too=True)


def reasons(listing: Listing) -> dict[str, str]:
    assert listing.files == ()
    return {one.path.name: one.reason for one in listing.problems}


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("../secret", OUT),
        ("../issues/../secret", OUT),
        ("/etc/passwd", OUT),
        ("/dev/zero", OUT),
        ("/proc/self/environ", OUT),
        ("../gone", OUT),
        ("gone", NOWHERE),
    ],
)
def test_a_link_that_leads_out_or_nowhere_is_named_and_not_followed(
    folder: Path, to: str, reason: str
) -> None:
    (folder / DAY).symlink_to(to)
    assert reasons(look(folder)) == {DAY: reason}


def test_links_to_links_and_to_folders_are_followed_no_further_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / DAY).write_text("# 简报", "utf-8")
    (folder / "2026").symlink_to(tmp_path / "more")
    (folder / "first.md").symlink_to("second.md")
    (folder / "second.md").symlink_to(tmp_path / "secret")
    (folder / "within").symlink_to(".")
    assert reasons(look(folder)) == {"2026": OUT, "first.md": OUT, "second.md": OUT}


def test_a_link_to_itself_is_named(folder: Path) -> None:
    (folder / DAY).symlink_to(DAY)
    assert list(reasons(look(folder))) == [DAY]


def test_a_pipe_and_a_socket_hold_nothing_up(folder: Path) -> None:
    os.mkfifo(folder / "1.md")
    (folder / "2.md").symlink_to("1.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "3.md"))
    assert reasons(look(folder)) == dict.fromkeys(("1.md", "2.md", "3.md"), NO_FILE)


def test_what_became_a_pipe_or_a_link_since_it_was_found_is_not_read(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(OSError, match="is no file"):
        read_regular(folder / "pipe", 10)
    (folder / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic links"):
        read_regular(folder / "link", 10)


def test_a_file_that_grew_or_changed_since_it_was_found_is_not_taken_for_what_it_was(folder: Path) -> None:
    path = folder / DAY
    path.write_text("# 简报", "utf-8")
    (file,) = look(folder).files
    with path.open("wb") as grown:
        grown.truncate(10**12)  # of nothing, which takes no room
    with pytest.raises(FileChanged):
        file.text()
    path.unlink()
    path.symlink_to("../secret")
    with pytest.raises(FileChanged):
        file.text()


def test_a_huge_file_is_named_and_its_first_bytes_alone_are_read(folder: Path) -> None:
    with (folder / DAY).open("wb") as huge:
        huge.truncate(10**12)
    assert reasons(look(folder)) == {DAY: "is larger than 0.001 MB"}


def test_a_name_is_no_way_out(folder: Path) -> None:
    for name in ("..md", "...md", "%2e%2e%2fsecret.md", "a\nb.md", "\u202e2026.md", "';--.md"):
        (folder / name).write_text("# 简报", "utf-8")
    (folder / os.fsdecode(b"\xff\xfe1.md")).write_text("# 简报", "utf-8")
    listing = look(folder)
    assert {file.path.parent for file in listing.files} == {folder}
    assert all(set(file.slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_") for file in listing.files)
