"""The marks that git leaves in a text where two versions of it could not be merged."""

import re
from collections.abc import Iterator

from bot.digest.unfenced import unfenced

_MARKS = tuple(re.compile(rf"{re.escape(sign * 7)}(?: .*)?") for sign in "<=>")


def conflicts(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin such a place, and their words: one of each mark in their order, outside code."""
    begun, seen = (0, ""), 0
    for number, line in unfenced(text.splitlines()):
        if not _MARKS[seen].fullmatch(line.rstrip()):
            continue
        begun = begun if seen else (number, line.strip())
        seen += 1
        if seen == len(_MARKS):
            yield begun
            seen = 0
