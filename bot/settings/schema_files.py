"""Schemas beside configuration files, and the line by which a file names its own to editors' programs."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bot.settings.schema import SCHEMAS

NAMED = "# yaml-language-server: $schema="
_FOLDER = "schema"
_LOOKED_AT = 5  # lines in which a schema may be named


def schema_texts() -> Iterator[tuple[str, str]]:
    """Each schema: its path below the folder of the configuration, and its text."""
    for name, make in SCHEMAS.items():
        yield f"{_FOLDER}/{name}.json", json.dumps(make(), ensure_ascii=False, indent=2) + "\n"


def files_with_schema(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a configuration folder that have a schema, each with the line that names it."""
    for pattern, name in (
        ("bot.yml", "bot"),
        ("digest.yml", "digest"),
        ("topics*.yml", "topics"),
        ("profiles/*.yml", "digest"),
    ):
        for path in sorted(folder.glob(pattern)):
            up = "../" * (len(PurePosixPath(pattern).parts) - 1)
            yield path, f"{NAMED}{up}{_FOLDER}/{name}.json"


def names_schema(text: str) -> bool:
    """Whether a file names one already, be it ours or another."""
    return any("$schema=" in line for line in text.splitlines()[:_LOOKED_AT] if line.startswith("#"))
