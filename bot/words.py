"""Words in a text: Latin ones stand alone, Chinese ones anywhere, neither minds the case."""

from collections.abc import Iterator


def lowered(text: str) -> str:
    """In lower case, every character where it stood: of all capitals only İ would become two."""
    return text.replace("İ", "I").lower()


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a word of its own (a plural s may follow); Chinese ones always are.

    ``text`` is in lower case.
    """
    if _is_latin(text[start]) and start > 0 and _is_latin(text[start - 1]):
        return False
    if not _is_latin(text[end - 1]) or end == len(text):
        return True
    after = end + 1 if text[end] == "s" else end
    return after == len(text) or not _is_latin(text[after])


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
