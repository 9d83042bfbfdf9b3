"""What a person at the terminal sees: results on standard output, the rest on standard error."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from bot.errors import BadInput
from bot.model import FilePattern
from bot.sources import FolderSource, decode

FAILED, TO_CORRECT = 1, 2  # exit codes: of what did not work, and of what the person must correct

#: As many as an issue in the folder may have.
_MOST_BYTES = FolderSource(path=Path(), pattern=FilePattern.of("*")).size_limit


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


#: The option of the commands that read issues without running the bot.
Profile = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A profile, by name or file, to use instead of the configured one."),
]


def write(text: str) -> None:
    """Write a result to standard output: no colours, no wrapping, always UTF-8."""
    _write_line(sys.stdout, text.rstrip("\n"))


def write_json(value: Any) -> None:
    """Write a result as JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Write a message for a person to standard error, beside the result."""
    _write_line(sys.stderr, text)


def _write_line(stream: TextIO, text: str) -> None:
    stream.buffer.write(text.encode("utf-8", "replace") + b"\n")
    stream.buffer.flush()


def read_text(path: Path) -> str:
    """The text of a file that a person named. Raises BadInput if it cannot be read as text."""
    decoded = decode(read_bytes(path))
    if decoded is None:
        raise BadInput("is not a text file", where=str(path))
    return decoded[0]


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that a person named. Raises BadInput if it is too large or cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadInput(f"is larger than {_MOST_BYTES // 1_000_000} MB", where=str(path))
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(path)) from None
