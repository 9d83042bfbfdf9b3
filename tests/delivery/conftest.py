from collections.abc import AsyncIterator

import pytest

from bot.storage import Database
from tests.delivery.world import World


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        yield World(url=database_url, database=database)
