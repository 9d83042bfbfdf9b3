"""jianbao backup: all that cannot be made anew in one file, while the bot runs."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.beside import settings_beside
from bot.cli.output import write
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Settings
from bot.storage import Access
from bot.storage.backup import back_up
from bot.storage.backup_file import Contents
from bot.storage.copying import told


def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")] = False,
) -> None:
    """Write all that cannot be made anew into one file: as it is at one moment, while the bot runs.

    The file holds who subscribed, to what, and what was sent: only its owner may read it.
    """
    made = asyncio.run(_backup(settings_beside(), path, force=force))
    write(f"{path}: {told(made.rows)}\nrevision {made.revision}, sha256 {made.checksum}")


async def _backup(settings: Settings, path: Path, *, force: bool) -> Contents:
    async with open_storage(settings, Access.READ) as storage:
        return await back_up(storage.database, path, utc_now(), force=force)
