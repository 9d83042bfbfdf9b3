"""Names ordered as people count."""

import re


def numbers_of(name: str) -> tuple[int, ...]:
    """The numbers in a name, by which it is ordered: ``issue-9`` comes before ``issue-10``."""
    return tuple(map(int, re.findall(r"\d+", name)))


def in_order(name: str) -> tuple[tuple[int, ...], str]:
    """What names are sorted by: their numbers, then their letters. A copy is named behind what it is of."""
    return numbers_of(name), name
