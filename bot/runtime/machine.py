"""What this machine has left, and by which data it knows time zones."""

import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

_GROUP = Path("sys/fs/cgroup")


def disk_left(folder: Path) -> int | None:
    """Bytes that may still be written below the folder; None if it is not there."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def memory_left(root: Path = Path("/")) -> int | None:
    """Bytes of memory that a process may still have, of the machine or its container; None if not known."""
    return min((*_of_machine(root), *_of_container(root)), default=None)


def _of_machine(root: Path) -> Iterator[int]:
    for line in _text(root / "proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            yield int(line.split()[1]) * 1024


def _of_container(root: Path) -> Iterator[int]:
    """Up to its limit; what the system only keeps of files it gives back."""
    limit, used = (_text(root / _GROUP / f"memory.{name}").strip() for name in ("max", "current"))
    if not (limit.isdigit() and used.isdigit()):
        return
    known = dict(line.split() for line in _text(root / _GROUP / "memory.stat").splitlines())
    yield max(0, int(limit) - int(used) + int(known.get("inactive_file", 0)))


def zone_data(zone: str, folders: tuple[str, ...] = TZPATH) -> str | None:
    """Where the rules of a time zone come from, with their version if it is told; None if nobody knows."""
    for folder in map(Path, folders):
        if (folder / zone).is_file():
            first = _text(folder / "tzdata.zi").partition("\n")[0].removeprefix("# version ")
            return f"{folder}{f' ({first})' if first else ''}"
    try:
        return f"the package tzdata ({version('tzdata')})"
    except PackageNotFoundError:
        return None


def _text(path: Path) -> str:
    """The text of a file of the system; empty if there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
