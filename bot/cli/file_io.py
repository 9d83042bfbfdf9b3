"""Issue files read with their encoding."""

from codecs import BOM_UTF8
from pathlib import Path

from bot.cli.output import read_bytes
from bot.editors.linter import Saved
from bot.errors import BadInput
from bot.sources import decode


def read_saved(path: Path) -> Saved:
    """The text of a file and how it was encoded. Raises BadInput if it cannot be read as text."""
    content = read_bytes(path)
    decoded = decode(content)
    if decoded is None:
        raise BadInput("is not a text file", where=str(path))
    text, guessed = decoded
    return Saved(text=text, marked=content.startswith(BOM_UTF8), guessed=guessed)
