"""The configured database, copied into another."""

from bot.runtime.databases import database_at, open_storage
from bot.settings import Settings
from bot.storage import Access
from bot.storage.moving import Moved, move


async def move_database(settings: Settings, url: str) -> Moved:
    """Copy the configured database into the one at ``url``, as :func:`bot.storage.moving.move` does."""
    async with open_storage(settings, Access.READ) as storage, database_at(url, "--to") as target:
        return await move(storage.database, target)
