"""What a person at the terminal sees: results on standard output, the rest on standard error."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from bot.errors import BadInput
from bot.sources import FolderSource, decode
from bot.sources.folder import IGNORED

#: As many as an issue in the folder may have.
_MOST_BYTES = FolderSource(path=Path(), pattern=re.compile("")).size_limit


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


#: The option of the commands that read issues without running the bot.
Profile = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Read by this profile, a name or a file, not the configured one."),
]


def write(text: str) -> None:
    """A result as it is: no colours, no wrapping, UTF-8 whatever the terminal."""
    _write_line(sys.stdout, text.rstrip("\n"))


def write_json(value: Any) -> None:
    """A result as JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """A word to the person, beside the result."""
    _write_line(sys.stderr, text)


def _write_line(stream: TextIO, text: str) -> None:
    stream.buffer.write(text.encode("utf-8", "replace") + b"\n")
    stream.buffer.flush()


def read_text(path: Path) -> str:
    """A text file somebody named; BadInput where it cannot be read as one."""
    decoded = decode(read_bytes(path))
    if decoded is None:
        raise BadInput("is not text", where=str(path))
    return decoded[0]


def read_bytes(path: Path) -> bytes:
    """A file somebody named, of a size that an issue may have; BadInput where it cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadInput(f"is larger than {_MOST_BYTES // 1_000_000} MB", where=str(path))
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(path)) from None


def issue_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files themselves, each once; of a folder the Markdown files that the bot would look at, by name.

    BadInput for what is not there, and where there is none.
    """
    files = {path.resolve(): path for path in _files(paths)}
    if not files:
        raise BadInput("there are no Markdown files in it", where=str(paths[0]))
    return tuple(files.values())


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.glob("*.md")) if not IGNORED.search(file.name))
        elif path.exists():
            yield path
        else:
            raise BadInput("there is no such file or folder", where=str(path))
