"""jianbao schema: what a configuration file may say, for editors and other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.file_io import read_saved
from bot.cli.output import say, write_json
from bot.errors import BadInput
from bot.settings.schema import SCHEMAS
from bot.settings.schema_files import files_with_schema, names_schema, schema_texts
from bot.sources.saving import save


class ConfigurationFile(StrEnum):
    """The files that have a schema."""

    BOT = "bot"
    DIGEST = "digest"
    TOPICS = "topics"


def schema(
    file: Annotated[
        ConfigurationFile | None,
        typer.Argument(
            metavar="|".join(ConfigurationFile), help="bot.yml, digest.yml and profiles, or topics."
        ),
    ] = None,
    *,
    into: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar="FOLDER",
            help="Write all of them into the folder `schema` of this configuration folder, and name them in"
            " the first line of its files, so that editors complete and check keys.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a configuration file."""
    if (file is None) is (into is None):
        raise BadInput(f"name one of {'|'.join(ConfigurationFile)}, or a folder with --write", where="schema")
    if file is not None:
        write_json(SCHEMAS[file]())
    if into is not None:
        _write(into)


def _write(folder: Path) -> None:
    if not folder.is_dir():
        raise BadInput("no such folder", where=f"--write: {folder}")
    for name, text in schema_texts():
        path = folder / name
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise BadInput(f"cannot be made: {error.strerror}", where=str(path.parent)) from None
        save(path, text)
        say(f"{path} was written")
    for path, line in files_with_schema(folder):
        text = read_saved(path).text
        if not names_schema(text):
            save(path, f"{line}\n{text}")
            say(f"{path} names its schema now")
