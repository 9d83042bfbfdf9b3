"""jianbao approve: let an issue go out on its day, as it is now."""

import asyncio

from bot.cli.outlook import outlook_told
from bot.cli.output import write
from bot.cli.publish import Slug
from bot.errors import BadInput
from bot.model import IssueRecord
from bot.reports.outlook import Obstacle
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_calendar, make_editorial, make_forecaster
from bot.settings import Configuration, Settings, check_issues_named, load
from bot.storage import EVERYTHING, Access


def approve(slug: Slug) -> None:
    """Let an issue go out on its day with the text that it has now.

    One that changes before it is out needs it again.
    """
    configuration = load()
    check_issues_named(configuration.settings)
    if not configuration.settings.publishing.approve:
        raise BadInput("is off; nothing waits for that", where="publishing.approve")
    asyncio.run(_approve(configuration, slug))


async def _approve(configuration: Configuration, slug: str) -> None:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        editorial = make_editorial(configuration, storage)
        await editorial.intake.read_for(slug, utc_now(), rested=True)
        record = await editorial.approving.approve(slug, utc_now())
        forecaster = make_forecaster(configuration.settings, storage, editorial)
        found = await forecaster.outlook(slug, utc_now())
        if found.obstacle is Obstacle.AWAY:
            write(f"{slug} is approved as it is now, but {outlook_told(found)}")
        elif found.obstacle is Obstacle.HELD:
            write(
                f"{slug} is approved as it is now, but is held: {found.held}; {found.release} lets it go out"
            )
        else:
            write(f"{slug} is approved as it is now, and goes out {_when(record, configuration.settings)}")
        if held := found.everything:
            why = held.why or "by an operator"
            write(f"but everything is held: {why}; {held.release(EVERYTHING)} lets it go on")


def _when(record: IssueRecord, settings: Settings) -> str:
    calendar = make_calendar(settings)
    if not calendar.is_to_come(record.date, record.publish_at, utc_now()):
        return "as soon as the running bot looks"
    return f"on {calendar.until(record)}"
