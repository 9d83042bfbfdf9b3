"""Files replaced at once, so that none is ever half written."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from bot.errors import BadInput


def save(path: Path, text: str) -> None:
    """Replace a file at once by ``text`` in UTF-8; an existing file keeps its permissions.

    If ``path`` is a link, its target is replaced. Raises BadInput if the file cannot be written.
    """
    target = path.resolve()
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(None, "it may not be written")
        _replace(target, text.encode())
    except OSError as error:
        raise BadInput(f"cannot be saved: {error.strerror}", where=str(path)) from None


def _replace(target: Path, content: bytes) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            _dress(beside, target)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _dress(beside: Path, target: Path) -> None:
    """Give a file the permissions of another, and its owner where that may be."""
    shutil.copymode(target, beside)
    status = target.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(beside, status.st_uid, status.st_gid)


def append(path: Path, line: str) -> None:
    """Write a line at the end of a file, which is made where it is not. Raises BadInput if that cannot be."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(line)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", where=str(path)) from None
