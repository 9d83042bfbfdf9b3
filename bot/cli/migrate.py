"""jianbao migrate: bring the database to the revision that this program needs, or into another database."""

import asyncio
from typing import Annotated

import typer

from bot.cli.output import say, write
from bot.runtime.database_copy import move_database
from bot.runtime.databases import migrate_database
from bot.settings import Settings, load_settings, place_of
from bot.storage import HEAD
from bot.storage.copying import told

_NOT_FINISHED = 1


def migrate(
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="URL",
            help="Copy everything into this database instead, which must be empty or not there yet;"
            " PGPASSWORD keeps a password out of the list of processes.",
        ),
    ] = None,
) -> None:
    """Make the database, or bring an older one up to date; stop a bot that is at work first.

    With --to it is only read: all of it is copied into another database, of the same kind or not, and
    compared row by row. A copy that was cut short is continued. While a bot sends from the old one it is not
    finished, and the exit code 1.
    """
    settings = load_settings()
    if to is None:
        _migrate(settings)
    else:
        _move(settings, to)


def _migrate(settings: Settings) -> None:
    revision = asyncio.run(migrate_database(settings))
    if revision is None:
        write(f"the database was made, with revision {HEAD}")
    elif revision == HEAD:
        write(f"the database has revision {HEAD}; there is nothing to do")
    else:
        write(f"the database had revision {revision} and has {HEAD} now")


def _move(settings: Settings, to: str) -> None:
    moved = asyncio.run(move_database(settings, to))
    same = "both held the same" if moved.at_work else "both hold the same"
    write(f"{moved.written:,} rows written; compared row by row, {same} ({told(moved.rows)})")
    if moved.at_work:
        say(
            f"jianbao: not finished: {moved.at_work} still sends from the old database, and the new one lacks"
            " what it does now; stop it and run this again, which copies the rest"
        )
        raise typer.Exit(_NOT_FINISHED)
    place = place_of("database_url", settings)
    write(f"Name it in {place} and start the bot there; the old database was only read.")
