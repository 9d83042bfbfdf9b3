"""jianbao resume: let go on what was held."""

import asyncio
from typing import Annotated

import typer

from bot.cli.beside import settings_beside
from bot.cli.bringing_up import bring_up_all
from bot.cli.hold import SlugOrAll
from bot.cli.outlook import outlook_told
from bot.cli.output import write
from bot.errors import BadInput
from bot.publishing.holding import Resumed
from bot.reports.outlook import Obstacle, Outlook, Outlooks
from bot.runtime.brakes import make_brakes
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_calendar
from bot.settings import Settings
from bot.storage import Access
from bot.words.english import plural


def resume(
    slug: SlugOrAll = None,
    *,
    skip_open: Annotated[
        bool,
        typer.Option(
            "--skip-open", help="Leave out what was to go out until now; readers may still ask for it."
        ),
    ] = False,
) -> None:
    """Let an issue that was held, or everything, go on where it stopped.

    An issue that is held for its length comes out on its day, as long as it is now.
    """
    if skip_open and slug is not None:
        raise BadInput("is about everything that is open; leave out the issue", where="--skip-open")
    settings = settings_beside()
    asyncio.run(_skip_open(settings) if skip_open else _resume(settings, slug))


async def _skip_open(settings: Settings) -> None:
    """The folder is read first: what is new in it may have gone out too."""
    async with open_storage(settings, Access.WRITE) as storage:
        brakes = make_brakes(settings, storage)
        await brakes.holding.check_everything_held()
        if settings.names_issues:
            await bring_up_all(storage)
        skipped = await brakes.skipping.resume(utc_now())
    for slug, count in skipped.pushes.items():
        write(f"{slug}: {plural(count, 'push', 'pushes')} skipped")
    for slug in skipped.archived:
        write(f"{slug}: in the archive, and does not come out by itself; jianbao publish {slug} sends it")
    write("what comes out from now on goes out; readers can ask for the rest, as by /latest")


async def _resume(settings: Settings, slug: str | None) -> None:
    async with open_storage(settings, Access.WRITE) as storage:
        brakes = make_brakes(settings, storage)
        if slug is None:
            await brakes.holding.resume_everything()
            write("pushes go on where they stopped, and what is due is published")
            return
        resumed = await brakes.holding.resume(slug)
        outlooks = Outlooks(storage=storage, calendar=make_calendar(settings), approving=brakes.approving)
        outlook = await outlooks.of(resumed.record, await storage.holds.get(slug), utc_now())
        write(f"{slug} {_how(resumed, outlook)}")


def _how(resumed: Resumed, outlook: Outlook) -> str:
    """What the issue does from now on."""
    goes_on = {
        Obstacle.PUBLISHED: "goes on where it stopped",
        Obstacle.WAITING: f"comes out on its day, {outlook.until}",
        None: "comes out now, for its day has come",
    }
    if outlook.obstacle is Obstacle.HELD:
        still = f"the bot holds it still: {outlook.held}; {outlook.release} lets it go out"
        return f"is held by you no more; {still}"
    if outlook.obstacle not in goes_on:
        return f"is not held any more; it {outlook_told(outlook)}"
    when = goes_on[outlook.obstacle]
    if resumed.messages is not None:
        when += f", with its {resumed.messages} messages; a text of more is held again"
    return f"{when} once everything is resumed: jianbao resume" if outlook.everything else when
