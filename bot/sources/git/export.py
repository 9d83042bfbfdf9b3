"""The issues of one commit, written into a folder: all or none, and nothing that leads elsewhere."""

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.errors import SourceAway
from bot.model import is_markdown, meant_topics_stem
from bot.sources.git.command import Git
from bot.sources.tree import is_entered

_LISTED = 20_000_000  # bytes of a list of files
_HEADER = 200  # bytes of the line above a file's content
_PLAIN, _LINK = ("100644", "100755", "100664"), "120000"
#: What the name of a file causes; anything else is a fault of the disk.
_OF_ITS_NAME = frozenset((errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR))
_PERHAPS_LARGER = 10_000  # bytes: what git says beside the contents of a few files


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file of a commit: its content by git's id, and the path below the folder of issues."""

    id: str
    size: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A file of a commit that was not written, and why; ``unreadable``: somebody must mend it."""

    name: str
    reason: str
    unreadable: bool = False


def export(
    git: Git, tree: str, target: Path, *, size_limit: int, most: int, within: float
) -> tuple[Passed, ...]:
    """Write the Markdown files of a tree, such as ``COMMIT:issues``, below ``target``, which is new.

    With them the files of topics beside them.

    One larger than ``size_limit`` bytes is left out. Raises SourceAway if there is no such tree, or if it is
    more than ``most`` bytes, and OSError if the disk does not take all of it; then nothing is left there.
    """
    wanted, passed = _sorted_out(_listed(git, tree, within), size_limit)
    total = sum(blob.size for blob in wanted)
    if total > most:
        raise SourceAway(f"holds more than {most // 1_000_000} MB of issues (source.most_megabytes)")
    ids = "".join(f"{blob.id}\n" for blob in wanted).encode()
    room = total + len(wanted) * _HEADER + _PERHAPS_LARGER
    with git.output("cat-file", "--batch", within=within, most=room, given=ids) as content:
        return (*passed, *_all_written(wanted, content, target))


def _all_written(wanted: Sequence[Blob], content: IO[bytes], target: Path) -> list[Passed]:
    """Those that could not be written for their names."""
    target.mkdir()
    try:
        reasons = [(blob.name, _written(target / blob.name, _content(content, blob))) for blob in wanted]
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return [Passed(name=name, reason=reason, unreadable=True) for name, reason in reasons if reason]


def _listed(git: Git, tree: str, within: float) -> Sequence[bytes]:
    with git.output("ls-tree", "-r", "-z", "-l", "--full-tree", tree, within=within, most=_LISTED) as out:
        return out.read().split(b"\0")[:-1]


def _sorted_out(entries: Sequence[bytes], size_limit: int) -> tuple[list[Blob], list[Passed]]:
    wanted: list[Blob] = []
    passed: list[Passed] = []
    for mode, blob in _blobs(entries):
        if mode == _LINK:
            passed.append(Passed(name=blob.name, reason="is a link, and not followed"))
        elif mode in _PLAIN and blob.size > size_limit:
            reason = f"is larger than {size_limit / 1_000_000:g} MB"
            passed.append(Passed(name=blob.name, reason=reason, unreadable=True))
        elif mode in _PLAIN and _is_odd(blob.name):
            shown = "".join(char if char.isprintable() else "?" for char in blob.name)
            passed.append(Passed(name=shown, reason="has a name that no file may have", unreadable=True))
        elif mode in _PLAIN:
            wanted.append(blob)
    return wanted, passed


def _blobs(entries: Sequence[bytes]) -> Iterator[tuple[str, Blob]]:
    """What is named as Markdown or lies beside it, with its mode; what is no file has ``-`` for its size."""
    for entry in entries:
        facts, _, name = entry.partition(b"\t")
        mode, _, blob_id, size = facts.decode("ascii").split()
        text = name.decode("utf-8", "backslashreplace")
        *folders, last = text.split("/")
        if (is_markdown(last) or meant_topics_stem(last)) and all(map(is_entered, folders)):
            yield mode, Blob(id=blob_id, size=int(size) if size.isdigit() else 0, name=text)


def _is_odd(name: str) -> bool:
    """Whether a path leads elsewhere, or cannot be a path on every disk."""
    leads_elsewhere = not {"", ".", ".."}.isdisjoint(name.split("/"))
    return leads_elsewhere or "\\" in name or not name.isprintable()


def _content(out: IO[bytes], blob: Blob) -> bytes:
    kind = out.readline().split()
    if kind[1:] != [b"blob", b"%d" % blob.size]:
        raise SourceAway(f"lacks the content of {blob.name}")
    data = out.read(blob.size)
    out.read(1)
    return data


def _written(path: Path, data: bytes) -> str | None:
    """Why a file could not be written, if so: its name is too long, or is that of a folder.

    Raises OSError if its name is not to blame.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in _OF_ITS_NAME:
            raise
        return f"cannot be kept ({error.strerror})"
    return None
