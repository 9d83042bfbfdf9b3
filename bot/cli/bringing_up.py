"""The folder of issues, taken in by a command where it can be read."""

from bot.cli.output import say
from bot.errors import BadInput
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from bot.settings import Settings, check_issues_named, load, load_or_mistake
from bot.storage import Storage

_GOES_ON = "this command goes on with what the bot has read before"


async def bring_up(settings: Settings, storage: Storage, slug: str) -> None:
    """Take in what the folder has of an issue.

    Where a mistake keeps it unread, that is said, and what the database has of the issue will do. Raises
    BadInput if it has none.
    """
    check_issues_named(settings)
    try:
        await make_editorial(load(), storage).intake.read_for(slug, utc_now())
    except BadInput as wrong:
        if await storage.issues.get(slug) is None:
            raise
        say(f"jianbao: {wrong}; {_GOES_ON}")


async def bring_up_all(storage: Storage) -> None:
    """Take in all that the folder has; a mistake in the digest's files, which keeps it unread, is said."""
    configuration, mistake = load_or_mistake()
    if configuration is None:
        say(f"jianbao: {mistake}; {_GOES_ON}")
        return
    await make_editorial(configuration, storage).intake.read(utc_now())
