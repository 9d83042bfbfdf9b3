"""jianbao retract: take an issue back."""

import asyncio

import typer

from bot.cli.beside import settings_beside
from bot.cli.confirming import LEFT_ALONE, Yes, confirmed
from bot.cli.output import write
from bot.cli.publish import Slug, Wait, write_kept
from bot.cli.watching import follow
from bot.model import UNBORN, DeliveryState, is_notice
from bot.runtime.brakes import make_brakes
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Settings
from bot.storage import Access
from bot.words.english import plural


def retract(
    slug: Slug,
    *,
    wait: Wait = False,
    yes: Yes = False,
) -> None:
    """Take an issue back from every chat that has it, and from the archive. The running bot does it.

    One that is not out yet comes out no more.
    """
    if not (yes or confirmed(f"Delete {slug} in every chat that has it?")):
        write(f"{slug} was not taken back")
        raise typer.Exit(LEFT_ALONE)
    asyncio.run(_retract(settings_beside(), slug, wait=wait))


async def _retract(settings: Settings, slug: str, *, wait: bool) -> None:
    async with open_storage(settings, Access.WRITE) as storage:
        now, before = utc_now(), await storage.issues.get(slug)
        await make_brakes(settings, storage).publisher.retract(slug, now)
        if before and before.state in UNBORN:
            write(
                f"{slug} was taken back and comes out no more; jianbao publish {slug} sends it all the same"
            )
            return
        coverage = await storage.statistics.coverage(slug, since=now, states=tuple(DeliveryState))
        chats = plural(coverage.chats, "chat")
        gone = "" if is_notice(slug) else "was removed from the archive and "
        write(f"{slug} {gone}will be taken back from {chats}")
        if lines := await storage.statistics.lines_taken_back(slug, since=now):
            write(f"its line below a newer issue goes in {plural(lines, 'chat')}")
        write_kept(coverage)
        if wait:
            await follow(storage, slug)
