"""The file of an SQLite database, looked at before SQLite opens it, which says little of what is wrong.

Nothing here opens the file: whoever closes one drops every lock that its process has on it, and another
process would then take the log of the database away from under the first (sqlite.org/howtocorrupt.html, 2.2).
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import BadInput, StoreDamaged, StoreError, StoreForeign

_PUT_BACK = (
    "Put the same file back, with its -wal and -shm; neither stop nor start a bot meanwhile, for one that"
    " runs keeps what was sent in memory until then"
)


def is_there(file: Path) -> bool:
    """Whether there is a file that may be a database.

    Raises BadInput if it is something else, and StoreError if this process may not read it.
    """
    try:
        mode = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unreadable(file, error.strerror) from None
    if stat.S_ISDIR(mode):
        raise BadInput(f"{file} is a folder; name a file in it, such as {file / 'jianbao.sqlite'}")
    if not _may(file, os.R_OK):
        raise _unreadable(file, os.strerror(errno.EACCES))
    return True


class OpenedFile:
    """The file that connections have open, which must stay the one at its path.

    SQLite goes on writing to a file that was moved away, and opens whatever else is at the path then: of two
    connections one would know nothing of the other.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: os.stat_result | None = None

    def note(self) -> None:
        """A connection has opened it: from the first on, it is this file."""
        self._known = self._known or self._path.stat()

    def forget(self) -> None:
        """No connection has it open any more."""
        self._known = None

    def check(self) -> None:
        """Raises StoreError while the path names no file, or another than connections have open."""
        if self._known and not self._is_there(self._known):
            raise StoreError(
                f"database: {self._path} was moved or replaced while it was open; put the same file back,"
                " or restart the bot if another one is meant"
            )

    def _is_there(self, known: os.stat_result) -> bool:
        try:
            return os.path.samestat(known, self._path.stat())
        except OSError:
            return False


@contextmanager
def foreign_refused(file: Path | None) -> Iterator[None]:
    """Raises BadInput if SQLite finds in the block that the file is no database."""
    try:
        yield
    except StoreForeign:
        raise BadInput(f"{file} is no SQLite database; name another file, or move this one away") from None


@contextmanager
def damaged_refused(file: Path | None) -> Iterator[None]:
    """Raises BadInput if SQLite finds in the block that the file is damaged."""
    try:
        yield
    except StoreDamaged:
        raise BadInput(
            f"the database {file} is damaged; stop the bot and move that file away first,"
            " with its -wal and -shm if they are there"
        ) from None


def missing(file: Path) -> BadInput:
    """What to say where there is none: path, user and what to do."""
    if (left := _left_behind(file)) is not None:
        return _moved_away(file, left)
    what = f"there is no database at {file}"
    if not file.parent.is_dir():
        what += f", nor the folder {file.parent}"
    return BadInput(
        f"{what} (looked as {process_user()}); only `jianbao run`, `migrate` and `restore --yes` make one."
        " If a bot had one there, put the same file back; if none ever did, start the bot; or name its"
        " database: JIANBAO_DATABASE_URL, or database_url in the bot.yml of --config"
    )


def lost(file: Path) -> BadInput:
    """What to say where there is none, and yet a bot runs on this machine, which most likely has lost it."""
    return BadInput(
        f"there is no database at {file}, and the bot of this machine runs: its file was moved away."
        f" {_PUT_BACK}. If another database is meant, as to try a backup, say JIANBAO_WEB__PORT=0 as well:"
        " then that bot is not asked"
    )


def _left_behind(file: Path) -> Path | None:
    """What SQLite keeps beside a database that is open, or was when its process died, if the file is gone."""
    beside = (file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-journal"))
    return None if file.exists() else next((one for one in beside if one.exists()), None)


def _moved_away(file: Path, left: Path) -> BadInput:
    return BadInput(
        f"there is no database at {file}, but {left.name} beside it is left: the file was moved or deleted."
        f" {_PUT_BACK}. If it is to be a new one, stop the bot and move {left.name} away too"
    )


def prepare(file: Path) -> None:
    """Make the file, for its owner alone, and its folder if the one above is there; no more than that.

    Raises BadInput if the folder above is missing: a misspelt path, or a disk that is not mounted; or if
    what belongs to a file that was moved away is left there. Raises StoreError if this process may not
    write there.
    """
    try:
        if (left := _left_behind(file)) is not None:
            raise _moved_away(file, left)
        file.parent.mkdir(exist_ok=True)
        if not is_there(file):
            file.touch(mode=0o600)
    except FileNotFoundError:
        raise BadInput(f"there is no folder {file.parent.parent}; make it, or correct the path") from None
    except OSError as error:
        raise StoreError(f"{file} cannot be made by {process_user()}: {error.strerror}") from None
    check_writable(file)


def check_writable(file: Path) -> None:
    """Raises StoreError if this process may not write the file, or beside it, where SQLite keeps its log."""
    for path in (file, file.parent):
        if _is_mounted_read_only(path):
            raise StoreError(
                f"{path} stands on a disk that is mounted for reading only; mount it for writing"
            )
        if not _may(path, os.W_OK):
            raise StoreError(
                f"{path} may not be written by {process_user()}{_owner(path)};"
                " give it the right, or run as the owner (SQLite writes the file and beside it)"
            )


def _is_mounted_read_only(path: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _may(path: Path, what: int) -> bool:
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _unreadable(file: Path, why: str | None) -> StoreError:
    return StoreError(f"{file} cannot be read by {process_user()}{_owner(file)}: {why}")


def process_user() -> str:
    """As whom this process runs: by name and number where the system has both."""
    if not hasattr(os, "geteuid"):
        return "this user"
    number = os.geteuid()
    return f"user {_name(number)}"


def _owner(path: Path) -> str:
    try:
        return f" and belongs to {_name(path.stat().st_uid)}"
    except OSError:
        return ""


def _name(number: int) -> str:
    try:
        import pwd  # noqa: PLC0415  # there is none on Windows
    except ImportError:
        return str(number)
    try:
        return f"{pwd.getpwuid(number).pw_name} ({number})"
    except KeyError:  # a container's user need not have a name
        return str(number)
