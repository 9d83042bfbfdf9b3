"""jianbao unschedule: let an issue not come out on its day."""

import asyncio

from bot.cli.output import write
from bot.cli.publish import Slug
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.settings import Configuration, check_issues_named, load
from bot.storage import Access


def unschedule(slug: Slug) -> None:
    """Let an issue that waits not come out on its day, but only once it is published."""
    asyncio.run(_unschedule(load(), slug))


async def _unschedule(configuration: Configuration, slug: str) -> None:
    check_issues_named(configuration.settings)
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        editorial, now = make_editorial(configuration, storage), utc_now()
        await editorial.intake.read_for(slug, now)
        hold = await editorial.holding.unschedule(slug, now)
        write(f"{slug} does not come out on its day; {hold.release(slug)} sends it")
