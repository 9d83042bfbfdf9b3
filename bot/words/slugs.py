"""What a slug may be made of, as it names an issue everywhere."""

import re

SLUG_LENGTH = 50
_NOT_IN_A_SLUG = re.compile(r"[^A-Za-z0-9_-]+")


def slugged(text: str) -> str:
    """The text in ``[A-Za-z0-9_-]``, a hyphen for each run of anything else; of any length."""
    return _NOT_IN_A_SLUG.sub("-", text)
