"""Words in a text: Latin ones stand alone, Chinese ones anywhere, both folded the same way."""

import string
from collections.abc import Iterator

_LATIN = frozenset(string.ascii_letters + string.digits)


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


def find_word(word: str, text: str) -> Iterator[int]:
    """Where a word stands in a text, from its beginning on. Both are folded the same way."""
    start = text.find(word) if word else -1
    while start >= 0:
        if stands_alone(text, start, start + len(word)):
            yield start
        start = text.find(word, start + len(word))
