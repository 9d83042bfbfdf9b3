"""What a command may do to a database that is not there yet, or that another program made."""

from enum import StrEnum

from bot.errors import JianbaoError
from bot.storage.database import Database
from bot.storage.revision import HEAD, refusal

_IN_MEMORY = "sqlite://"


class Access(StrEnum):
    """What for a database is opened."""

    READ = "read"  #: to show it: where there is none, an empty one in memory takes its place
    WRITE = "write"  #: to change rows: it is made if there is none
    MIGRATE = "migrate"  #: to run on it: it is made, or an older one is brought up to date


async def open_database(url: str, access: Access) -> Database:
    """The database at ``url``, of the revision that this program needs.

    Raises BadInput if it has another and may not be migrated, or cannot be; StoreError if it cannot be read.
    """
    database = Database(url)
    try:
        revision = await database.revision()
        if revision is None and access is Access.READ:
            await database.close()
            database = Database(_IN_MEMORY)
        if revision is None or access is Access.MIGRATE:
            await database.migrate()
        elif revision != HEAD:
            raise refusal(revision)
    except JianbaoError:
        await database.close()
        raise
    return database
