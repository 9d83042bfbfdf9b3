from collections.abc import AsyncIterator

import pytest

from bot.storage import Database
from tests.databases import database_url
from tests.delivery.world import World

__all__ = ["database_url", "world"]


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        yield World(url=database_url, database=database)
