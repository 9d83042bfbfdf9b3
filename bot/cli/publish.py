"""jianbao publish: send an issue out now."""

import asyncio
from typing import Annotated

import typer

from bot.cli.console import write
from bot.settings import Configuration, load
from bot.wiring import make_editorial, open_storage, utc_now


def publish(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The issue's file name without .md.")],
) -> None:
    """Publish an issue now, whatever its date; the running bot delivers it."""
    asyncio.run(_publish(load(), slug))


async def _publish(configuration: Configuration, slug: str) -> None:
    async with open_storage(configuration.settings) as storage:
        publishing = make_editorial(configuration, storage).publishing
        await publishing.read(utc_now())
        published = await publishing.publish(slug, utc_now())
    write(f"{published.slug} is planned for {published.planned} subscribers; the running bot sends it")
