"""Words in a text: Latin ones stand alone, Chinese ones anywhere, neither minds the case or the width."""

import re
import string
from collections.abc import Iterator

#: What joins two Latin words as a space does: underscore, hyphen, the dashes and the minus.
JOINTS = "_-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

_LATIN = frozenset(string.ascii_letters + string.digits)
_WIDE = {chr(wide): chr(wide - 0xFF01 + ord("!")) for wide in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(f"{JOINTS}\u3000\uff0d\uff3f", " ")
_EVEN = {**_WIDE, **_SPACES, "İ": "I"}
_UNEVEN = re.compile(f"[{re.escape(''.join(_EVEN))}]")  # a text has few: faster than str.translate


def evened(text: str) -> str:
    """In lower case, narrow, with a space for each joint: every character where it stood.

    Of all capitals only İ would become two in lower case.
    """
    return _UNEVEN.sub(lambda found: _EVEN[found[0]], text).lower()


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a word of its own (a plural s may follow); Chinese ones always are.

    ``text`` is in lower case.
    """
    return begins_alone(text, start) and ends_alone(text, end)


def begins_alone(text: str, start: int) -> bool:
    """Whether no word goes on into what begins at ``start``."""
    return start == 0 or text[start] not in _LATIN or text[start - 1] not in _LATIN


def ends_alone(text: str, end: int) -> bool:
    """Whether what ends at ``end`` does not go on, but for a plural s."""
    following = text[end : end + 2]
    if not following or following[0] not in _LATIN or text[end - 1] not in _LATIN:
        return True
    return following == "s" or (following[0] == "s" and following[1] not in _LATIN)


def word_end(text: str, end: int) -> int:
    """Where the Latin word ends that goes on at ``end``; ``end`` itself where none does."""
    while end < len(text) and text[end] in _LATIN:
        end += 1
    return end


def word_start(text: str, start: int) -> int:
    """Where the Latin word begins that goes on into ``start``; ``start`` itself where none does."""
    while start > 0 and text[start - 1] in _LATIN:
        start -= 1
    return start


def places(word: str, text: str) -> Iterator[int]:
    """Where a word stands in a text, from its beginning on. Both are in lower case, spelt the same way."""
    start = text.find(word) if word else -1
    while start >= 0:
        if stands_alone(text, start, start + len(word)):
            yield start
        start = text.find(word, start + len(word))


def numbers_of(name: str) -> tuple[int, ...]:
    """The numbers in a name, by which it is ordered: ``issue-9`` comes before ``issue-10``."""
    return tuple(map(int, re.findall(r"\d+", name)))
