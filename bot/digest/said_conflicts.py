"""The marks that git leaves in a text where two versions of it could not be merged."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_MARKS = tuple(re.compile(rf"{re.escape(sign * 7)}(?: .*)?") for sign in "<=>")


def conflicts(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin such a place, and their words: one of each mark in their order, outside code."""
    fenced, begun, seen = False, (0, ""), 0
    for number, line in enumerate(text.splitlines(), start=1):
        fenced ^= _FENCE.match(line) is not None
        if fenced or not _MARKS[seen].fullmatch(line.rstrip()):
            continue
        begun = begun if seen else (number, line.strip())
        seen += 1
        if seen == len(_MARKS):
            yield begun
            seen = 0
