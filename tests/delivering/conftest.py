from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import Database
from tests.delivering.world import World


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    url = f"sqlite:///{tmp_path}/jianbao.db"
    async with Database(url) as database:
        yield World(url=url, database=database)
