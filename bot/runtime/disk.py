"""A disk that is nearly full is told before the database can write no more."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.reports.troubles import Troubles

DISK = "disk"  #: the name of the trouble
LEAST, ENOUGH = 256 << 20, 512 << 20  # bytes: told when fewer are free, over when that many are


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


async def look_at_disk(file: Path | None, troubles: Troubles, free_at: Callable[[Path], int] = _free) -> None:
    """Find out how much is free where the database's file is; nothing is known of a server's disk."""
    if file is None:
        return
    try:
        free = await asyncio.to_thread(free_at, file.parent)
    except OSError:  # the database tells its own trouble
        return
    if free < LEAST:
        troubles.begin(DISK, f"{free >> 20} MB are free where {file} is")
    elif free >= ENOUGH:
        troubles.end(DISK)
