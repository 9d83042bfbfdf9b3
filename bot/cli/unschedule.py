"""jianbao unschedule: let an issue not come out on its day."""

import asyncio

from bot.cli.beside import settings_beside
from bot.cli.bringing_up import bring_up
from bot.cli.output import write
from bot.cli.publish import Slug
from bot.runtime.brakes import make_brakes
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Settings
from bot.storage import Access


def unschedule(slug: Slug) -> None:
    """Let an issue that waits not come out on its day, but only once it is published."""
    asyncio.run(_unschedule(settings_beside(), slug))


async def _unschedule(settings: Settings, slug: str) -> None:
    async with open_storage(settings, Access.WRITE) as storage:
        await bring_up(settings, storage, slug)
        hold = await make_brakes(settings, storage).holding.unschedule(slug, utc_now())
        write(f"{slug} does not come out on its day; {hold.release(slug)} sends it")
