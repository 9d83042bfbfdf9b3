"""Issue files read with what their bytes tell, and written so that a file is never half there."""

import os
import shutil
from codecs import BOM_UTF8
from contextlib import suppress
from pathlib import Path

from bot.cli.output import read_bytes
from bot.editors.linter import Saved
from bot.errors import BadInput
from bot.sources import decode


def read_saved(path: Path) -> Saved:
    """A text file somebody named, and how it was saved; BadInput where it cannot be read as one."""
    content = read_bytes(path)
    decoded = decode(content)
    if decoded is None:
        raise BadInput("is not text", where=str(path))
    text, guessed = decoded
    return Saved(text=text, marked=content.startswith(BOM_UTF8), guessed=guessed)


def save(path: Path, text: str) -> None:
    """Put ``text`` in the place of a file, all at once, in UTF-8; where there is one its permissions stay.

    Where ``path`` is a link, the file that it leads to is replaced. BadInput where it may not be.
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
