"""jianbao hold: let an issue, or everything, not go out."""

import asyncio
from typing import Annotated

import typer

from bot.cli.beside import settings_beside
from bot.cli.bringing_up import bring_up
from bot.cli.output import write
from bot.model import IssueState
from bot.runtime.brakes import make_brakes
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Settings
from bot.storage import EVERYTHING, Access

#: The issue that a command is about; everything where none is named.
SlugOrAll = Annotated[
    str | None, typer.Argument(metavar="[SLUG]", help="The issue's file name without .md; without it, all.")
]


def hold(
    slug: SlugOrAll = None,
    *,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What `status` says of it.")] = "",
) -> None:
    """Stop the pushes of an issue, or all, before the next message, until they are resumed.

    What readers ask for goes on. With --why, what is held already is given that reason.
    """
    asyncio.run(_hold(settings_beside(), slug, why))


async def _hold(settings: Settings, slug: str | None, why: str) -> None:
    async with open_storage(settings, Access.WRITE) as storage:
        holding = make_brakes(settings, storage).holding
        if why and await holding.explain(slug or EVERYTHING, why):
            write(f"{slug or 'everything'} is held already, from now on for this reason")
            return
        if slug is None:
            await holding.hold_everything(why, utc_now())
            write("nothing is pushed or published any more; jianbao resume lets it go on")
            return
        await bring_up(settings, storage, slug)
        record = await holding.hold(slug, why, utc_now())
        under_way = record.state is IssueState.PUBLISHED
        what = "stops before its next message" if under_way else "does not come out on its day"
        write(f"{slug} {what}; jianbao resume {slug} lets it go on")
