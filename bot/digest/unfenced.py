"""The lines of a text that are no code."""

import re
from collections.abc import Iterable, Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def unfenced(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fence, each with its number, from 1."""
    fence = ""
    for number, line in enumerate(lines, start=1):
        opened = _FENCE.match(line)
        if not fence and opened is None:
            yield number, line
        elif not fence and opened is not None:
            fence = opened[1]
        elif opened is not None and opened[1].startswith(fence):
            fence = ""
