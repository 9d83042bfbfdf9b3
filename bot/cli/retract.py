"""jianbao retract: take an issue back."""

import asyncio
import sys
from typing import Annotated

import typer

from bot.cli.output import write
from bot.cli.publish import Slug, Wait, write_kept
from bot.cli.watching import follow
from bot.errors import BadInput
from bot.model import DeliveryState
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.settings import Configuration, load
from bot.storage import Access
from bot.words.english import plural

_LEFT_ALONE = 1


def retract(
    slug: Slug,
    *,
    wait: Wait = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False,
) -> None:
    """Take an issue back from every chat that has it, and from the archive. The running bot does it."""
    if not (yes or _confirmed(slug)):
        write(f"{slug} was not taken back")
        raise typer.Exit(_LEFT_ALONE)
    asyncio.run(_retract(load(), slug, wait=wait))


def _confirmed(slug: str) -> bool:
    if not sys.stdin.isatty():
        raise BadInput("is required when input is not a terminal", where="--yes")
    return typer.confirm(f"Delete {slug} in every chat that has it?", err=True)


async def _retract(configuration: Configuration, slug: str, *, wait: bool) -> None:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        now = utc_now()
        await make_editorial(configuration, storage).publisher.retract(slug, now)
        coverage = await storage.statistics.coverage(slug, since=now, states=tuple(DeliveryState))
        chats = plural(coverage.chats, "chat")
        write(f"{slug} was removed from the archive and will be taken back from {chats}")
        write_kept(coverage.out_of_reach)
        if wait:
            await follow(storage, slug)
