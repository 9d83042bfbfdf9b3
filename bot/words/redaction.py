"""Texts without the secrets that they should never have quoted."""

import re
from collections.abc import Callable, Iterable

HIDDEN = "***"
LONG = 8  # characters; a shorter secret is part of many words
_BEFORE, _AFTER = r"(?<=[:=\"'(])", r"(?=[@&\"'),;\s]|$)"  # what stands around a value, as in an address


def hiding(secrets: Iterable[str]) -> Callable[[str], str]:
    """Puts ``***`` for each of them: a long one wherever it stands, a short one where it is a whole value."""
    longest_first = sorted(filter(None, secrets), key=len, reverse=True)
    if not longest_first:
        return str
    found = re.compile("|".join(map(_pattern, longest_first)))
    return lambda text: found.sub(HIDDEN, text)


def _pattern(secret: str) -> str:
    quoted = re.escape(secret)
    return quoted if len(secret) >= LONG else f"{_BEFORE}{quoted}{_AFTER}"
