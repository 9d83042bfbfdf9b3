"""jianbao restore: an empty database filled from a backup."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import write
from bot.errors import BadInput
from bot.runtime.databases import configured_database
from bot.settings import Settings, load
from bot.storage import HEAD, Contents, check_empty, contents_of, told
from bot.storage import restore as fill


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A file that jianbao backup wrote.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; otherwise nothing is changed.")] = False,
) -> None:
    """Fill an empty database from a backup; without --yes only say what the backup holds.

    All of it or nothing: the backup is checked before anything is written, and one of an older
    program is brought up to date. The database may be of the other kind.
    """
    settings = load().settings
    contents = contents_of(path)
    write(f"{path} is whole and holds {told(contents.rows)}\n{_origin(contents)}")
    if yes:
        asyncio.run(_restore(settings, path))
        write("The database holds all of it now; what readers search is indexed when the bot starts.")
    else:
        write(f"{asyncio.run(_whether_it_fits(settings))}; nothing was changed")


def _origin(contents: Contents) -> str:
    made = f"made {contents.made_at:%Y-%m-%d %H:%M} UTC, revision {contents.revision}"
    made += f" (to be brought up to {HEAD})" if contents.revision != HEAD else ""
    return f"{made}, sha256 {contents.checksum}"


async def _restore(settings: Settings, path: Path) -> None:
    async with configured_database(settings) as database:
        await fill(database, path)


async def _whether_it_fits(settings: Settings) -> str:
    """Whether the database could be filled: a backup may be looked at beside one that is not empty."""
    try:
        async with configured_database(settings) as database:
            await check_empty(database)
    except BadInput as reason:
        return f"Not to be filled here: {reason}"
    return "The database is empty; repeat with --yes to fill it"
