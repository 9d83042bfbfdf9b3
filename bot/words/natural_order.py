"""Names ordered as people count."""

import re


def numbers_of(name: str) -> tuple[int, ...]:
    """The numbers in a name, by which it is ordered: ``issue-9`` comes before ``issue-10``."""
    return tuple(map(int, re.findall(r"\d+", name)))
