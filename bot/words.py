"""Words in a text: Latin ones stand alone, Chinese ones anywhere, neither minds the case."""

from collections.abc import Iterator


def lowered(text: str) -> str:
    """In lower case, every character where it stood: of all capitals only İ would become two."""
    return text.replace("İ", "I").lower()


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a word of its own (a plural s may follow); Chinese ones always are.

    ``text`` is in lower case.
    """
    return begins_alone(text, start) and ends_alone(text, end)


def begins_alone(text: str, start: int) -> bool:
    """Whether no word goes on into what begins at ``start``."""
    return start == 0 or not (_is_latin(text[start]) and _is_latin(text[start - 1]))


def ends_alone(text: str, end: int) -> bool:
    """Whether what ends at ``end`` does not go on, but for a plural s."""
    if end == len(text) or not _is_latin(text[end - 1]):
        return True
    after = end + 1 if text[end] == "s" else end
    return after == len(text) or not _is_latin(text[after])


def word_end(text: str, end: int) -> int:
    """Where the Latin word ends that goes on at ``end``; ``end`` itself where none does."""
    while end < len(text) and _is_latin(text[end]):
        end += 1
    return end


def word_start(text: str, start: int) -> int:
    """Where the Latin word begins that goes on into ``start``; ``start`` itself where none does."""
    while start > 0 and _is_latin(text[start - 1]):
        start -= 1
    return start


def places(word: str, text: str) -> Iterator[int]:
    """Where a word stands in a text, from its beginning on."""
    sought, searched = lowered(word), lowered(text)
    start = searched.find(sought) if sought else -1
    while start >= 0:
        if stands_alone(searched, start, start + len(sought)):
            yield start
        start = searched.find(sought, start + len(sought))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
