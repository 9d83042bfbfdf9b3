"""jianbao approve: let an issue go out on its day, as it is now."""

import asyncio

from bot.cli.output import write
from bot.cli.publish import Slug
from bot.errors import BadInput
from bot.model import IssueRecord
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_calendar, make_editorial
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
        write(f"{slug} is approved as it is now, and goes out {_when(record, configuration.settings)}")
        for scope in (slug, EVERYTHING):
            if held := await storage.holds.get(scope):
                write(
                    f"but {scope or 'everything'} is held: {held.why or 'by an operator'};"
                    f" {held.release(scope)} lets it go on"
                )


def _when(record: IssueRecord, settings: Settings) -> str:
    calendar = make_calendar(settings)
    if not calendar.is_to_come(record.date, record.publish_at, utc_now()):
        return "as soon as the running bot looks"
    return f"on {calendar.until(record)}"
