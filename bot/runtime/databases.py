"""The configured database, opened for a command or the process."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.errors import BadInput, StoreError
from bot.settings import Settings
from bot.storage import Access, Database, Storage, open_database

_DATABASE_URL = "JIANBAO_DATABASE_URL"


@asynccontextmanager
async def open_storage(settings: Settings, access: Access) -> AsyncIterator[Storage]:
    """The configured database; closed at the end. Errors name the setting, not its value.

    Raises BadInput if it has another revision than this program needs and ``access`` is not MIGRATE.
    """
    with _setting_named():
        database = await open_database(settings.database_url.get_secret_value(), access)
    try:
        yield Storage.of(database)
    finally:
        await database.close()


async def migrate_database(settings: Settings) -> str | None:
    """Make the configured database, or bring it up to date; returns the revision before, if it had one."""
    with _setting_named():
        database = Database(settings.database_url.get_secret_value())
        try:
            return await database.migrate()
        finally:
            await database.close()


@contextmanager
def _setting_named() -> Iterator[None]:
    try:
        yield
    except BadInput as error:
        raise BadInput(error.reason, where=_DATABASE_URL) from None
    except StoreError as error:
        raise type(error)(f"{_DATABASE_URL}: {error}") from None
