"""What lies below a folder, and how it is read so that a link, a pipe or a device does no harm."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.model import is_markdown

#: Folders of other people's programs.
_FOREIGN = frozenset(("node_modules", "__pycache__", "site-packages"))
#: A pipe is opened without waiting for its other end; a link that has just come to be is not followed.
_WARILY = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


def markdown_below(folder: Path, *, deep: bool = True) -> list[str]:
    """The paths of all Markdown files below a folder, in POSIX form and in order; not ``deep``, in it alone.

    Hidden and linked folders, and those of other people's programs, are not entered. Raises OSError.
    """
    return sorted(name for name in named_below(folder, deep=deep) if (folder / name).is_file())


def named_below(
    folder: Path, *, deep: bool = True, is_meant: Callable[[str], bool] = is_markdown
) -> Iterator[str]:
    """What is named as Markdown (or ``is_meant``), a folder too, and the linked folders, not entered.

    Otherwise as :func:`markdown_below`, in no order.
    """
    os.scandir(folder).close()  # only below it is what cannot be read passed over
    for where, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if deep and is_entered(one)]
        here = Path(where)
        told = (one for one in folders if is_meant(one) or (here / one).is_symlink())
        for name in (*told, *filter(is_meant, names)):
            yield (here / name).relative_to(folder).as_posix()


def is_entered(folder: str) -> bool:
    """Whether issues may lie in a folder of this name: it is neither hidden nor one of a program."""
    return not folder.startswith(".") and folder not in _FOREIGN


def plain_path(path: Path) -> Path:
    """The same place from the root, without ``..``, wherever links on the way lead."""
    plain = Path(os.path.normpath(path.absolute()))
    real = path.resolve()
    return plain if plain.resolve() == real else real


def oddity(path: Path, home: Path) -> str | None:
    """Why what lies there is not to be read; None if it is a file, or a folder linked within ``home``.

    Raises OSError, and FileNotFoundError if nothing lies there.
    """
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        real = path.resolve()
        if not real.is_relative_to(home):
            return "is a link that leads out of the folder, and not followed"
        if not real.exists():
            return "is a link that leads nowhere"
        status = real.stat()
    is_known = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return None if is_known else "is no file but a pipe, a socket or a device"


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a file, ``most`` of them at most; links in its folders are followed, it must be none.

    Raises OSError, also if it is no regular file.
    """
    descriptor = os.open(path, _WARILY)
    with open(descriptor, "rb") as file:  # noqa: PTH123  # a descriptor has no path
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(None, "is no file")
        return file.read(most)
