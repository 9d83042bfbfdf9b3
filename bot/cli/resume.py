"""jianbao resume: let go on what was held."""

import asyncio

from bot.cli.hold import SlugOrAll
from bot.cli.output import write
from bot.model import IssueState
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.settings import Configuration, load
from bot.storage import EVERYTHING, Access


def resume(slug: SlugOrAll = None) -> None:
    """Let an issue that was held, or everything, go on where it stopped."""
    asyncio.run(_resume(load(), slug))


async def _resume(configuration: Configuration, slug: str | None) -> None:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        holding = make_editorial(configuration, storage).holding
        if slug is None:
            await holding.resume_everything()
            write("pushes go on where they stopped, and what is due is published")
            return
        record = await holding.resume(slug)
        under_way = record.state is IssueState.PUBLISHED
        on = "goes on where it stopped" if under_way else "comes out on its day again"
        still = await storage.holds.get(EVERYTHING)
        write(f"{slug} {on}" + (" once everything is resumed: jianbao resume" if still else ""))
