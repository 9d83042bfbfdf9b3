"""Shorthands that other programs show as something else: ``:tada:``, ``==marked==``."""

import re
from collections.abc import Sequence

#: An address, which is no text, or names of emoji, which may stand side by side.
_EMOJI = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9:])(?P<names>(?::[a-z0-9_+-]{1,40}:)+)(?![A-Za-z0-9:])"
)
_MARKED = re.compile(r"(?<![=A-Za-z0-9!<>])==(?=[^\s=])([^=\n]{1,200})(?<=\S)==(?![=A-Za-z0-9])")


def read_shorthands(text: str) -> Sequence[tuple[str, bool]]:
    """The text in pieces, each with whether it is marked."""
    if text.find(":") < text.rfind(":"):
        text = _EMOJI.sub(_emoji, text)
    if "==" not in text:
        return ((text, False),)
    return [(piece, place % 2 == 1) for place, piece in enumerate(_MARKED.split(text)) if piece]


def _emoji(found: re.Match[str]) -> str:
    """The emoji that GitHub shows; a name that is none, and an address, as written."""
    if not found["names"]:
        return found[0]
    from rich.emoji import Emoji  # noqa: PLC0415  # thousands of names, of no use to most issues

    return Emoji.replace(found[0])
