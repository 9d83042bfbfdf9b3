"""jianbao restore: an empty database filled from a backup."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import write
from bot.errors import BadInput
from bot.model import Hold
from bot.runtime.clock import utc_now
from bot.runtime.databases import configured_database
from bot.settings import Settings, load_settings
from bot.storage import EVERYTHING, HEAD, Holds, hold_past
from bot.storage.backup import check_empty, contents_of
from bot.storage.backup import restore as fill
from bot.storage.backup_file import Contents
from bot.storage.copying import told
from bot.words.moments import moment

_UNDONE = (
    "What was done since the backup is not in it: take back again what was taken back (jianbao retract), "
    "and readers who stopped, joined or chose since are as they were."
)


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A file that jianbao backup wrote.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; otherwise nothing is changed.")] = False,
) -> None:
    """Fill an empty database from a backup; without --yes only say what the backup holds.

    All of it or nothing: the backup is checked before anything is written, and one of an older
    program is brought up to date. The database may be of the other kind. What is open in it may have gone
    out since: nothing is pushed until jianbao resume, or jianbao resume --skip-open.
    """
    settings = load_settings()
    contents = contents_of(path)
    write(f"{path} is whole and holds {told(contents.rows)}\n{_origin(contents)}")
    if yes:
        held = asyncio.run(_restore(settings, path, contents))
        write("The database holds all of it now; what readers search is indexed when the bot starts.")
        write(f"Nothing is pushed until you decide: {held.why}.")
        write("\n".join(f"- {way}" for way in held.ways()))
        write(_UNDONE)
    else:
        write(f"{asyncio.run(_whether_it_fits(settings))}; nothing was changed")
        write("Once restored it pushes nothing until jianbao resume: what is open may have gone out since.")


def _origin(contents: Contents) -> str:
    made = f"made {moment(contents.made_at)}, revision {contents.revision}"
    made += f" (to be brought up to {HEAD})" if contents.revision != HEAD else ""
    return f"{made}, sha256 {contents.checksum}"


async def _restore(settings: Settings, path: Path, contents: Contents) -> Hold:
    """Fill it; returns what holds everything, as the database is of a past moment."""
    now = utc_now()
    async with configured_database(settings) as database:
        await fill(database, path, then=lambda connection: hold_past(connection, contents.made_at, now))
        return (await Holds(database).all())[EVERYTHING]


async def _whether_it_fits(settings: Settings) -> str:
    """Whether the database could be filled: a backup may be looked at beside one that is not empty."""
    try:
        async with configured_database(settings) as database:
            await check_empty(database)
    except BadInput as reason:
        return f"Not to be filled here: {reason}"
    return "The database is empty; repeat with --yes to fill it"
