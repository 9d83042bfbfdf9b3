"""A disk that is nearly full is told before the database can write no more."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import structlog

from bot.errors import StoreError
from bot.model import News
from bot.reports.standing import TROUBLE
from bot.reports.troubles import Troubles

log = structlog.get_logger()

DISK = "disk"  #: the name of the trouble
LEAST, ENOUGH = 256 << 20, 512 << 20  # bytes: told when fewer are free, over when that many are

Known = Callable[[], Awaitable[Iterable[News]]]  #: what the admin chat knows to last


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


async def look_at_disk(
    file: Path | None, troubles: Troubles, known: Known, free_at: Callable[[Path], int] = _free
) -> None:
    """Find out how much is free where the database's file is; nothing is known of a server's disk.

    Between the bounds it is as it was, in the process before too.
    """
    if file is None:
        return
    try:
        free = await asyncio.to_thread(free_at, file.parent)
        if free < LEAST or (free < ENOUGH and await _was_so(troubles, known)):
            troubles.begin(DISK, f"{free >> 20} MB are free where {file} is")
        else:
            troubles.end(DISK)
    except OSError:  # the database tells its own trouble
        return
    except StoreError as error:
        log.debug("news_not_read", reason=str(error))


async def _was_so(troubles: Troubles, known: Known) -> bool:
    if troubles.get(DISK) or troubles.well_since(DISK):
        return troubles.get(DISK) is not None
    return any(one.key == f"{TROUBLE}{DISK}" for one in await known())
