"""Where a text begins to break a reader: a fault of ours, which is told with its line."""

from bisect import bisect_left
from collections.abc import Callable


def breaks(read: Callable[[str], object], text: str) -> bool:
    """Whether ``read`` raises on a text, whatever it raises."""
    try:
        read(text)
    except Exception:  # noqa: BLE001  # a fault of ours has no type
        return True
    return False


def breaking_line(read: Callable[[str], object], text: str) -> int:
    """The first line, counted from 1, up to which a text breaks ``read``, which all of it does."""
    lines = text.splitlines(keepends=True)
    return 1 + bisect_left(range(len(lines)), 1, key=lambda end: breaks(read, "".join(lines[: end + 1])))


def reason_of(error: Exception) -> str:
    """What a fault says of itself, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())
