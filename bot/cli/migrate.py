"""jianbao migrate: bring the database to the revision that this program needs."""

import asyncio

from bot.cli.output import write
from bot.runtime.databases import migrate_database
from bot.settings import load
from bot.storage import HEAD


def migrate() -> None:
    """Make the database, or bring an older one up to date; stop a bot that is at work first."""
    revision = asyncio.run(migrate_database(load().settings))
    if revision is None:
        write(f"the database was made, with revision {HEAD}")
    elif revision == HEAD:
        write(f"the database has revision {HEAD}; there is nothing to do")
    else:
        write(f"the database had revision {revision} and has {HEAD} now")
