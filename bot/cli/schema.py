"""jianbao schema: what a configuration file may say, for editors and other programs."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.output import write_json
from bot.settings.schema import SCHEMAS


class ConfigurationFile(StrEnum):
    """The files that have a schema."""

    BOT = "bot"
    DIGEST = "digest"
    TOPICS = "topics"


def schema(
    file: Annotated[
        ConfigurationFile,
        typer.Argument(
            metavar="|".join(ConfigurationFile), help="bot.yml, digest.yml and profiles, or topics."
        ),
    ],
) -> None:
    """Print the JSON Schema of a configuration file."""
    write_json(SCHEMAS[file]())
